import DemoAPI
import JSON
import ModelContextProtocol
import TestSupport
import Testing

@testable import BiteTrack

/// Runs that take a while, as clients see them: progress, cancellation, tasks.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct LongRunTests {
    private static func call(_ code: String) -> JSONObject {
        ["name": "run_code", "arguments": ["code": .string(code)]]
    }

    private static let tasks: JSONValue = ["extensions": ["io.modelcontextprotocol/tasks": [:]]]

    /// Reads `count` pages of sales at the same time, each too large to share a request.
    private static func pages(_ count: Int) -> String {
        ServiceBench.login + """
            import { getSales } from "./tools/sales/getSales.js";
            const pages = await Promise.all(Array.from({ length: \(count) }, (_, i) => getSales({ limit: 100, page: i + 1 })));
            pages.length;
            """
    }

    @Test("a run tells how many API calls it has made, if that was asked for")
    func progress() async throws {
        try await ServiceBench.with(timeout: .seconds(60)) { bench in
            let peer = MCPPeer(bench.mcp)
            let messages = await (try peer.ask("tools/call", Self.call(Self.pages(2)), progressToken: "p")).all()
            let told = messages.filter { $0["method"] == "notifications/progress" }.compactMap { $0["params"] }
            // Calls that end in the same moment may be told as one step.
            let steps = told.compactMap { $0["progress"]?.intValue }
            #expect([[0, 1, 2, 3], [0, 1, 3], [0, 2, 3], [0, 3]].contains(steps), "\(steps)")
            let words = ["running", "1 API call", "2 API calls", "3 API calls"]
            #expect(told.compactMap { $0["message"]?.stringValue } == steps.map { words[$0] })
            #expect(told.allSatisfy { $0["progressToken"] == "p" })
            let result = messages.last?["result"]
            #expect(result?["structuredContent"]?["value"] == 2, "\(messages.last?.text ?? "")")

            let silent = await (try peer.ask("tools/call", Self.call("1"))).all()
            #expect(silent.count == 1)
        }
    }

    @Test(
        "what a script prints is told while it runs, in few small messages without secrets, and all of it in the result"
    )
    func console() async throws {
        try await ServiceBench.with(timeout: .seconds(60)) { bench in
            let peer = MCPPeer(bench.mcp)
            let code = """
                const password = "Sw0rdfish!9";
                console.log("begun", password);
                await new Promise((done) => setTimeout(done, 400));
                console.warn("half way");
                await new Promise((done) => setTimeout(done, 400));
                for (let i = 0; i < 300; i++) console.log("row " + i + " " + "x".repeat(30));
                await new Promise((done) => setTimeout(done, 400));
                "end";
                """
            let started = ContinuousClock.now
            let messages = await (try peer.ask("tools/call", Self.call(code), progressToken: 7)).all()
            let took = ContinuousClock.now - started
            let told = messages.filter { $0["method"] == "notifications/progress" }.compactMap { $0["params"] }
            let texts = told.compactMap { $0["message"]?.stringValue }
            #expect(texts.prefix(3) == ["running", "begun [redacted]", "warn: half way"], "\(texts)")
            #expect(
                texts.contains { $0.hasPrefix("row ") && $0.hasSuffix(" more lines)") }, "\(texts)")
            #expect(texts.allSatisfy { $0.utf8.count <= 500 })
            #expect(texts.count <= Int(took / .milliseconds(100)) + 2, "\(texts.count) in \(took)")
            let reached = told.compactMap { $0["progress"]?.doubleValue }
            #expect(zip(reached, reached.dropFirst()).allSatisfy { $0 < $1 } && told.count == reached.count)
            let result = messages.last?["result"]
            #expect(result?["structuredContent"]?["value"] == "end", "\(messages.last?.text ?? "")")
            let lines = result?["structuredContent"]?["console"]?.arrayValue ?? []
            #expect(lines.first?["text"] == "begun [redacted]" && lines.dropFirst().first?["text"] == "half way")

            let silent = await (try peer.ask("tools/call", Self.call(#"console.log("x"); 1"#))).all()
            #expect(silent.count == 1)
        }
    }

    @Test("a client that goes away ends the run, what it had sent upstream, and what had not left yet")
    func cancellation() async throws {
        try await ServiceBench.with(timeout: .seconds(60)) { bench in
            let peer = MCPPeer(bench.mcp)
            let handle = try #require(try await bench.run(ServiceBench.login, handle: nil).session)
            bench.api.inject(.hang, requests: 1000, pathPrefix: "/sales")
            var call = Self.call(Self.pages(20).replacing(ServiceBench.login, with: ""))
            call["arguments"] = ["code": call["arguments"]?["code"] ?? "", "session": .string(handle)]
            let reply = try await peer.ask("tools/call", call)
            // The upstream is asked over 16 connections; four calls wait for one.
            await eventually { bench.api.waitingClients == 16 }
            #expect(bench.api.waitingClients == 16)
            try await reply.disconnect()
            await eventually { bench.api.waitingClients == 0 && !bench.isRunning }
            #expect(bench.api.waitingClients == 0 && !bench.isRunning)
            bench.api.clearFaults()
            let next = try await bench.run(
                "import { getSales } from './tools/sales/getSales.js'; (await getSales({ limit: 99 })).sales.length;",
                handle: handle)
            #expect(next.value == 99, "\(next.text)")
            #expect(bench.api.requestCounts["GET /sales"] == 17)
        }
    }

    @Test("a cancelled call of an MCP session ends its run too")
    func legacyCancellation() async throws {
        try await ServiceBench.with(timeout: .seconds(60)) { bench in
            let peer = MCPPeer(bench.mcp)
            let headers = try await peer.open()
            let reply = try await peer.post("tools/call", Self.call("for (;;) {}"), headers)
            await eventually { bench.isRunning }
            #expect(bench.isRunning)
            let cancelled = try await peer.post(
                ["jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": 7]], headers)
            _ = await cancelled.all()
            #expect(await reply.end()?["error"]?["code"] == -32800)
            await eventually { !bench.isRunning }
            #expect(!bench.isRunning)
        }
    }

    @Test("a run goes on as a task for a client that can follow one, and its result is that of the call")
    func task() async throws {
        try await ServiceBench.with(timeout: .seconds(60), taskAfter: .milliseconds(20)) { bench in
            let peer = MCPPeer(bench.mcp)
            let handle = try #require(try await bench.run(ServiceBench.login, handle: nil).session)
            bench.api.inject(.hang, requests: 2, pathPrefix: "/sales")
            var call = Self.call(Self.pages(2).replacing(ServiceBench.login, with: ""))
            call["arguments"] = ["code": call["arguments"]?["code"] ?? "", "session": .string(handle)]
            let created = await (try peer.ask("tools/call", call, capabilities: Self.tasks)).end()?["result"]
            #expect(created?["resultType"] == "task" && created?["status"] == "working", "\(created?.text ?? "")")
            let id: JSONObject = ["taskId": created?["taskId"] ?? nil]

            // The hanging calls are answered 503, and repeated.
            await eventually { bench.api.waitingClients == 2 }
            bench.api.clearFaults()
            var task: JSONValue?
            await eventually {
                task = await (try? peer.ask("tasks/get", id, capabilities: Self.tasks))?.end()?["result"]
                return task?["status"] != "working"
            }
            #expect(task?["status"] == "completed", "\(task?.text ?? "")")
            #expect(task?["result"]?["structuredContent"]?["value"] == 2, "\(task?.text ?? "")")
        }
    }

    @Test("cancelling the task ends the run")
    func taskCancellation() async throws {
        try await ServiceBench.with(timeout: .seconds(60), taskAfter: .milliseconds(20)) { bench in
            let peer = MCPPeer(bench.mcp)
            let reply = try await peer.ask("tools/call", Self.call("for (;;) {}"), capabilities: Self.tasks)
            let id: JSONObject = ["taskId": await reply.end()?["result"]?["taskId"] ?? nil]
            #expect(bench.isRunning)
            _ = await (try peer.ask("tasks/cancel", id, capabilities: Self.tasks)).all()
            await eventually { !bench.isRunning }
            #expect(!bench.isRunning)
            let task = await (try peer.ask("tasks/get", id, capabilities: Self.tasks)).end()?["result"]
            #expect(task?["status"] == "cancelled", "\(task?.text ?? "")")
        }
    }

    @Test("clients that follow no tasks just wait, and without a limit nobody is offered any")
    func noTask() async throws {
        try await ServiceBench.with(taskAfter: .milliseconds(1)) { bench in
            let slow = "const end = Date.now() + 50; while (Date.now() < end); 5;"
            let reply = await (try MCPPeer(bench.mcp).ask("tools/call", Self.call(slow))).end()
            #expect(reply?["result"]?["structuredContent"]?["value"] == 5)
            #expect(bench.service.features.runsTasks)
        }
        try await ServiceBench.with(taskAfter: nil) { bench in
            #expect(!bench.service.features.runsTasks)
            #expect(bench.service.features.tools.allSatisfy { $0.taskAfter == nil })
        }
    }
}
