/// One origin and how requests reach it.
package struct ProxyConfiguration: Sendable {
    /// What is done with `%2F` and `%5C` in a path, which programs take for a slash or not.
    package enum EncodedSlashes: String, Sendable, CaseIterable { case pass, refuse }

    /// Requests whose path is this or continues it after a slash.
    package var path: String
    /// Scheme, host and port of the origin, such as `http://app:8080`.
    package var origin: String
    /// Takes ``path`` off before the request is passed on.
    package var stripsPrefix = false
    /// Passes the client's Host on instead of the origin's.
    package var preservesHost = false
    package var encodedSlashes = EncodedSlashes.pass
    /// Largest request body, bytes; nil sets no limit.
    package var requestBytes: Int? = 1024 * 1024 * 1024
    /// Whose `Forwarded` and `X-Forwarded-*` are believed.
    package var trustedProxies: [AddressRange] = []

    package init(path: String, origin: String) {
        self.path = path
        self.origin = origin
    }

    /// Whether a request for this path goes to this origin.
    package func matches(_ path: String) -> Bool {
        guard self.path != "/" else { return path.hasPrefix("/") }
        guard path.hasPrefix(self.path) else { return false }
        return path.utf8.count == self.path.utf8.count || path.utf8.dropFirst(self.path.utf8.count).first == 0x2F
    }
}
