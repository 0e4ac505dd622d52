import JSON
import Testing

/// Who may have tasks, by which methods and headers.
struct TaskRulesTests {
    @Test("what is not there, and what was there once", arguments: ["tasks/result", "tasks/list"])
    func removed(method: String) async throws {
        let request = ModernRequest(method, ["taskId": "any"], capabilities: TaskClient.capabilities)
        Refusal.unknownMethod.expect(try await Server.everything.send(request.request), id: 1)
    }

    @Test("an unknown task is refused", arguments: ["tasks/get", "tasks/update", "tasks/cancel"])
    func unknown(method: String) async throws {
        let client = try await TaskClient.open()
        for id in ["no-such-task", "", "ä"] as [JSONValue] {
            let reply = try await client.request(method, ["taskId": id, "inputResponses": [:]])
            #expect(reply.errorCode == -32602, "\(reply)")
        }
    }

    @Test("a task belongs to the principal that made it")
    func principal() async throws {
        let server = try await Server.everything
        let alice = try await Client.open(
            .modern, server, capabilities: TaskClient.capabilities, headers: [("Authorization", "Bearer alice")])
        let id = try await TaskClient.create(alice, "slow_compute", ["seconds": 60, "label": "mine"])
        #expect(id.stringValue?.utf8.count ?? 0 >= 16, "the id can be guessed")
        let bob = try await Client.open(
            .modern, server, capabilities: TaskClient.capabilities, headers: [("Authorization", "Bearer bob")])
        for method in ["tasks/get", "tasks/update", "tasks/cancel"] {
            let reply = try await bob.request(method, ["taskId": id, "inputResponses": [:]])
            #expect(reply.errorCode == -32602, "\(method): \(reply)")
        }
        #expect(try await TaskClient.get(alice, id)["status"] == "working")
        TaskClient.expectAcknowledgement(try await alice.request("tasks/cancel", ["taskId": id]))
    }

    @Test("a client that did not declare tasks never sees one")
    func undeclared() async throws {
        let client = try await TaskClient.open(ModernRequest.everyCapability)
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
        let declared = ModernRequest.call("failing_job", capabilities: TaskClient.capabilities)
        #expect(try await server.send(declared.request).result?["resultType"] == "task")
        Refusal.missingCapability.expect(try await server.send(ModernRequest.call("failing_job").request), id: 1)
    }

    @Test("headers must say the same as the body")
    func headers() async throws {
        let client = try await TaskClient.open()
        let id = try await TaskClient.create(client, "slow_compute", ["seconds": 60, "label": "headers"])
        let get = ModernRequest("tasks/get", ["taskId": id], capabilities: TaskClient.capabilities)
        let server = client.server
        #expect(try await server.send(get.request).result?["taskId"] == id)
        for wrong in [
            get.header("Mcp-Method", "tasks/cancel"), get.header("Mcp-Method", nil),
            get.header("Mcp-Name", "another-task"),
        ] {
            Refusal.headerMismatch.expect(try await server.send(wrong.request), id: 1)
        }
        // Clients in use leave the name out here, though not elsewhere.
        let nameless = get.header("Mcp-Name", nil)
        #expect(try await server.send(nameless.request).result?["taskId"] == id)
        TaskClient.expectAcknowledgement(try await client.request("tasks/cancel", ["taskId": id]))
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
