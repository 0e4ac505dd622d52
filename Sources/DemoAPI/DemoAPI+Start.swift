package import HTTPServer
package import Logging

extension DemoAPI {
    /// Starts the API on loopback over plain HTTP, as the original runs inside its network.
    ///
    /// - Parameter port: 0 picks a free one; the server says which.
    package static func start(
        configuration: DemoConfiguration = DemoConfiguration(), port: Int = 0, logger: Logger
    ) async throws -> (api: DemoAPI, server: HTTPServer) {
        let api = DemoAPI(configuration: configuration)
        var listener = HTTPServerConfiguration()
        listener.port = port
        listener.addsSecurityHeaders = false
        listener.compresses = false
        listener.limits.idleTimeout = configuration.idleTimeout
        // A little more than the API itself accepts, so that it refuses in its own words.
        listener.limits.bodyBytes = Service.maximumJSONBytes + 64 * 1024
        // No answer is an event stream; see the faults that close connections.
        listener.limits.eventBacklogBytes = 0
        let server = try await HTTPServer.start(configuration: listener, handler: api, logger: logger)
        return (api, server)
    }
}
