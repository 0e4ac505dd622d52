import JSON

/// The body of `POST /inventory-drops`, validated.
///
/// Its error details have a form of their own.
struct DropInput {
    let productID: String
    let quantity: Int
    let reason: InventoryDrop.Reason
    let notes: String?
    let productionDate: Timestamp?
    let expirationDate: Timestamp?
    let batchID: String?

    init(_ body: JSONValue) throws(APIError) {
        var issues: [JSONValue] = []
        let require = { (path: String, message: String, holds: (JSONValue) -> Bool, isNeeded: Bool) in
            let value = body[path]
            guard value.map({ !holds($0) }) ?? isNeeded else { return }
            var issue: JSONObject = ["type": "field"]
            issue["value"] = value
            issue["msg"] = .string(message)
            issue["path"] = .string(path)
            issue["location"] = "body"
            issues.append(.object(issue))
        }
        let isText = { (limit: Int) in { (value: JSONValue) in (value.stringValue?.count ?? .max) <= limit } }
        require("productId", "Product ID must be a valid MongoDB ObjectId", { $0.validated.isMongoID }, true)
        require("quantityToDrop", "Quantity to drop must be a positive integer", { $0.integer(min: 1) != nil }, true)
        require("reason", "Invalid drop reason", { InventoryDrop.Reason(rawValue: $0.validated) != nil }, false)
        require("notes", "Notes cannot exceed 500 characters", isText(500), false)
        require("productionDate", "Production date must be a valid date", { $0.date != nil }, false)
        require("expirationDate", "Expiration date must be a valid date", { $0.date != nil }, false)
        require("batchId", "Batch ID cannot exceed 100 characters", isText(100), false)
        guard issues.isEmpty else {
            throw APIError(
                status: 400, error: "Validation Error", message: "Invalid input data", details: .array(issues))
        }
        self.productID = body["productId"]?.validated ?? ""
        self.quantity = body["quantityToDrop"]?.integer(min: 1) ?? 1
        self.reason = (body["reason"]?.stringValue).flatMap { InventoryDrop.Reason(rawValue: $0) } ?? .endOfDay
        self.notes = body["notes"]?.stringValue
        self.productionDate = body["productionDate"]?.date
        self.expirationDate = body["expirationDate"]?.date
        self.batchID = body["batchId"]?.stringValue
    }
}
