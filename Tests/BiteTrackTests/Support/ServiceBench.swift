import DemoAPI
import Foundation
import HTTPServer
import JSON
import Logging
import Observability
import Sessions
import Testing
import TokenVault
import UpstreamPipeline

@testable import BiteTrack
@testable import CodeSandbox
@testable import ModelContextProtocol

/// The whole service over real parts: guest processes, libcurl, and the demonstration API on a socket.
struct ServiceBench: Sendable {
    let api: DemoAPI
    let service: BiteTrackService
    /// The service as clients reach it, but for sockets.
    let mcp: MCPServer
    let vault: TokenVault
    let logs: LogLines
    let metrics = Metrics()
    let clock = Shared(Duration.zero)
    let sessionClock = StillClock()
    private let server: HTTPServer
    private let sandbox: Sandbox
    private let transport: CurlTransport

    /// Runs `body` and takes everything down again.
    static func with(
        runsPerMinute: Int = 0, timeout: Duration = .seconds(10), taskAfter: Duration? = .seconds(60),
        personalData: PersonalData = PersonalData(), demo: DemoConfiguration = DemoConfiguration(),
        prefix: String = "/api/v2", zone: ShopZone = .standard, _ body: (ServiceBench) async throws -> Void
    ) async throws {
        var configuration = BiteTrackConfiguration()
        configuration.runsPerMinute = runsPerMinute
        configuration.taskAfter = taskAfter
        configuration.personalData = personalData
        let bench = try await ServiceBench(configuration, timeout: timeout, demo: demo, prefix: prefix, zone: zone)
        do { try await body(bench) } catch {
            await bench.shutdown()
            throw error
        }
        await bench.shutdown()
    }

    private init(
        _ configuration: BiteTrackConfiguration, timeout: Duration, demo: DemoConfiguration, prefix: String,
        zone: ShopZone
    ) async throws {
        let logs = LogLines()
        let logger = Logger(label: "test") { _ in logs.handler }
        (self.api, self.server) = try await DemoAPI.start(configuration: demo, logger: logger)
        let catalogue = try ToolCatalogue.load(zone: zone)
        var sandbox = SandboxConfiguration()
        sandbox.timeout = timeout
        let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        self.sandbox = Sandbox(
            configuration: sandbox, guestExecutable: folder.path + "/sandbox-guest", files: catalogue.files,
            logger: logger)
        try await self.sandbox.start()
        var upstream = PipelineConfiguration(origin: "http://127.0.0.1:\(self.server.port)")
        upstream.prefix = prefix
        self.transport = try CurlTransport(configuration: upstream)
        self.vault = try TokenVault()
        self.logs = logs
        let clock = self.clock
        let service = BiteTrackService(
            configuration: configuration, sandbox: self.sandbox,
            pipeline: Pipeline(
                configuration: upstream, routes: BiteTrackRoutes.table, transport: self.transport, logger: logger),
            vault: self.vault, catalogue: catalogue, metrics: self.metrics,
            clock: ServiceClock(seconds: WallClock.seconds, uptime: { clock.value }), sessionClock: self.sessionClock,
            logger: logger)
        self.service = service
        self.mcp = MCPServer(
            configuration: MCPConfiguration(serverName: "test", serverVersion: "1"), features: service.features,
            sealer: VaultSealer(vault: self.vault), logger: logger, onSessionEnd: { service.endSession($0) })
    }

    /// Whether a script runs now.
    var isRunning: Bool { !self.sandbox.runningProcessIDs.isEmpty }

    private func shutdown() async {
        await self.sandbox.shutdown()
        self.transport.shutdown()
        await self.server.shutdown(deadline: .milliseconds(10))
    }

    /// Calls a tool as a client of an MCP session does.
    func call(_ tool: String, _ arguments: JSONObject, session: String = "one") async throws -> Answer {
        try await self.call(
            tool, arguments, .test(.november2025, session: SessionID(rawValue: session)))
    }

    func call(_ tool: String, _ arguments: JSONObject, _ context: RequestContext) async throws -> Answer {
        let tool = try #require(self.service.features.tools.first { $0.name == tool })
        let call = ToolCall(arguments: arguments, context: context)
        switch tool.handler {
        case .immediate(let handler): return Answer(try handler(call))
        case .suspending(let handler): return Answer(try await handler(call))
        }
    }

    func run(_ code: String, session: String = "one") async throws -> Answer {
        try await self.call("run_code", ["code": .string(code)], session: session)
    }

    /// Runs code as a client without MCP session does.
    func run(_ code: String, handle: String?, as principal: Principal = .anonymous) async throws -> Answer {
        var arguments: JSONObject = ["code": .string(code)]
        arguments["session"] = handle.map { .string($0) }
        return try await self.call("run_code", arguments, .test(.july2026, principal: principal))
    }

    static let password = "DemoAdmin1!"
    static let login = """
        import * as auth from "./tools/auth";
        await auth.login({ email: "admin@demo.test", password: "\(password)" });

        """

    /// What a model sees of a result.
    struct Answer {
        let isError: Bool
        let text: String
        let structure: JSONValue?

        init(_ result: ToolResult) {
            self.isError = result.isError
            self.structure = result.structuredContent
            self.text = result.content.compactMap(\.text).joined()
        }

        var value: JSONValue? { self.structure?["value"] }
        /// The handle of a session that the run began.
        var session: String? { self.structure?["session"]?.stringValue }
        var everything: String { self.text + (self.structure?.text ?? "") }
    }
}
