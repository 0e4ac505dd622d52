import NIOHTTP1

/// Which headers end at the next hop (RFC 9110, section 7.6.1).
enum HopByHop {
    private static let always: Set<String> = [
        "connection", "keep-alive", "proxy-connection", "proxy-authorization", "proxy-authenticate", "te",
        "transfer-encoding", "upgrade", "http2-settings",
    ]
    /// What a message means hangs on these: naming them in `Connection` does not take them away.
    private static let essential: Set<String> = ["host", "content-length", "content-type", "content-encoding"]
    /// The names, in lower case, that the message's own `Connection` adds.
    static func named(in headers: HTTPHeaders) -> Set<String> {
        guard headers.contains(name: "connection") else { return [] }
        let names = headers[canonicalForm: "connection"].map { $0.lowercased() }
        return Set(names).subtracting(self.essential)
    }

    /// Whether a header goes no further.
    static func contains(_ lowercasedName: String, named: Set<String>) -> Bool {
        self.always.contains(lowercasedName) || named.contains(lowercasedName)
    }
}
