import JSON
import NIOHTTP1

/// `/auth`: logging in, activating an account, recovering a password.
enum AuthRoutes {
    static let all = [
        Route(.POST, "/auth/login", .everyone, Self.login),
        Route(.POST, "/auth/activate", .everyone, Self.activate),
        Route(.GET, "/auth/seller-status", .everyone, Self.sellerStatus),
        Route(.POST, "/auth/request-recovery", .everyone, Self.requestRecovery),
        Route(.POST, "/auth/recover", .superadministrators, Self.recover),
        Route(.POST, "/auth/reset", .everyone, Self.reset),
    ]

    static let passwordRule = "Password must be at least 8 characters with mixed case, numbers, and symbols"

    @Sendable
    private static func login(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        var validation = Validation()
        let email = validation.email(call.body)
        let password = call.body["password"]?.stringValue ?? ""
        validation.require("password", "Password is required", !password.isEmpty)
        try validation.finish()
        guard let seller = store.seller(email: email), seller.password.matches(password) else {
            throw .unauthorized("Invalid email or password")
        }
        return .object {
            $0.member("token", call.environment.tokens.issue(for: seller, now: call.now))
            $0.member("seller", seller)
        }
    }

    @Sendable
    private static func activate(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        var validation = Validation()
        let email = validation.email(call.body)
        let dateOfBirth = validation.dateOfBirth(call.body)
        let lastName = call.body["lastName"].trimmedText
        let password = call.body["password"]?.stringValue ?? ""
        validation.require("lastName", "Last name is required", !lastName.isEmpty)
        validation.require("password", Self.passwordRule, PasswordDigest.isAcceptable(password))
        try validation.finish()
        guard let pending = store.pendingSeller(email: email), pending.dateOfBirth == dateOfBirth,
            pending.lastName == lastName
        else { throw .notFound("Pending seller not found or verification details do not match") }
        guard store.seller(email: email) == nil else {
            throw .conflict("An active account with this email already exists")
        }
        let seller = Seller(
            id: store.ids.next(at: call.now), firstName: pending.firstName, lastName: pending.lastName,
            email: pending.email, dateOfBirth: pending.dateOfBirth, role: .user,
            createdBy: .seller(pending.createdBy), activatedAt: call.now, testingUser: pending.testingUser,
            password: PasswordDigest(password), createdAt: call.now, updatedAt: call.now)
        store.sellers.append(seller)
        store.pendingSellers.remove(pending.id)
        return .json(seller, status: 201)
    }

    @Sendable
    private static func sellerStatus(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        var validation = Validation()
        let email = validation.email(["email": .string(call.query["email"] ?? "")])
        try validation.finish()
        let status: String
        if store.seller(email: email) != nil {
            status = "active"
        } else if store.pendingSeller(email: email) != nil {
            status = "pending"
        } else {
            throw .notFound("No account found for this email address")
        }
        return .object {
            $0.member("email", email)
            $0.member("status", status)
        }
    }

    // MARK: Recovery

    @Sendable
    private static func requestRecovery(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        var validation = Validation()
        let email = validation.email(call.body)
        let dateOfBirth = validation.dateOfBirth(call.body)
        try validation.finish()
        let message =
            "If an account exists with this email and date of birth, a password reset link has been sent"
        guard let seller = store.seller(email: email), seller.dateOfBirth == dateOfBirth else {
            return .object { $0.member("message", message) }
        }
        let reset = store.startPasswordReset(of: seller.id, now: call.now)
        return .object {
            $0.member("message", message)
            $0.renderMail(token: reset.token)
        }
    }

    @Sendable
    private static func recover(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        guard let text = call.body["sellerId"]?.stringValue, let id = ObjectID(text) else {
            throw .failure("An error occurred during password recovery")
        }
        guard let seller = store.sellers[id] else { throw .notFound("Seller not found") }
        let reset = store.startPasswordReset(of: seller.id, now: call.now)
        return .object {
            $0.member("message", "Password reset email sent successfully")
            $0.member("sellerId", seller.id)
            $0.member("expiresAt", reset.expiresAt)
            $0.renderMail(token: reset.token)
        }
    }

    @Sendable
    private static func reset(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        var validation = Validation()
        let token = call.body["token"]?.stringValue ?? ""
        validation.require("token", "Reset token is required", !token.isEmpty)
        let email = validation.email(call.body)
        let dateOfBirth = validation.dateOfBirth(call.body)
        let password = call.body["newPassword"]?.stringValue ?? ""
        validation.require("newPassword", Self.passwordRule, PasswordDigest.isAcceptable(password))
        try validation.finish()
        guard let reset = store.passwordResets[token], call.now < reset.expiresAt else {
            throw .badRequest("Reset token is invalid or expired", error: "Invalid Token")
        }
        guard let seller = store.sellers[reset.sellerID], seller.email == email, seller.dateOfBirth == dateOfBirth
        else { throw .badRequest("Seller details do not match", error: "Invalid Details") }
        store.passwordResets[token] = nil
        store.sellers.update(seller.id) {
            $0.password = PasswordDigest(password)
            $0.updatedAt = call.now
        }
        return .object { $0.member("message", "Password reset successful") }
    }
}

extension Validation {
    /// Checks the member `email` and returns it normalised.
    fileprivate mutating func email(_ body: JSONValue) -> String {
        let text = body["email"]?.stringValue ?? ""
        self.require("email", "Valid email is required", EmailAddress.isValid(text.trimmed))
        return EmailAddress.normalized(text)
    }

    /// Checks the member `dateOfBirth`.
    fileprivate mutating func dateOfBirth(_ body: JSONValue) -> Timestamp? {
        let date = body["dateOfBirth"]?.date
        self.require("dateOfBirth", "Valid date of birth is required", date != nil)
        return date
    }
}

extension Store {
    fileprivate mutating func startPasswordReset(
        of sellerID: ObjectID, now: Timestamp
    ) -> (token: String, expiresAt: Timestamp) {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        let token = "reset_" + String((0..<20).map { _ in letters[Int.random(in: 0..<letters.count)] })
        let reset = PasswordReset(sellerID: sellerID, expiresAt: now + .seconds(86_400))
        // A new token ends the earlier ones, so tokens never outnumber sellers.
        self.passwordResets = self.passwordResets.filter { $0.value.sellerID != sellerID }
        self.passwordResets[token] = reset
        return (token, reset.expiresAt)
    }
}

extension JSONText {
    /// What a server outside production says of the mail it would have sent.
    fileprivate mutating func renderMail(token: String) {
        self.member("token", token)
        self.member("emailPreview", "https://mail.demo.test/preview")
    }
}
