import NIOHTTP1

/// Fields that end at the next hop and are neither stored nor passed on (RFC 9110, section 7.6.1; RFC 9111, section 3.1).
enum HopByHop {
    private static let names: Set<String> = [
        "connection", "keep-alive", "proxy-authenticate", "proxy-authentication-info", "proxy-authorization",
        "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ]

    /// The fields of these headers that a cache does not store, in lower case.
    static func unstored(_ headers: HTTPHeaders) -> Set<String> {
        let listed = headers["connection"]
        return listed.isEmpty ? self.names : self.names.union(FieldText.members(listed).map { $0.lowercased() })
    }
}
