package import TokenVault

/// A call that passed the route table: what would go upstream, and nothing of what the caller wrote otherwise.
package struct ResolvedRequest: Sendable {
    package let route: Route
    package let method: String
    /// Prefix and path, percent-encoded.
    package let path: String
    /// Checked values, not encoded; each name once.
    package let query: [String: String]
    /// Prefix, path and query, percent-encoded, parameters in order of their names.
    package let target: String
    /// JSON object of the body parameters that were given; nil when the route has none.
    package let body: Secret<[UInt8]>?
    package var contentType = "application/json"
    /// An answer whose time is over, which the upstream may confirm.
    var known: ResponseCache.Answer?
    /// Equal for calls that ask the same.
    ///
    /// Holds query values, so it is never logged.
    package var key: String { "\(self.method) \(self.target)" }

    init(route: Route, path: String, query: [String: String], body: Secret<[UInt8]>?) {
        self.route = route
        self.method = route.method
        self.path = path
        self.query = query
        self.target = path + ResolvedRequest.encode(query)
        self.body = body
    }

    /// The same read with another query.
    func asking(_ query: [String: String]) -> ResolvedRequest {
        ResolvedRequest(route: self.route, path: self.path, query: query, body: self.body)
    }

    /// `?a=1&b=2`, sorted by name, so that the order of arguments makes no difference.
    private static func encode(_ query: [String: String]) -> String {
        var output = ""
        for (name, value) in query.sorted(by: { $0.key < $1.key }) {
            output.append(output.isEmpty ? "?" : "&")
            PercentEncoding.append(name, to: &output)
            output.append("=")
            PercentEncoding.append(value, to: &output)
        }
        return output
    }

    /// Whether one answer may serve several calls.
    package var isShareable: Bool { self.route.writeClass == .read && self.method == "GET" && self.body == nil }
}
