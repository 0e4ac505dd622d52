import HTTPServer
import NIOHTTP1

/// What the origin is told of where a request came from: `Forwarded` (RFC 7239) and its older kin.
struct ClientAddress {
    let trustedProxies: [AddressRange]

    /// Whether a header claims something about the client that only a proxy can know.
    ///
    /// Names with underscores count as well: some origins take both for the same.
    static func isClaim(_ lowercasedName: String) -> Bool {
        let name = lowercasedName.contains("_") ? String(lowercasedName.map { $0 == "_" ? "-" : $0 }) : lowercasedName
        return name == "forwarded" || name == "x-real-ip" || name == "x-client-ip" || name.hasPrefix("x-forwarded-")
            || name == "true-client-ip" || name == "client-ip"
    }

    func isTrusted(_ connection: ConnectionInfo) -> Bool {
        !self.trustedProxies.isEmpty && self.trustedProxies.contains { $0.contains(connection.peerAddress) }
    }

    /// Adds this hop to `headers`, which hold the claims of a trusted proxy or none.
    ///
    /// - Parameters:
    ///   - host: the Host the client sent.
    ///   - prefix: what is taken off the path; nil when nothing is.
    func add(to headers: inout HTTPHeaders, connection: ConnectionInfo, host: String?, prefix: String?) {
        let address = connection.peerAddress.isEmpty ? "unknown" : connection.peerAddress
        let scheme = connection.isTLS ? "https" : "http"
        self.append("X-Forwarded-For", address, to: &headers)
        if !headers.contains(name: "x-forwarded-proto") { headers.add(name: "X-Forwarded-Proto", value: scheme) }
        if let host, !headers.contains(name: "x-forwarded-host") { headers.add(name: "X-Forwarded-Host", value: host) }
        if let prefix, !headers.contains(name: "x-forwarded-prefix") {
            headers.add(name: "X-Forwarded-Prefix", value: prefix)
        }
        var element = "for=\(Self.node(address))"
        if let host { element += ";host=\(Self.quoted(host))" }
        self.append("Forwarded", element + ";proto=\(scheme)", to: &headers)
    }

    private func append(_ name: String, _ value: String, to headers: inout HTTPHeaders) {
        let before = headers[name].joined(separator: ", ")
        headers.replaceOrAdd(name: name, value: before.isEmpty ? value : "\(before), \(value)")
    }

    private static func node(_ address: String) -> String { address.contains(":") ? "\"[\(address)]\"" : address }

    private static func quoted(_ text: String) -> String {
        let isToken = text.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || "-._~".utf8.contains($0)
        }
        guard !isToken else { return text }
        return "\"" + text.filter { $0 != "\"" && $0 != "\\" } + "\""
    }
}
