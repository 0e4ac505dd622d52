import HTTPSyntax
import NIOHTTP1

/// What a handler has set itself, found in one pass over its headers.
struct HeaderSurvey {
    /// The headers the server adds unless they are there.
    struct Fields: OptionSet {
        let rawValue: UInt16

        static let cacheControl = Fields(rawValue: 1)
        static let contentSecurityPolicy = Fields(rawValue: 1 << 1)
        static let contentEncoding = Fields(rawValue: 1 << 2)
        static let contentRange = Fields(rawValue: 1 << 3)
        static let date = Fields(rawValue: 1 << 4)
        static let frameOptions = Fields(rawValue: 1 << 5)
        static let contentTypeOptions = Fields(rawValue: 1 << 6)
        static let referrerPolicy = Fields(rawValue: 1 << 7)
        static let transportSecurity = Fields(rawValue: 1 << 8)
        static let variesByEncoding = Fields(rawValue: 1 << 9)
        /// `Cache-Control: no-transform`.
        static let noTransform = Fields(rawValue: 1 << 10)
        /// Headers that only the server can know, which are left out.
        static let reserved = Fields(rawValue: 1 << 11)
    }

    private(set) var fields: Fields = []
    private(set) var contentType: String?
    private(set) var contentLength: String?

    /// - Throws: when a name or value would break the message apart.
    init(_ headers: HTTPHeaders) throws(HTTPRefusal) {
        for (name, value) in headers {
            guard FieldSyntax.isName(name), FieldSyntax.isValue(value) else { throw .unsendable }
            self.note(name, value)
        }
    }

    /// Whether the server itself says this, whatever a handler set.
    static func isReserved(_ name: String) -> Bool {
        switch name.utf8.count {
        case 7: name.isSame(as: "upgrade")
        case 10: name.isSame(as: "connection") || name.isSame(as: "keep-alive")
        case 14: name.isSame(as: "content-length")
        case 17: name.isSame(as: "transfer-encoding")
        default: false
        }
    }

    private mutating func note(_ name: String, _ value: String) {
        // Comparing lengths first spares most names the case-insensitive comparison.
        switch name.utf8.count {
        case 4 where name.isSame(as: "date"): self.fields.insert(.date)
        case 4 where name.isSame(as: "vary"):
            let lowercased = value.lowercased()
            if lowercased.contains("accept-encoding") || lowercased == "*" { self.fields.insert(.variesByEncoding) }
        case 12 where name.isSame(as: "content-type"): self.contentType = value
        case 13 where name.isSame(as: "cache-control"):
            self.fields.insert(.cacheControl)
            if value.lowercased().contains("no-transform") { self.fields.insert(.noTransform) }
        case 13 where name.isSame(as: "content-range"): self.fields.insert(.contentRange)
        case 15 where name.isSame(as: "x-frame-options"): self.fields.insert(.frameOptions)
        case 15 where name.isSame(as: "referrer-policy"): self.fields.insert(.referrerPolicy)
        case 16 where name.isSame(as: "content-encoding"): self.fields.insert(.contentEncoding)
        case 22 where name.isSame(as: "x-content-type-options"): self.fields.insert(.contentTypeOptions)
        case 23 where name.isSame(as: "content-security-policy"): self.fields.insert(.contentSecurityPolicy)
        case 25 where name.isSame(as: "strict-transport-security"): self.fields.insert(.transportSecurity)
        default:
            guard Self.isReserved(name) else { return }
            self.fields.insert(.reserved)
            if name.utf8.count == 14 { self.contentLength = value }
        }
    }
}
