import BiteTrack
import Configuration
import HTTPServer
import Logging
import ModelContextProtocol
import Observability
import RESTGateway
import ReverseProxy
import ServiceLifecycle
import TokenVault
import UnixSignals
import UpstreamPipeline

/// The whole sidecar, wired in one place.
struct Sidecar {
    let logger: Logger
    let port: Int
    private let services: [any Service]

    /// Builds every part, lowest first, and starts to listen.
    ///
    /// - Throws: exit code 69 when a part cannot start; what was wrong has been printed.
    static func start(_ configuration: SidecarConfiguration, logger given: Logger? = nil) async throws -> Sidecar {
        let logger = given ?? Sidecar.logger(level: configuration.log.level)
        do {
            return try await Sidecar.wire(configuration, logger: logger)
        } catch {
            StandardError.write("cannot start: \(error)")
            throw Exit.unavailable
        }
    }

    private static func wire(_ configuration: SidecarConfiguration, logger: Logger) async throws -> Sidecar {
        let metrics = Metrics()
        // Agents need the upstream; without one only the proxies are served.
        let agents =
            configuration.upstream.url.isEmpty
            ? nil : try await Agents.start(configuration, metrics: metrics, logger: logger)
        try disableCoreDumps()
        let proxies = try configuration.proxies.map { try Origin($0, metrics: metrics, logger: logger) }
        let token = configuration.admin.token
        let admin =
            token.isEmpty
            ? nil
            : AdminGateway(
                token: Secret(token), api: agents.map { ($0.pipeline, BiteTrackRoutes.table) },
                // The configuration has no path twice.
                proxies: Dictionary(uniqueKeysWithValues: proxies.map { ($0.proxy.configuration.path, $0.cache) }),
                logger: logger)
        let router = Router(
            mcp: agents?.mcp, walls: agents?.walls, proxies: proxies.map(\.proxy),
            metrics: configuration.metrics.enabled ? metrics : nil, rest: agents?.rest, admin: admin)
        let server = try await HTTPServer.start(
            configuration: HTTPServerConfiguration(configuration.server), handler: router, logger: logger)
        return Sidecar(
            logger: logger, port: server.port,
            services: proxies.map { origin in ShutdownService { origin.transport.shutdown() } }
                + (agents?.services ?? []) + [
                    CertificateReloadService(server: server, logger: logger),
                    ShutdownService {
                        agents?.mcp.drain()
                        await server.shutdown(deadline: .seconds(configuration.server.drainSeconds))
                    },
                ])
    }

    /// Serves until SIGTERM or SIGINT, then shuts down: listener first, sandbox last.
    ///
    /// - Parameter announce: called once signals are heeded, so that whoever reads the announcement may send one.
    func run(announce: @escaping @Sendable () -> Void = {}) async throws {
        let announcement = ShutdownService(
            start: {
                self.logger.notice("listening", metadata: [LogKey.port: "\(self.port)"])
                announce()
            }, shutdown: {})
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: (self.services + [announcement]).map {
                    ServiceGroupConfiguration.ServiceConfiguration(service: $0)
                },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: self.logger))
        try await group.run()
        self.logger.notice("stopped")
    }

    static func logger(level: String) -> Logger {
        let level = Logger.Level(rawValue: level) ?? .info
        return Logger(label: "sidecar") { _ in LineLogHandler(label: "sidecar", level: level) }
    }
}
