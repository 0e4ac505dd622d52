import JSON

/// Collects what is wrong with a request, in the order of the checks, like a chain of express-validator.
struct Validation {
    private var issues: [JSONValue] = []

    mutating func require(_ field: String, _ message: String, _ holds: Bool) {
        if !holds { self.issues.append(["field": .string(field), "message": .string(message)]) }
    }

    func finish() throws(APIError) {
        guard !self.issues.isEmpty else { return }
        throw APIError(
            status: 400, error: "Validation Error", message: "Invalid input data", details: .array(self.issues))
    }
}

extension JSONValue {
    /// The text validators look at: JavaScript's `String(value)`, empty for null.
    var validated: String {
        switch self {
        case .null: ""
        case .bool(let value): value ? "true" : "false"
        case .number(let number): JSNumber.text(number.double)
        case .string(let value): value
        case .array: "[object Array]"
        case .object: "[object Object]"
        }
    }

    /// The value as an integer of at least `minimum`, numeric texts included; nil when it is none.
    func integer(min minimum: Int) -> Int? {
        let text = self.validated.utf8
        let unsigned = text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+") ? text.dropFirst() : text[...]
        guard !unsigned.isEmpty, unsigned.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let value = JSNumber.parseInt(self.validated), value >= minimum
        else { return nil }
        return value
    }

    /// The value as a finite number of at least `minimum`, numeric texts included; nil when it is none.
    func number(min minimum: Double) -> Double? {
        let text = self.validated
        let allowed = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
        }
        guard allowed, let value = Double(text.hasPrefix("+") ? String(text.dropFirst()) : text), value.isFinite,
            value >= minimum
        else { return nil }
        return value
    }

    /// The value as a date, as `isISO8601` and `Date` together accept it.
    var date: Timestamp? { self.stringValue.flatMap { DateParser.parse($0) } }
}

extension JSONValue? {
    /// The member as text without surrounding white space; empty when absent or not a text.
    var trimmedText: String { self?.stringValue?.trimmed ?? "" }
}

extension String {
    var trimmed: String {
        guard let start = self.firstIndex(where: { !$0.isWhitespace }),
            let end = self.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[start...end])
    }

    /// `isMongoId` of the validator in use: 24 hex digits, or `0x`/`0h` and 22 of them.
    var isMongoID: Bool {
        guard self.utf8.count == 24 else { return false }
        let prefix = self.prefix(2).lowercased()
        return (prefix == "0x" || prefix == "0h" ? self.dropFirst(2) : self[...]).allSatisfy(\.isHexDigit)
    }
}
