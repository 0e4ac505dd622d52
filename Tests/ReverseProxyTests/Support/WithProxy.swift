import HTTPServer
import Logging
import ReverseProxy
import UpstreamPipeline
import WireTestSupport

/// What a test changes of the proxy between client and origin.
struct ProxySetup: Sendable {
    var proxy: ProxyConfiguration
    var transport: PipelineConfiguration
    var server = HTTPServerConfiguration()

    init(origin: String, path: String = "/") {
        self.proxy = ProxyConfiguration(path: path, origin: origin)
        self.transport = PipelineConfiguration(origin: origin)
        self.transport.maximumConnections = 64
        self.transport.connectTimeout = .seconds(2)
    }
}

/// Runs `body` against a proxy on a free loopback port.
func withProxy<R: Sendable>(
    to origin: String, _ change: (inout ProxySetup) -> Void = { _ in },
    _ body: @Sendable (HTTPServer) async throws -> R
) async throws -> R {
    var setup = ProxySetup(origin: origin)
    change(&setup)
    let transport = try CurlTransport(configuration: setup.transport)
    let proxy = ReverseProxy(
        configuration: setup.proxy, transport: transport,
        logger: Logger(label: "proxy") { _ in SwiftLogNoOpLogHandler() })
    defer { transport.shutdown() }
    return try await withServer(setup.server, handler: proxy, body)
}
