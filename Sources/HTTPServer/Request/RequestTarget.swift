/// The path and query of a request target (RFC 9112, section 3.2).
struct RequestTarget: Equatable {
    let path: String
    let query: String?

    /// Splits `/path?query`, `http://host/path?query` or `*`; nil for anything else.
    init?(_ target: String) {
        guard target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else { return nil }
        var rest = target[...]
        if !target.hasPrefix("/"), target != "*" {
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
        }
        let questionMark = rest.utf8.firstIndex(of: UInt8(ascii: "?"))
        let path = rest[..<(questionMark ?? rest.endIndex)]
        self.path = path.isEmpty ? "/" : String(path)
        self.query = questionMark.map { String(rest[rest.utf8.index(after: $0)...]) }
    }
}
