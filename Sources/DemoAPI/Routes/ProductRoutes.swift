import JSON
import NIOHTTP1

/// `/products`: list, add, change, delete.
enum ProductRoutes {
    static let all = [
        Route(.GET, "/products", .sellers, Self.list),
        Route(.POST, "/products", .sellers, Self.create),
        Route(.PATCH, "/products/:id", .sellers, Self.update),
        Route(.DELETE, "/products/:id", .sellers, Self.delete),
    ]

    private static let malformedID = APIError.badRequest("Invalid product ID format")

    @Sendable
    private static func list(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        .array(store.products.rows) { $0.render(into: &$1) }
    }

    @Sendable
    private static func create(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let input = try ProductInput(call.body, isComplete: true)
        let product = Product(
            id: store.ids.next(at: call.now), productName: input.productName ?? "",
            description: input.description ?? "", count: input.count ?? 0, price: input.price ?? 0,
            createdAt: call.now, updatedAt: call.now)
        store.products.append(product)
        return .json(product, status: 201)
    }

    @Sendable
    private static func update(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let input = try ProductInput(call.body, isComplete: false)
        let id = try call.id(orThrow: self.malformedID)
        try call.body.refuseOperators(id: id)
        let changed = store.products.update(id) {
            $0.productName = input.productName ?? $0.productName
            $0.description = input.description ?? $0.description
            $0.count = input.count ?? $0.count
            $0.price = input.price ?? $0.price
            $0.isTestData = call.body["isTestData"]?.boolValue ?? $0.isTestData
            $0.updatedAt = call.now
        }
        guard let changed else { throw .notFound("Product not found") }
        return .json(changed)
    }

    @Sendable
    private static func delete(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        guard store.products.remove(try call.id(orThrow: self.malformedID)) else {
            throw .notFound("Product not found")
        }
        return .noContent
    }
}

/// The body of `POST` and `PATCH /products`, validated.
struct ProductInput {
    let productName: String?
    let description: String?
    let count: Int?
    let price: Double?

    /// - Parameter isComplete: whether name, count and price must be there.
    init(_ body: JSONValue, isComplete: Bool) throws(APIError) {
        for field in ["productName", "description", "count", "price"] where body[field]?.arrayValue != nil {
            throw .invalidID(isDangerous: true)
        }
        var validation = Validation()
        let isNeeded = { (field: String) in isComplete || body[field] != nil }
        if isNeeded("productName") {
            validation.require("productName", "Product name is required", !body["productName"].trimmedText.isEmpty)
        }
        if isNeeded("count") {
            validation.require(
                "count", "Count must be a non-negative integer", body["count"]?.integer(min: 0) != nil)
        }
        if isNeeded("price") {
            validation.require("price", "Price must be a non-negative number", body["price"]?.number(min: 0) != nil)
        }
        try validation.finish()
        self.productName = body["productName"]?.stringValue?.trimmed
        self.description = body["description"]?.stringValue?.trimmed
        self.count = body["count"]?.integer(min: 0)
        self.price = body["price"]?.number(min: 0)
    }
}
