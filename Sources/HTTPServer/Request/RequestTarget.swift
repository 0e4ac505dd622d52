import NIOHTTP1

/// The path and query of a request target (RFC 9112, section 3.2).
struct RequestTarget: Equatable {
    let path: String
    let query: String?
    /// Host and port of a target that is a whole URL.
    let authority: String?

    /// Splits `/path?query`, `http://host/path?query` or `*`; nil for anything else.
    init?(_ target: String) {
        guard target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else { return nil }
        var rest = target[...]
        var authority: Substring?
        if target.utf8.first != UInt8(ascii: "/"), target != "*" {
            guard let scheme = ["http://", "https://"].first(where: { target.prefix($0.count).lowercased() == $0 })
            else { return nil }
            let afterScheme = target.dropFirst(scheme.count)
            guard
                let authorityEnd = afterScheme.firstIndex(where: { $0 == "/" || $0 == "?" })
                    ?? afterScheme.last.map({
                        _ in afterScheme.endIndex
                    })
            else { return nil }
            rest = afterScheme[authorityEnd...]
            authority = afterScheme[..<authorityEnd]
            guard afterScheme.startIndex < authorityEnd, authority?.contains("@") == false else { return nil }
        }
        self.authority = authority.map { $0.lowercased() }
        let questionMark = rest.utf8.firstIndex(of: UInt8(ascii: "?"))
        let path = rest[..<(questionMark ?? rest.endIndex)]
        self.path = path.utf8.isEmpty ? "/" : String(path)
        self.query = questionMark.map { String(rest[rest.utf8.index(after: $0)...]) }
    }

    /// A URL and the Host header must name the same host: which of them counts differs between programs.
    func check(host headers: HTTPHeaders) throws(HTTPRefusal) {
        guard let authority, let host = headers.first(name: "host") else { return }
        guard host.lowercased() == authority else {
            throw HTTPRefusal(.badRequest, "The request target and the Host header name different hosts.")
        }
    }
}
