import BiteTrack
import CodeSandbox
import Configuration
import HTTPServer
import Logging
import ModelContextProtocol
import Observability
import RESTGateway
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
        // The zygote starts while this process holds no secret yet.
        guard let zone = ShopZone(identifier: configuration.shop.timeZone, now: WallClock.seconds()) else {
            throw CatalogueError("shop.time_zone \"\(configuration.shop.timeZone)\" is no time zone known here")
        }
        let catalogue = try ToolCatalogue.load(zone: zone)
        let sandbox = Sandbox(
            configuration: SandboxConfiguration(configuration.sandbox),
            guestExecutable: try GuestProgram.path(configured: configuration.sandbox.guest), files: catalogue.files,
            logger: logger)
        async let proof = sandbox.proveWalls()
        try await sandbox.start()
        let walls = try await proof
        walls.log(to: logger)

        try disableCoreDumps()
        let vault = try TokenVault()
        let pipelineConfiguration = PipelineConfiguration(configuration)
        let transport = try CurlTransport(configuration: pipelineConfiguration)
        let pipeline = Pipeline(
            configuration: pipelineConfiguration, routes: BiteTrackRoutes.table, transport: transport, logger: logger)
        let metrics = Metrics()
        let biteTrack = BiteTrackService(
            configuration: BiteTrackConfiguration(configuration), sandbox: sandbox, pipeline: pipeline, vault: vault,
            catalogue: catalogue, metrics: metrics, logger: logger)
        let mcp = MCPServer(
            configuration: MCPConfiguration(configuration), features: biteTrack.features,
            sealer: VaultSealer(vault: vault), logger: logger,
            onSessionEnd: { biteTrack.endSession($0) })

        metrics.read(mcp: mcp, biteTrack: biteTrack, pipeline: pipeline)
        metrics.read(walls)

        let rest =
            configuration.rest.enabled
            ? RESTGateway(
                configuration: GatewayConfiguration(configuration), pipeline: pipeline, routes: BiteTrackRoutes.table,
                metrics: metrics, logger: logger) : nil
        let admin =
            configuration.admin.token.isEmpty
            ? nil
            : AdminGateway(
                token: Secret(configuration.admin.token), pipeline: pipeline, routes: BiteTrackRoutes.table,
                logger: logger)
        if let rest { metrics.read(rest) }
        let router = Router(
            mcp: mcp, walls: walls, metrics: configuration.metrics.enabled ? metrics : nil, rest: rest, admin: admin)
        let server = try await HTTPServer.start(
            configuration: HTTPServerConfiguration(configuration.server), handler: router, logger: logger)
        return Sidecar(
            logger: logger, port: server.port,
            services: [
                ShutdownService { [sandbox, transport] in
                    await sandbox.shutdown()
                    transport.shutdown()
                },
                RepeatingService(run: { try await biteTrack.run() }),
                RepeatingService(run: { try await mcp.run() }),
            ] + (rest.map { rest in [RepeatingService(run: { try await rest.run() })] } ?? []) + [
                CertificateReloadService(server: server, logger: logger),
                ShutdownService {
                    mcp.drain()
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
