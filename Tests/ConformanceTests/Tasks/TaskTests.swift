import Foundation
import JSON
import TestSupport
import Testing

/// The tasks extension of the newest revision.
struct TaskTests {
    static let capabilities: JSONValue = [
        "elicitation": [:], "sampling": [:], "extensions": ["io.modelcontextprotocol/tasks": [:]],
    ]

    private func client(_ capabilities: JSONValue = TaskTests.capabilities) async throws -> Client {
        try await Client.open(.modern, capabilities: capabilities)
    }

    /// Calls a tool that makes a task and checks the form of what comes back.
    private func create(_ client: Client, _ tool: String, _ arguments: JSONValue = [:]) async throws -> JSONValue {
        let reply = try await client.call(tool, arguments)
        let task = try #require(reply.result)
        try #require(task["resultType"] == "task", "\(reply)")
        self.expectTask(task)
        for absent in ["task", "result", "error", "inputRequests", "requestState", "content"] {
            #expect(task[absent] == nil, "\(absent) in a created task")
        }
        return try #require(task["taskId"])
    }

    private func expectTask(_ task: JSONValue, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(task["taskId"]?.stringValue?.isEmpty == false, sourceLocation: sourceLocation)
        let states = ["working", "input_required", "completed", "failed", "cancelled"]
        #expect(states.contains(task["status"]?.stringValue ?? ""), sourceLocation: sourceLocation)
        for name in ["createdAt", "lastUpdatedAt"] {
            let date = task[name]?.stringValue
            #expect(TaskTests.isTimestamp(date), "\(name) \(date ?? "-")", sourceLocation: sourceLocation)
        }
        let lifetime = task["ttlMs"]
        #expect(lifetime == .null || lifetime?.isInteger == true, sourceLocation: sourceLocation)
        if let interval = task["pollIntervalMs"] { #expect(interval.isInteger, sourceLocation: sourceLocation) }
        for absent in ["ttl", "pollInterval", "requestState"] {
            #expect(task[absent] == nil, "\(absent)", sourceLocation: sourceLocation)
        }
    }

    private static func isTimestamp(_ text: String?) -> Bool {
        text?.wholeMatch(of: /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})/) != nil
    }

    private func get(_ client: Client, _ id: JSONValue) async throws -> JSONValue {
        let reply = try await client.request("tasks/get", ["taskId": id])
        let task = try #require(reply.result, "\(reply)")
        #expect(task["resultType"] == "complete" && task["taskId"] == id)
        self.expectTask(task)
        return task
    }

    /// Polls until the task has that status, or one after which nothing changes.
    private func wait(_ client: Client, _ id: JSONValue, for status: String) async throws -> JSONValue {
        let deadline = ContinuousClock.now + .seconds(10)
        var task = try await self.get(client, id)
        while task["status"]?.stringValue != status, ContinuousClock.now < deadline {
            if ["completed", "failed", "cancelled"].contains(task["status"]?.stringValue) { break }
            await Pause.short()
            task = try await self.get(client, id)
        }
        #expect(task["status"]?.stringValue == status, "\(task.text)")
        return task
    }

    private func expectAcknowledgement(_ reply: Reply) {
        #expect(reply.resultType == "complete", "\(reply)")
        #expect(reply.result?.keys.subtracting(["resultType", "_meta"]) == [], "\(reply)")
    }

    @Test("is declared among the extensions, and never as the capability of an older revision")
    func declared() async throws {
        let capabilities = try await self.client().handshake["capabilities"]
        #expect(capabilities?["extensions"]?[ModernRequest.tasks]?.objectValue != nil)
        #expect(capabilities?["tasks"] == nil)
    }

    @Test("what takes no time is answered at once")
    func synchronous() async throws {
        let client = try await self.client()
        let params: JSONValue = [
            "name": "greet", "arguments": ["name": "World"], "task": ["ttl": 60000, "pollInterval": 100],
        ]
        for params in [params, params.with("task", nil)] {
            let reply = try await client.request("tools/call", params)
            #expect(reply.resultType == "complete" && reply.text.contains("World"))
            #expect(reply.result?["taskId"] == nil)
        }
        let instant = try await client.call("slow_compute", ["seconds": 0, "label": "instant"])
        #expect(instant.resultType == "task" || instant.result?["content"] != nil)
    }

    @Test("what takes time becomes a task that can be looked at at once, and holds the result in the end")
    func lifecycle() async throws {
        let client = try await self.client()
        let id = try await self.create(client, "slow_compute", ["seconds": 1, "label": "the-label"])
        let working = try await self.get(client, id)
        #expect(working["status"] == "working" && working["result"] == nil && working["error"] == nil)
        let done = try await self.wait(client, id, for: "completed")
        #expect(done["result"]?["content"]?.arrayValue?.isEmpty == false && done["error"] == nil)
        #expect(done["result"]?["isError"] != true)
        #expect(done["result"]?["_meta"]?["io.modelcontextprotocol/related-task"] == nil)
        #expect(done["createdAt"] == working["createdAt"])
        if done["ttlMs"]?.intValue ?? .max > 5000 {
            #expect(try await self.get(client, id)["result"] == done["result"])
        }
    }

    @Test("a tool's own failure completes the task, an error of the protocol fails it")
    func failures() async throws {
        let client = try await self.client()
        let failing = try await self.create(client, "failing_job")
        let completed = try await self.wait(client, failing, for: "completed")
        #expect(completed["result"]?["isError"] == true && completed["error"] == nil)
        let broken = try await self.create(client, "protocol_error_job")
        let failed = try await self.wait(client, broken, for: "failed")
        #expect(failed["error"]?["code"]?.isInteger == true && failed["error"]?["message"]?.stringValue != nil)
        #expect(failed["result"] == nil)
    }

    @Test("cancelling is acknowledged, once and again, and settles")
    func cancel() async throws {
        let client = try await self.client()
        let id = try await self.create(client, "slow_compute", ["seconds": 60, "label": "cancel"])
        self.expectAcknowledgement(try await client.request("tasks/cancel", ["taskId": id]))
        let cancelled = try await self.wait(client, id, for: "cancelled")
        #expect(cancelled["result"] == nil && cancelled["error"] == nil)
        self.expectAcknowledgement(try await client.request("tasks/cancel", ["taskId": id]))
        let done = try await self.create(client, "failing_job")
        _ = try await self.wait(client, done, for: "completed")
        self.expectAcknowledgement(try await client.request("tasks/cancel", ["taskId": done]))
        #expect(try await self.get(client, done)["status"] == "completed")
    }

    @Test("a question parks the task until it is answered")
    func input() async throws {
        let client = try await self.client()
        let id = try await self.create(client, "confirm_delete", ["filename": "input.txt"])
        let parked = try await self.wait(client, id, for: "input_required")
        let requests = try #require(parked["inputRequests"]?.objectValue)
        #expect(requests.count == 1)
        #expect(requests.allSatisfy { $0.value["method"] == "elicitation/create" && $0.value["params"] != nil })
        let stranger: JSONValue = ["taskId": id, "inputResponses": ["unknown-key": ["ignored": true]]]
        self.expectAcknowledgement(try await client.request("tasks/update", stranger))
        #expect(try await self.get(client, id)["status"] == "input_required")
        let answers = Answers.accepting(all: .object(requests))
        self.expectAcknowledgement(
            try await client.request("tasks/update", ["taskId": id, "inputResponses": answers]))
        let done = try await self.wait(client, id, for: "completed")
        #expect(done["inputRequests"] == nil && done["result"]?["content"] != nil)
    }

    @Test("of several questions those without an answer stay, under the same keys")
    func partialInput() async throws {
        let client = try await self.client()
        let id = try await self.create(client, "multi_input")
        let parked = try await self.wait(client, id, for: "input_required")
        let requests = try #require(parked["inputRequests"]?.objectValue)
        #expect(requests.count == 2)
        var open = requests.map(\.key)
        let first = open.removeFirst()
        let answer: JSONValue = .object([first: Answers.accepting(requests[first] ?? [:])])
        self.expectAcknowledgement(
            try await client.request("tasks/update", ["taskId": id, "inputResponses": answer]))
        let still = try await self.get(client, id)
        #expect(still["status"] == "input_required")
        #expect(still["inputRequests"]?.keys == Set(open))
        let rest = Answers.accepting(all: still["inputRequests"])
        self.expectAcknowledgement(try await client.request("tasks/update", ["taskId": id, "inputResponses": rest]))
        _ = try await self.wait(client, id, for: "completed")
    }

    @Test("who listens for a task of its own hears of its states, others do not")
    func notifications() async throws {
        let server = try await Server.everything
        let headers = ["Bearer alice", "Bearer bob"].map { [("Authorization", $0)] as [(name: String, value: String)] }
        let alice = try await Client.open(.modern, server, capabilities: TaskTests.capabilities, headers: headers[0])
        let bob = try await Client.open(.modern, server, capabilities: TaskTests.capabilities, headers: headers[1])
        let id = try await self.create(alice, "slow_compute", ["seconds": 1, "label": "listen"])
        let wanted: JSONValue = ["notifications": ["taskIds": [id]]]
        let streams = [
            try await alice.open("subscriptions/listen", wanted, id: "own"),
            try await bob.open("subscriptions/listen", wanted, id: "foreign"),
        ]
        for stream in streams { _ = try await stream.nextMessage() }
        let note = try #require(try await streams[0].nextMessage(method: "notifications/tasks"))
        #expect(note["params"]?["taskId"] == id)
        #expect(note["params"]?["_meta"]?[ModernRequest.subscriptionKey] == "own")
        _ = try await self.wait(alice, id, for: "completed")
        #expect(try await streams[1].messages(for: .milliseconds(50)) == [])
    }

    @Test("a question of the call comes before its task")
    func composition() async throws {
        let client = try await self.client()
        let asked = try await client.call("test_tool_with_task")
        #expect(asked.resultType == "input_required" && asked.result?["taskId"] == nil, "\(asked)")
        let reply = try await client.retry(tool: "test_tool_with_task", after: asked)
        #expect(reply.resultType == "task" && reply.result?["requestState"] == nil, "\(reply)")
        let done = try await self.wait(client, try #require(reply.result?["taskId"]), for: "completed")
        let texts = done["result"]?["content"]?.arrayValue?.compactMap { $0["text"]?.stringValue } ?? []
        #expect(texts.joined().contains("Ada Lovelace"), "\(done.text)")
    }

    @Test("what is not there, and what was there once", arguments: ["tasks/result", "tasks/list"])
    func removed(method: String) async throws {
        let request = ModernRequest(method, ["taskId": "any"], capabilities: TaskTests.capabilities)
        Refusal.unknownMethod.expect(try await Server.everything.send(request.request), id: 1)
    }

    @Test("an unknown task is refused", arguments: ["tasks/get", "tasks/update", "tasks/cancel"])
    func unknown(method: String) async throws {
        let client = try await self.client()
        for id in ["no-such-task", "", "ä"] as [JSONValue] {
            let reply = try await client.request(method, ["taskId": id, "inputResponses": [:]])
            #expect(reply.errorCode == -32602, "\(reply)")
        }
    }

    @Test("a task belongs to the principal that made it")
    func principal() async throws {
        let server = try await Server.everything
        let alice = try await Client.open(
            .modern, server, capabilities: TaskTests.capabilities, headers: [("Authorization", "Bearer alice")])
        let id = try await self.create(alice, "slow_compute", ["seconds": 60, "label": "mine"])
        #expect(id.stringValue?.utf8.count ?? 0 >= 16, "the id can be guessed")
        let bob = try await Client.open(
            .modern, server, capabilities: TaskTests.capabilities, headers: [("Authorization", "Bearer bob")])
        for method in ["tasks/get", "tasks/update", "tasks/cancel"] {
            let reply = try await bob.request(method, ["taskId": id, "inputResponses": [:]])
            #expect(reply.errorCode == -32602, "\(method): \(reply)")
        }
        #expect(try await self.get(alice, id)["status"] == "working")
        self.expectAcknowledgement(try await alice.request("tasks/cancel", ["taskId": id]))
    }

    @Test("a client that did not declare tasks never sees one")
    func undeclared() async throws {
        let client = try await self.client(ModernRequest.everyCapability)
        let reply = try await client.call("slow_compute", ["seconds": 0, "label": "now"])
        #expect(reply.resultType == "complete" && !reply.content.isEmpty, "\(reply)")
        let server = try await Server.everything
        for method in ["tasks/get", "tasks/update", "tasks/cancel"] {
            let request = ModernRequest(method, ["taskId": "any", "inputResponses": [:]])
            let answer = try await server.send(request.request)
            Refusal.missingCapability.expect(answer, id: 1)
            let needed = answer.error?["data"]?["requiredCapabilities"]?["extensions"]?[ModernRequest.tasks]
            #expect(needed?.objectValue != nil, "\(answer)")
        }
        let answer = try await server.send(ModernRequest.call("failing_job").request)
        Refusal.missingCapability.expect(answer, id: 1)
        let needed = answer.error?["data"]?["requiredCapabilities"]?["extensions"]?[ModernRequest.tasks]
        #expect(needed?.objectValue != nil, "\(answer)")
    }

    @Test("the declaration of one request is enough for that request, and for no other")
    func perRequest() async throws {
        let server = try await Server.everything
        let declared = ModernRequest.call("failing_job", capabilities: TaskTests.capabilities)
        #expect(try await server.send(declared.request).result?["resultType"] == "task")
        Refusal.missingCapability.expect(try await server.send(ModernRequest.call("failing_job").request), id: 1)
    }

    @Test("headers must say the same as the body")
    func headers() async throws {
        let client = try await self.client()
        let id = try await self.create(client, "slow_compute", ["seconds": 60, "label": "headers"])
        let get = ModernRequest("tasks/get", ["taskId": id], capabilities: TaskTests.capabilities)
        let server = client.server
        #expect(try await server.send(get.request).result?["taskId"] == id)
        for wrong in [
            get.header("Mcp-Method", "tasks/cancel"), get.header("Mcp-Method", nil),
            get.header("Mcp-Name", "another-task"), get.header("Mcp-Name", nil),
        ] {
            Refusal.headerMismatch.expect(try await server.send(wrong.request), id: 1)
        }
        self.expectAcknowledgement(try await client.request("tasks/cancel", ["taskId": id]))
    }

    @Test(
        "sessions know no tasks", arguments: Wire.legacy, ["tasks/get", "tasks/list", "tasks/result", "tasks/cancel"])
    func sessions(wire: Wire, method: String) async throws {
        let reply = try await Client.open(wire).request(method, ["taskId": "any"])
        #expect(reply.errorCode == -32601 && reply.status == 200, "\(reply)")
    }

    @Test("in sessions such tools run to their end", arguments: Wire.legacy)
    func synchronousInSessions(wire: Wire) async throws {
        let client = try await Client.open(wire, capabilities: ["elicitation": [:], "tasks": [:]])
        let reply = try await client.call("slow_compute", ["seconds": 0, "label": "now"])
        #expect(!reply.content.isEmpty && !reply.isError, "\(reply)")
        #expect(reply.result?["taskId"] == nil && reply.result?["task"] == nil)
    }
}
