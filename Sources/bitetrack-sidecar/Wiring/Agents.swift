import BiteTrack
import CodeSandbox
import Configuration
import Logging
import ModelContextProtocol
import Observability
import RESTGateway
import ServiceLifecycle
import TokenVault
import UpstreamPipeline

/// What the upstream makes possible: MCP, the sandbox and the pipeline behind it, and the API for ordinary clients.
struct Agents {
    let mcp: MCPServer
    let walls: WallReport
    let rest: RESTGateway?
    let pipeline: Pipeline
    /// Lowest first.
    let services: [any Service]

    static func start(_ configuration: SidecarConfiguration, metrics: Metrics, logger: Logger) async throws -> Agents {
        // What takes long goes on side by side: the self-test in processes of its own, then the zygote's start and the
        // search index.
        let sandboxConfiguration = SandboxConfiguration(configuration.sandbox)
        let guest = try GuestProgram.path(configured: configuration.sandbox.guest)
        async let proof = Sandbox.proveWalls(of: guest, under: sandboxConfiguration.walls)
        guard let zone = ShopZone(identifier: configuration.shop.timeZone, now: WallClock.seconds()) else {
            throw CatalogueError("shop.time_zone \"\(configuration.shop.timeZone)\" is no time zone known here")
        }
        let catalogue = try ToolCatalogue.load(zone: zone)
        async let search = ToolSearch(catalogue)
        // The zygote starts while this process holds no secret yet.
        let sandbox = Sandbox(
            configuration: sandboxConfiguration, guestExecutable: guest, files: catalogue.files, logger: logger)
        try await sandbox.start()
        let walls = try await proof
        walls.log(to: logger)

        try disableCoreDumps()
        let vault = try TokenVault()
        let pipelineConfiguration = PipelineConfiguration(configuration)
        let transport = try CurlTransport(configuration: pipelineConfiguration)
        let pipeline = Pipeline(
            configuration: pipelineConfiguration, routes: BiteTrackRoutes.table, transport: transport, logger: logger)
        let biteTrack = BiteTrackService(
            configuration: BiteTrackConfiguration(configuration), sandbox: sandbox, pipeline: pipeline, vault: vault,
            catalogue: catalogue, search: await search, metrics: metrics, logger: logger)
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
        if let rest { metrics.read(rest) }
        return Agents(
            mcp: mcp, walls: walls, rest: rest, pipeline: pipeline,
            services: [
                ShutdownService { [sandbox, transport] in
                    await sandbox.shutdown()
                    transport.shutdown()
                },
                RepeatingService(run: { try await biteTrack.run() }),
                RepeatingService(run: { try await mcp.run() }),
            ] + (rest.map { rest in [RepeatingService(run: { try await rest.run() })] } ?? []))
    }
}
