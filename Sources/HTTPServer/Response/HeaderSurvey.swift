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
    }

    private(set) var fields: Fields = []
    private(set) var contentType: String?
    private(set) var entityTag: String?
    private(set) var contentLength: String?
    /// The headers to send: as given, without those that only the server can know.
    private(set) var kept: HTTPHeaders

    /// - Throws: when a name or value would break the message apart.
    init(_ headers: HTTPHeaders, reserving extra: Int) throws(HTTPRefusal) {
        self.kept = HTTPHeaders()
        self.kept.reserveCapacity(headers.count + extra)
        for (name, value) in headers {
            guard Self.isName(name), Self.isValue(value) else { throw .unsendable }
            if self.note(name, value) { self.kept.add(name: name, value: value) }
        }
    }

    /// Returns whether to keep the header as it is.
    private mutating func note(_ name: String, _ value: String) -> Bool {
        switch name.lowercased() {
        case "cache-control":
            self.fields.insert(.cacheControl)
            if value.lowercased().contains("no-transform") { self.fields.insert(.noTransform) }
        case "content-security-policy": self.fields.insert(.contentSecurityPolicy)
        case "content-encoding": self.fields.insert(.contentEncoding)
        case "content-range": self.fields.insert(.contentRange)
        case "date": self.fields.insert(.date)
        case "x-frame-options": self.fields.insert(.frameOptions)
        case "x-content-type-options": self.fields.insert(.contentTypeOptions)
        case "referrer-policy": self.fields.insert(.referrerPolicy)
        case "strict-transport-security": self.fields.insert(.transportSecurity)
        case "vary":
            let lowercased = value.lowercased()
            if lowercased.contains("accept-encoding") || lowercased == "*" { self.fields.insert(.variesByEncoding) }
        case "content-type": self.contentType = value
        case "etag": self.entityTag = value
        case "content-length":
            self.contentLength = value
            return false
        case "transfer-encoding", "connection", "keep-alive", "upgrade": return false
        default: break
        }
        return true
    }

    /// Whether `name` is a token (RFC 9110, section 5.6.2).
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x23...0x27, 0x21, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60,
                    0x7C,
                    0x7E:
                    true
                default: false
                }
            }
    }

    private static func isValue(_ value: String) -> Bool {
        value.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
    }
}
