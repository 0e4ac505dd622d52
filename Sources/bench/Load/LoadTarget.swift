import HTTPServer

/// Where the load goes: loopback addresses only.
struct LoadTarget: Sendable {
    let host: String
    let port: Int
    let path: String
    let tls: TLSContext?

    struct Unusable: Error, CustomStringConvertible { let description: String }

    /// - Parameter certificate: PEM file to trust, for an https URL.
    init(url: String, certificate: String?) throws {
        guard let scheme = ["https", "http"].first(where: { url.hasPrefix($0 + "://") }) else {
            throw Unusable(description: "\(url) is not an http or https URL")
        }
        let rest = url.dropFirst(scheme.count + 3)
        let authority = rest.prefix { $0 != "/" }
        let parts = authority.split(separator: ":")
        guard parts.count == 2, let port = Int(parts[1]), ["localhost", "127.0.0.1"].contains(String(parts[0])) else {
            throw Unusable(description: "\(url) is not a loopback address with a port: no other is ever loaded")
        }
        self.host = "127.0.0.1"
        self.port = port
        self.path = rest.count == authority.count ? "/" : String(rest.dropFirst(authority.count))
        if scheme == "https" {
            guard let certificate else { throw Unusable(description: "\(url) needs --certificate") }
            self.tls = try TLSContext.client(authorityFile: certificate, serverName: "localhost", alpn: ["http/1.1"])
        } else {
            self.tls = nil
        }
    }
}
