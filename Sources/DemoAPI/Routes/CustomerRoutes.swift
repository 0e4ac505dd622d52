import JSON
import NIOHTTP1

/// `/customers`: list, transactions, add, change, delete.
enum CustomerRoutes {
    static let all = [
        Route(.GET, "/customers", .sellers, Self.list),
        Route(.POST, "/customers", .sellers, Self.create),
        Route(.POST, "/customers/import", .sellers, CustomerImport.run),
        Route(.GET, "/customers/:id/transactions", .sellers, Self.transactions),
        Route(.PATCH, "/customers/:id", .sellers, Self.update),
        Route(.DELETE, "/customers/:id", .sellers, Self.delete),
    ]

    @Sendable
    private static func list(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        .array(store.customers.rows) { $0.render(into: &$1) }
    }

    @Sendable
    private static func transactions(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let page = try Page(call.query, defaultLimit: 10)
        let id = try call.id(orThrow: .invalidID(isDangerous: true))
        guard let customer = store.customers[id] else { throw .notFound("Customer not found") }
        let settled = call.query.settled
        let sales = store.sales.rows.filter { $0.customerID == id && (settled == nil || $0.settled == settled) }
        let rendering = SaleRendering.transactions(store)
        return .object {
            $0.member("customer", customer)
            $0.member("transactions", array: page.slice(sales.reversed())) { rendering.render($0, into: &$1) }
            page.render(totalKey: "totalTransactions", total: sales.count, into: &$0)
        }
    }

    @Sendable
    private static func create(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let input = try CustomerInput(call.body, isComplete: true)
        try store.expectUnique(input, except: nil)
        let customer = Customer(
            id: store.ids.next(at: call.now), firstName: input.firstName ?? "", lastName: input.lastName ?? "",
            phoneNumber: input.phoneNumber ?? "", email: input.email, createdAt: call.now, updatedAt: call.now)
        store.customers.append(customer)
        return .json(customer, status: 201)
    }

    @Sendable
    private static func update(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let input = try CustomerInput(call.body, isComplete: false)
        let id = try call.id(orThrow: .invalidID(isDangerous: true))
        try call.body.refuseOperators(id: id)
        try store.expectUnique(input, except: id)
        let changed = store.customers.update(id) {
            $0.firstName = input.firstName ?? $0.firstName
            $0.lastName = input.lastName ?? $0.lastName
            $0.phoneNumber = input.phoneNumber ?? $0.phoneNumber
            $0.email = input.email ?? $0.email
            $0.lastTransaction = input.lastTransaction ?? $0.lastTransaction
            $0.isTestData = input.isTestData ?? $0.isTestData
            $0.updatedAt = call.now
        }
        guard let changed else { throw .notFound("Customer not found") }
        return .json(changed)
    }

    @Sendable
    private static func delete(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let id = try call.id(orThrow: .invalidID(isDangerous: true))
        guard store.customers.remove(id) else { throw .notFound("Customer not found") }
        return .noContent
    }
}

extension Store {
    /// Refuses a phone number or address that belongs to someone else.
    fileprivate func expectUnique(_ input: CustomerInput, except id: ObjectID?) throws(APIError) {
        let others = self.customers.rows.filter { $0.id != id }
        if let phone = input.phoneNumber, let other = others.first(where: { $0.phoneNumber == phone }) {
            throw Self.conflict(
                "phoneNumber", "A customer with this phone number already exists", other, .string(phone))
        }
        if let email = input.email, let other = others.first(where: { $0.email == email }) {
            throw Self.conflict("email", "A customer with this email already exists", other, .string(email))
        }
    }

    private static func conflict(_ field: String, _ message: String, _ other: Customer, _ value: JSONValue) -> APIError
    {
        var existing: JSONObject = ["id": .string(other.id.description), "name": .string(other.name)]
        existing[field] = value
        let detail: JSONObject = [
            "field": .string(field), "message": .string(message), "existingCustomer": .object(existing),
        ]
        return .conflict(message, details: .array([.object(detail)]))
    }
}

extension JSONValue {
    /// Refuses what a body without a whitelist would have handed to the database as a command.
    func refuseOperators(id: ObjectID) throws(APIError) {
        for (key, value) in self.objectValue ?? [:] {
            if key.hasPrefix("$") { throw .invalidID(isDangerous: true) }
            if key == "_id", value.stringValue != id.description { throw .invalidID(isDangerous: true) }
            if key == "isTestData", value.boolValue == nil { throw .invalidID(isDangerous: true) }
        }
    }
}
