import JSON

/// The body of `POST` and `PATCH /customers`, validated.
struct CustomerInput {
    let firstName: String?
    let lastName: String?
    /// Digits only.
    let phoneNumber: String?
    let email: String?
    let lastTransaction: Timestamp??
    let isTestData: Bool?

    /// - Parameter isComplete: whether names and phone number must be there.
    init(_ body: JSONValue, isComplete: Bool) throws(APIError) {
        if body["email"]?.arrayValue != nil { throw .invalidID(isDangerous: true) }
        var validation = Validation()
        let isNeeded = { (field: String) in isComplete || body[field] != nil }
        let rule = isComplete ? "is required" : "cannot be empty"
        if isNeeded("firstName") {
            validation.require("firstName", "First name \(rule)", !body["firstName"].trimmedText.isEmpty)
        }
        if isNeeded("lastName") {
            validation.require("lastName", "Last name \(rule)", !body["lastName"].trimmedText.isEmpty)
        }
        let phone = body["phoneNumber"].flatMap { PhoneNumber.normalized($0.validated) }
        if isNeeded("phoneNumber") {
            let isEmpty = body["phoneNumber"]?.validated.trimmed.isEmpty ?? true
            validation.require("phoneNumber", "Phone number \(rule)", !isEmpty)
            validation.require(
                "phoneNumber",
                "Phone number must be a valid Colombian number "
                    + "(mobile: 10 digits starting with 3, landline: 7 digits)",
                phone != nil)
        }
        if let email = body["email"] {
            validation.require("email", "Valid email is required", EmailAddress.isValid(email.stringValue ?? ""))
        }
        try validation.finish()
        self.firstName = body["firstName"]?.stringValue?.trimmed
        self.lastName = body["lastName"]?.stringValue?.trimmed
        self.phoneNumber = phone
        self.email = body["email"]?.stringValue?.trimmed.lowercased()
        self.isTestData = body["isTestData"]?.boolValue
        switch body["lastTransaction"] {
        case nil: self.lastTransaction = .none
        case .null?: self.lastTransaction = .some(nil)
        case let value?:
            guard let date = value.date else { throw .invalidID(isDangerous: true) }
            self.lastTransaction = .some(date)
        }
    }
}

/// Colombian numbers, kept as digits.
enum PhoneNumber {
    /// Ten digits that start with 3, or seven; separators and the country code 57 are dropped.
    ///
    /// nil for anything else.
    static func normalized(_ text: String) -> String? {
        var digits = text.filter { !" -()+".contains($0) }
        guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        if digits.utf8.count == 12, digits.hasPrefix("57") { digits.removeFirst(2) }
        let isMobile = digits.utf8.count == 10 && digits.hasPrefix("3")
        return isMobile || digits.utf8.count == 7 ? digits : nil
    }
}
