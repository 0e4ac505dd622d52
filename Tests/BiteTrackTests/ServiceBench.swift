import CodeSandbox
import DemoAPI
import Foundation
import HTTPServer
import JSON
import Logging
import Observability
import Sessions
import Synchronization
import Testing
import TokenVault
import UpstreamPipeline

@testable import BiteTrack
@testable import ModelContextProtocol

/// The whole service over real parts: guest processes, libcurl, and the demonstration API on a socket.
struct ServiceBench: Sendable {
    let api: DemoAPI
    let service: BiteTrackService
    let vault: TokenVault
    let logs: LogLines
    let clock = Shared(Duration.zero)
    private let server: HTTPServer
    private let sandbox: Sandbox
    private let transport: CurlTransport

    /// Runs `body` and takes everything down again.
    static func with(
        runsPerMinute: Int = 0, timeout: Duration = .seconds(10), _ body: (ServiceBench) async throws -> Void
    ) async throws {
        let bench = try await ServiceBench(runsPerMinute: runsPerMinute, timeout: timeout)
        do { try await body(bench) } catch {
            await bench.shutdown()
            throw error
        }
        await bench.shutdown()
    }

    private init(runsPerMinute: Int, timeout: Duration) async throws {
        let logs = LogLines()
        let logger = Logger(label: "test") { _ in logs.handler }
        (self.api, self.server) = try await DemoAPI.start(logger: logger)
        let catalogue = try ToolCatalogue.load()
        var sandbox = SandboxConfiguration()
        sandbox.timeout = timeout
        let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        self.sandbox = Sandbox(
            configuration: sandbox, guestExecutable: folder.path + "/sandbox-guest", files: catalogue.files,
            logger: logger)
        try await self.sandbox.start()
        let configuration = PipelineConfiguration(origin: "http://127.0.0.1:\(self.server.port)")
        self.transport = try CurlTransport(configuration: configuration)
        self.vault = try TokenVault()
        self.logs = logs
        let clock = self.clock
        self.service = BiteTrackService(
            sandbox: self.sandbox,
            pipeline: Pipeline(
                configuration: configuration, routes: BiteTrackRoutes.table, transport: self.transport,
                logger: logger),
            vault: self.vault, catalogue: catalogue, runsPerMinute: runsPerMinute,
            clock: ServiceClock(seconds: WallClock.seconds, uptime: { clock.value }), logger: logger)
    }

    private func shutdown() async {
        await self.sandbox.shutdown()
        self.transport.shutdown()
        await self.server.shutdown(deadline: .milliseconds(10))
    }

    func call(_ tool: String, _ arguments: JSONObject, session: String = "one") async throws -> Answer {
        let tool = try #require(self.service.tools.first { $0.name == tool })
        let context = RequestContext(
            principal: .anonymous, session: SessionID(rawValue: session), revision: .november2025,
            client: ClientCapabilities(), state: nil, answers: Answers(), channel: SilentChannel())
        let call = ToolCall(arguments: arguments, context: context)
        switch tool.handler {
        case .immediate(let handler): return Answer(try handler(call))
        case .suspending(let handler): return Answer(try await handler(call))
        }
    }

    func run(_ code: String, session: String = "one") async throws -> Answer {
        try await self.call("run_code", ["code": .string(code)], session: session)
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
            self.text = result.content.map { if case .text(let text) = $0 { text } else { "" } }.joined()
        }

        var value: JSONValue? { self.structure?["value"] }
        var everything: String { self.text + (self.structure?.text ?? "") }
    }
}

/// A value that tasks share.
final class Shared<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>
    init(_ value: Value) { self.mutex = Mutex(value) }

    var value: Value {
        get { self.mutex.withLock { $0 } }
        set { self.mutex.withLock { $0 = newValue } }
    }
}

/// Keeps every log record, down to `trace`.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    var text: String { self.lines.withLock { $0.joined(separator: "\n") } }
    var handler: Handler { Handler(lines: self) }

    struct Handler: LogHandler {
        let lines: LogLines
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { self.metadata[key] }
            set { self.metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let metadata = self.metadata.merging(event.metadata ?? [:]) { _, new in new }
            self.lines.lines.withLock { $0.append("\(event.level) \(event.message) \(metadata)") }
        }
    }
}
