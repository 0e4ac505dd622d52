import NIOHTTP1

/// The headers that decide what happens to a request, found in one pass.
struct RequestFields: Sendable {
    private(set) var host = HeaderField.absent
    private(set) var origin = HeaderField.absent
    private(set) var contentType = HeaderField.absent
    private(set) var authorization = HeaderField.absent
    /// All fields of the list `Accept`.
    private(set) var accept: [String] = []
    private(set) var version = HeaderField.absent
    private(set) var session = HeaderField.absent
    private(set) var lastEventID = HeaderField.absent
    /// `Mcp-Method` and `Mcp-Name`: even the same value twice is a conflict.
    private(set) var method = HeaderField.absent
    private(set) var name = HeaderField.absent
    private(set) var forwardedPrefix = HeaderField.absent
    /// Where a browser says that the request comes from (Fetch Metadata).
    private(set) var fetchSite = HeaderField.absent

    init(_ headers: HTTPHeaders) {
        for (name, value) in headers {
            // Names differ in length almost always: one comparison of letters, not ten.
            switch name.utf8.count {
            case 4 where name.isHeader("host"): self.host.add(value)
            case 6 where name.isHeader("origin"): self.origin.add(value)
            case 6 where name.isHeader("accept"): self.accept.append(value)
            case 8 where name.isHeader("mcp-name"): self.name.add(value, acceptsRepetition: false)
            case 10 where name.isHeader("mcp-method"): self.method.add(value, acceptsRepetition: false)
            case 12 where name.isHeader("content-type"): self.contentType.add(value)
            case 13 where name.isHeader("authorization"): self.authorization.add(value)
            case 13 where name.isHeader("last-event-id"): self.lastEventID.add(value)
            case 14 where name.isHeader("mcp-session-id"): self.session.add(value)
            case 14 where name.isHeader("sec-fetch-site"): self.fetchSite.add(value)
            case 18 where name.isHeader("x-forwarded-prefix"): self.forwardedPrefix.add(value)
            case 20 where name.isHeader("mcp-protocol-version"): self.version.add(value)
            default: break
            }
        }
    }
}

extension String {
    /// Whether the text is this header name, whose letters are lower-case, in any case.
    fileprivate func isHeader(_ name: StaticString) -> Bool {
        name.withUTF8Buffer { expected in
            var index = 0
            for byte in self.utf8 {
                let isUpper = (0x41...0x5A).contains(byte)
                guard unsafe expected[index] == (isUpper ? byte | 0x20 : byte) else { return false }
                index += 1
            }
            return true
        }
    }
}
