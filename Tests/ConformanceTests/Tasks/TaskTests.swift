import JSON
import Testing

/// The tasks extension of the newest revision: how a task comes about, goes on and ends.
struct TaskTests {
    @Test("is declared among the extensions, and never as the capability of an older revision")
    func declared() async throws {
        let capabilities = try await TaskClient.open().handshake["capabilities"]
        #expect(capabilities?["extensions"]?[ModernRequest.tasks]?.objectValue != nil)
        #expect(capabilities?["tasks"] == nil)
    }

    @Test("what takes no time is answered at once")
    func synchronous() async throws {
        let client = try await TaskClient.open()
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
        let client = try await TaskClient.open()
        let long = try await TaskClient.create(client, "slow_compute", ["seconds": 60, "label": "long"])
        let still = try await TaskClient.get(client, long)
        #expect(still["status"] == "working" && still["result"] == nil && still["error"] == nil)
        TaskClient.expectAcknowledgement(try await client.request("tasks/cancel", ["taskId": long]))

        let id = try await TaskClient.create(client, "slow_compute", ["seconds": 0.2, "label": "short"])
        let working = try await TaskClient.get(client, id)
        let done = try await TaskClient.wait(client, id, for: "completed")
        #expect(done["result"]?["content"]?.arrayValue?.isEmpty == false && done["error"] == nil)
        #expect(done["result"]?["isError"] != true)
        #expect(done["result"]?["_meta"]?["io.modelcontextprotocol/related-task"] == nil)
        #expect(done["createdAt"] == working["createdAt"])
        if done["ttlMs"]?.intValue ?? .max > 5000 {
            #expect(try await TaskClient.get(client, id)["result"] == done["result"])
        }
    }

    @Test("a tool's own failure completes the task, an error of the protocol fails it")
    func failures() async throws {
        let client = try await TaskClient.open()
        let failing = try await TaskClient.create(client, "failing_job")
        let completed = try await TaskClient.wait(client, failing, for: "completed")
        #expect(completed["result"]?["isError"] == true && completed["error"] == nil)
        let broken = try await TaskClient.create(client, "protocol_error_job")
        let failed = try await TaskClient.wait(client, broken, for: "failed")
        #expect(failed["error"]?["code"]?.isInteger == true && failed["error"]?["message"]?.stringValue != nil)
        #expect(failed["result"] == nil)
    }

    @Test("cancelling is acknowledged, once and again, and settles")
    func cancel() async throws {
        let client = try await TaskClient.open()
        let id = try await TaskClient.create(client, "slow_compute", ["seconds": 60, "label": "cancel"])
        TaskClient.expectAcknowledgement(try await client.request("tasks/cancel", ["taskId": id]))
        let cancelled = try await TaskClient.wait(client, id, for: "cancelled")
        #expect(cancelled["result"] == nil && cancelled["error"] == nil)
        TaskClient.expectAcknowledgement(try await client.request("tasks/cancel", ["taskId": id]))
        let done = try await TaskClient.create(client, "failing_job")
        _ = try await TaskClient.wait(client, done, for: "completed")
        TaskClient.expectAcknowledgement(try await client.request("tasks/cancel", ["taskId": done]))
        #expect(try await TaskClient.get(client, done)["status"] == "completed")
    }

    @Test("who listens for a task of its own hears of its states, others do not")
    func notifications() async throws {
        let server = try await Server.everything
        let headers = ["Bearer alice", "Bearer bob"].map { [("Authorization", $0)] as [(name: String, value: String)] }
        let alice = try await Client.open(.modern, server, capabilities: TaskClient.capabilities, headers: headers[0])
        let bob = try await Client.open(.modern, server, capabilities: TaskClient.capabilities, headers: headers[1])
        let id = try await TaskClient.create(alice, "slow_compute", ["seconds": 60, "label": "listen"])
        let wanted: JSONValue = ["notifications": ["taskIds": [id]]]
        let streams = [
            try await alice.open("subscriptions/listen", wanted, id: "own"),
            try await bob.open("subscriptions/listen", wanted, id: "foreign"),
        ]
        for stream in streams { _ = try await stream.nextMessage() }
        TaskClient.expectAcknowledgement(try await alice.request("tasks/cancel", ["taskId": id]))
        let note = try #require(try await streams[0].nextMessage(method: "notifications/tasks"))
        #expect(note["params"]?["taskId"] == id)
        #expect(note["params"]?["_meta"]?[ModernRequest.subscriptionKey] == "own")
        #expect(try await streams[1].messages(for: .milliseconds(50)) == [])
    }
}
