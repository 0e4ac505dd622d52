/// Numbers of the gateway for HTTP clients.
package struct GatewayConfiguration: Sendable {
    /// Where the API is, here as upstream, such as `/api/v2`.
    package var prefix = "/api/v2"
    /// Whether requests that change data are passed on.
    package var allowsWrites = true
    /// Requests in a window that clients of one address may send upstream before the API has accepted their token.
    package var strangerRequests = 20
    /// Length of a window, as told in `RateLimit-Policy`.
    package var window: Duration = .seconds(900)
    /// Largest request body once its gzip is undone.
    package var bodyBytes = 4 * 1024 * 1024
    /// Clients whose answers are kept at the same time.
    package var clients = 1000
    /// A client that asks nothing for so long is forgotten.
    package var idleTimeout: Duration = .seconds(30 * 60)

    package init() {}
}
