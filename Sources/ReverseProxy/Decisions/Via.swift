import NIOHTTP1

/// The trace of hops a message has come through (RFC 9110, section 7.6.3).
enum Via {
    /// What this program calls itself; all of them have the same name.
    static let pseudonym = "bitetrack-sidecar"
    /// So many hops of this name are a circle.
    private static let mostOwnHops = 5

    static func add(to headers: inout HTTPHeaders, protocolVersion: String) {
        let own = "\(protocolVersion) \(self.pseudonym)"
        let before = headers["via"].joined(separator: ", ")
        headers.replaceOrAdd(name: "Via", value: before.isEmpty ? own : "\(before), \(own)")
    }

    static func isCircle(_ headers: HTTPHeaders) -> Bool {
        guard headers.contains(name: "via") else { return false }
        let own = headers[canonicalForm: "via"].count { $0.hasSuffix(" " + self.pseudonym) }
        return own >= self.mostOwnHops
    }
}
