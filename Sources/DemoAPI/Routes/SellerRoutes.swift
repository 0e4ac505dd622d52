import JSON
import NIOHTTP1

/// `/sellers`: list, invite, change, delete.
enum SellerRoutes {
    static let all = [
        Route(.GET, "/sellers", .administrators, Self.list),
        Route(.GET, "/sellers/pending", .superadministrators, Self.listPending),
        Route(.POST, "/sellers/pending", .administrators, Self.invite),
        Route(.PATCH, "/sellers/:id", .sellers, Self.updateSelf),
        Route(.PATCH, "/sellers/:id/role", .superadministrators, Self.changeRole),
        Route(.DELETE, "/sellers/:id", .superadministrators, Self.delete),
    ]

    @Sendable
    private static func list(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        .array(store.sellers.rows) { $0.render(into: &$1) }
    }

    @Sendable
    private static func listPending(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let pending = store.pendingSellers.rows.sortedDescending { Double($0.createdAt.milliseconds) }
        let sellers = store.sellers
        return .object {
            $0.member("count", pending.count)
            $0.member("pendingSellers", array: pending) { row, text in
                text.object {
                    $0.member("_id", row.id)
                    $0.member("firstName", row.firstName)
                    $0.member("lastName", row.lastName)
                    $0.member("email", row.email)
                    $0.member("dateOfBirth", row.dateOfBirth)
                    $0.member("createdAt", row.createdAt)
                    $0.member("testingUser", row.testingUser)
                    guard let creator = sellers[row.createdBy] else { return $0.member("createdBy", String?.none) }
                    $0.member("createdBy") {
                        $0.member("_id", creator.id)
                        $0.member("firstName", creator.firstName)
                        $0.member("lastName", creator.lastName)
                        $0.member("email", creator.email)
                        $0.member("role", creator.role.rawValue)
                    }
                }
            }
        }
    }

    @Sendable
    private static func invite(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let body = call.body
        for field in ["firstName", "lastName"] where body[field]?.arrayValue != nil {
            throw .invalidID(isDangerous: true)
        }
        var validation = Validation()
        validation.require("firstName", "First name is required", !body["firstName"].trimmedText.isEmpty)
        validation.require("lastName", "Last name is required", !body["lastName"].trimmedText.isEmpty)
        validation.require("email", "Valid email is required", EmailAddress.isValid(body["email"].trimmedText))
        validation.require("dateOfBirth", "Valid date of birth is required", body["dateOfBirth"]?.date != nil)
        try validation.finish()
        let email = EmailAddress.normalized(body["email"].trimmedText)
        if store.seller(email: email) != nil {
            throw .badRequest("Seller with this email already exists", error: "Duplicate Error")
        }
        if store.pendingSeller(email: email) != nil {
            throw .badRequest("Pending seller with this email already exists", error: "Duplicate Error")
        }
        let pending = PendingSeller(
            id: store.ids.next(at: call.now), firstName: body["firstName"].trimmedText,
            lastName: body["lastName"].trimmedText, email: email,
            dateOfBirth: body["dateOfBirth"]?.date ?? call.now, createdBy: try call.requireCaller().id,
            createdAt: call.now, updatedAt: call.now)
        store.pendingSellers.append(pending)
        return .json(pending, status: 201)
    }

    @Sendable
    private static func changeRole(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        var validation = Validation()
        let role = (call.body["role"]?.stringValue).flatMap { Role(rawValue: $0) }
        validation.require("role", "Role must be user, admin, or superadmin", role != nil)
        try validation.finish()
        let id = try call.id(orThrow: .invalidID(isDangerous: true))
        let changed = store.sellers.update(id) {
            $0.role = role ?? $0.role
            $0.updatedAt = call.now
        }
        guard let changed else { throw .notFound("Seller not found") }
        return .json(changed)
    }

    @Sendable
    private static func delete(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let id = try call.id(orThrow: .invalidID(isDangerous: true))
        guard store.sellers.remove(id) else { throw .notFound("Seller not found") }
        return .noContent
    }

    @Sendable
    private static func updateSelf(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let input = try SellerInput(call.body)
        let caller = try call.requireCaller()
        guard call.parameters.first?.lowercased() == caller.id.description else {
            throw .forbidden("You can only update your own profile")
        }
        if input.isSensitive {
            guard let oldPassword = call.body["oldPassword"] else {
                throw .badRequest("Old password required for sensitive updates", error: "Validation Error")
            }
            guard let oldPassword = oldPassword.stringValue else { throw .invalidID(isDangerous: true) }
            guard caller.password.matches(oldPassword) else { throw .forbidden("Invalid old password") }
            if input.email != nil, input.dateOfBirth != nil {
                throw .forbidden("Must provide current email or date of birth for verification")
            }
        }
        if let email = input.email, let other = store.seller(email: email), other.id != caller.id {
            throw APIError(
                status: 400, error: "Duplicate Error", message: "email already exists", isDated: true,
                isDangerous: true)
        }
        let changed = store.sellers.update(caller.id) {
            $0.firstName = input.firstName ?? $0.firstName
            $0.lastName = input.lastName ?? $0.lastName
            $0.email = input.email ?? $0.email
            $0.dateOfBirth = input.dateOfBirth ?? $0.dateOfBirth
            $0.password = input.newPassword.map { PasswordDigest($0) } ?? $0.password
            $0.updatedAt = call.now
        }
        return .json(changed ?? caller)
    }
}

/// The body of `PATCH /sellers/{id}`, validated.
struct SellerInput {
    let firstName: String?
    let lastName: String?
    let email: String?
    let dateOfBirth: Timestamp?
    let newPassword: String?

    /// Whether the old password must be shown.
    var isSensitive: Bool { self.email != nil || self.dateOfBirth != nil || self.newPassword != nil }

    init(_ body: JSONValue) throws(APIError) {
        for field in ["firstName", "lastName"] where body[field]?.arrayValue != nil {
            throw .invalidID(isDangerous: true)
        }
        var validation = Validation()
        let require = { (field: String, message: String, holds: (JSONValue) -> Bool) in
            if let value = body[field] { validation.require(field, message, holds(value)) }
        }
        require("firstName", "First name cannot be empty") { !($0.stringValue ?? "").trimmed.isEmpty }
        require("lastName", "Last name cannot be empty") { !($0.stringValue ?? "").trimmed.isEmpty }
        require("email", "Valid email is required") { EmailAddress.isValid($0.stringValue ?? "") }
        require("dateOfBirth", "Valid date of birth is required") { $0.date != nil }
        require("newPassword", AuthRoutes.passwordRule) { PasswordDigest.isAcceptable($0.stringValue ?? "") }
        try validation.finish()
        self.firstName = body["firstName"]?.stringValue?.trimmed
        self.lastName = body["lastName"]?.stringValue?.trimmed
        self.email = (body["email"]?.stringValue).map { EmailAddress.normalized($0) }
        self.dateOfBirth = body["dateOfBirth"]?.date
        self.newPassword = body["newPassword"]?.stringValue
    }
}
