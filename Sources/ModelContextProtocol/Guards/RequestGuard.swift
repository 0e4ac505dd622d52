/// Decides whether a request's `Host` and `Origin` may be served: the defence against DNS rebinding and foreign pages.
struct RequestGuard: Sendable {
    enum Decision: Equatable {
        /// `origin` is the browser origin to be named in CORS headers, if there is one.
        case allowed(origin: String?)
        case refused(RPCError)
    }
    private let allowedHosts: Set<String>
    private let allowsAnyHost: Bool
    private let allowedOrigins: Set<String>

    init(allowedHosts: Set<String>, allowsAnyHost: Bool, allowedOrigins: Set<String>) {
        self.allowedHosts = Set(allowedHosts.map { $0.lowercased() })
        self.allowsAnyHost = allowsAnyHost
        self.allowedOrigins = Set(allowedOrigins.map { $0.lowercased() })
    }

    func check(_ fields: RequestFields) -> Decision {
        guard self.allowsAnyHost || self.allows(host: fields.host) else {
            return .refused(RPCError(.invalidRequest, "This server does not answer to the name in the Host header."))
        }
        switch fields.origin {
        // Pictures and scripts of foreign pages come without an origin.
        case .absent where fields.fetchSite == .single("cross-site"):
            return .refused(RPCError(.invalidRequest, "Pages of other sites may not call this server."))
        case .absent: return .allowed(origin: nil)
        case .single(let text) where self.allows(origin: text): return .allowed(origin: text)
        case .single, .conflicting:
            return .refused(RPCError(.invalidRequest, "Pages of this Origin may not call this server."))
        }
    }

    private func allows(host: HeaderField) -> Bool {
        guard let authority = host.value?.lowercased(), let name = RequestGuard.name(ofAuthority: authority) else {
            return false
        }
        return RequestGuard.isLoopback(name) || self.allowedHosts.contains(authority)
            || self.allowedHosts.contains(name)
    }

    private func allows(origin: String) -> Bool {
        let origin = origin.lowercased()
        if self.allowedOrigins.contains(origin) { return true }
        for scheme in ["http://", "https://"] where origin.hasPrefix(scheme) {
            guard let name = RequestGuard.name(ofAuthority: String(origin.dropFirst(scheme.count))) else {
                return false
            }
            return RequestGuard.isLoopback(name)
        }
        return false
    }

    /// The host of `host[:port]`, an IPv6 address with its brackets; nil for anything else.
    private static func name(ofAuthority authority: String) -> String? {
        let name: Substring
        let rest: Substring
        if authority.hasPrefix("[") {
            guard let bracket = authority.firstIndex(of: "]") else { return nil }
            name = authority[...bracket]
            rest = authority[authority.index(after: bracket)...]
        } else {
            name = authority[..<(authority.utf8.firstIndex(of: UInt8(ascii: ":")) ?? authority.endIndex)]
            rest = authority[name.endIndex...]
            let isPlain = name.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
            }
            guard !name.isEmpty, isPlain else { return nil }
        }
        if rest.isEmpty { return String(name) }
        let port = rest.utf8.dropFirst()
        guard rest.utf8.first == UInt8(ascii: ":"), (1...5).contains(port.count),
            port.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return String(name)
    }

    private static func isLoopback(_ name: String) -> Bool {
        if name == "localhost" || name == "[::1]" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
