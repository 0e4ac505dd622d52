import JSON

/// The body of `POST /sales`, validated.
struct SaleOrder {
    struct Item {
        let productID: String
        let quantity: Int
    }

    let customerID: String
    let items: [Item]
    let amountPaid: Double

    init(_ body: JSONValue) throws(APIError) {
        var validation = Validation()
        self.customerID = body["customerId"]?.stringValue ?? ""
        validation.require("customerId", "Valid customer ID is required", self.customerID.isMongoID)
        let lines = body["products"]?.arrayValue ?? []
        validation.require("products", "At least one product is required", !lines.isEmpty)
        for (index, line) in lines.enumerated() {
            validation.require(
                "products[\(index)].productId", "Valid product ID is required",
                line["productId"]?.stringValue?.isMongoID == true)
        }
        for (index, line) in lines.enumerated() {
            validation.require(
                "products[\(index)].quantity", "Quantity must be at least 1",
                line["quantity"]?.integer(min: 1) != nil)
        }
        let amount = body["amountPaid"]
        validation.require(
            "amountPaid", "Amount paid must be non-negative", amount == nil || amount?.number(min: 0) != nil)
        try validation.finish()
        self.items = lines.map {
            Item(productID: $0["productId"]?.stringValue ?? "", quantity: $0["quantity"]?.integer(min: 1) ?? 1)
        }
        self.amountPaid = amount?.number(min: 0) ?? 0
    }
}
