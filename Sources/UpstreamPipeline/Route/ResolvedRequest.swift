package import TokenVault

/// A call that passed the route table: what would go upstream, and nothing of what the caller wrote otherwise.
package struct ResolvedRequest: Sendable {
    package let route: Route
    package let method: String
    /// Prefix, path and query, percent-encoded, parameters in order of their names.
    package let target: String
    /// JSON object of the body parameters that were given; nil when the route has none.
    package let body: Secret<[UInt8]>?
    /// Equal for calls that ask the same.
    ///
    /// Holds query values, so it is never logged.
    package var key: String { "\(self.method) \(self.target)" }

    /// Whether one answer may serve several calls.
    package var isShareable: Bool { self.route.writeClass == .read && self.method == "GET" && self.body == nil }
}
