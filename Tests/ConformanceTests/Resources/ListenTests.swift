import JSON
import Testing

/// `subscriptions/listen`, the newest revision's stream for changes.
struct ListenTests {
    private static let acknowledged = "notifications/subscriptions/acknowledged"

    private func listen(
        _ notifications: JSONValue, id: JSONValue = 1, _ server: Server? = nil
    ) async throws -> EventStream {
        let request = ModernRequest("subscriptions/listen", ["notifications": notifications]).id(id)
        let server = if let server { server } else { try await Server.everything }
        let stream = try await server.open(request.request)
        try #require(stream.status == 200 && stream.isEventStream)
        return stream
    }

    @Test("begins with what it will tell", arguments: [1, "listen", 0, ""] as [JSONValue])
    func acknowledgement(id: JSONValue) async throws {
        let stream = try await self.listen(["toolsListChanged": true], id: id)
        let first = try #require(try await stream.nextMessage(within: .milliseconds(800)))
        #expect(first["method"]?.stringValue == ListenTests.acknowledged && first["id"] == nil)
        #expect(first["params"]?["notifications"] == ["toolsListChanged": true])
        #expect(first["params"]?["_meta"]?[ModernRequest.subscriptionKey] == id)
        #expect(stream.header("x-accel-buffering") == "no")
        #expect(stream.header("mcp-session-id") == nil)
    }

    @Test("carries the changes asked for, whoever caused them", arguments: ["tool", "prompt"])
    func changes(kind: String) async throws {
        let stream = try await self.listen(["toolsListChanged": true, "promptsListChanged": true], id: "both")
        _ = try await stream.nextMessage()
        _ = try await Client.open(.modern).call("test_trigger_\(kind)_change")
        let change = try #require(
            try await stream.nextMessage(method: "notifications/\(kind)s/list_changed", within: .milliseconds(1500)))
        #expect(change["params"]?["_meta"]?[ModernRequest.subscriptionKey] == "both")
        #expect(stream.history.allSatisfy { $0.id == nil && $0.retry == nil })
    }

    @Test("hears of changes that sessions of older revisions cause", arguments: Wire.legacy)
    func acrossRevisions(wire: Wire) async throws {
        let stream = try await self.listen(["toolsListChanged": true])
        _ = try await stream.nextMessage()
        _ = try await Client.open(wire).call("test_trigger_tool_change")
        #expect(try await stream.nextMessage(method: "notifications/tools/list_changed") != nil)
    }

    @Test("carries nothing that was not asked for")
    func filter() async throws {
        let prompts = try await self.listen(["promptsListChanged": true])
        let nothing = try await self.listen([:])
        _ = try await prompts.nextMessage()
        #expect(try await nothing.nextMessage()?["params"]?["notifications"] == [:])
        let client = try await Client.open(.modern)
        _ = try await client.call("test_trigger_tool_change")
        _ = try await client.call("test_tool_with_progress", meta: ["progressToken": 1])
        _ = try await client.call("test_logging_tool", meta: [ModernRequest.logLevelKey: "debug"])
        let heard = try await prompts.messages(for: .milliseconds(150))
        #expect(heard.allSatisfy { $0["method"] == "notifications/prompts/list_changed" })
        #expect(try await nothing.messages(for: .milliseconds(20)) == [])
    }

    @Test("two streams with the same id hear each their own")
    func independent() async throws {
        let (first, second) = (
            try await self.listen(["toolsListChanged": true]), try await self.listen(["promptsListChanged": true])
        )
        for stream in [first, second] { _ = try await stream.nextMessage() }
        let client = try await Client.open(.modern)
        _ = try await client.call("test_trigger_tool_change")
        _ = try await client.call("test_trigger_prompt_change")
        #expect(try await first.nextMessage(method: "notifications/tools/list_changed") != nil)
        #expect(try await second.nextMessage(method: "notifications/prompts/list_changed") != nil)
        #expect(first.history.allSatisfy { $0.json?["method"] != "notifications/prompts/list_changed" })
        #expect(second.history.allSatisfy { $0.json?["method"] != "notifications/tools/list_changed" })
    }

    @Test("is no stream for clients that take only JSON")
    func notAcceptable() async throws {
        let request = ModernRequest("subscriptions/listen", ["notifications": [:]]).header("Accept", "application/json")
        #expect(try await Server.everything.send(request.request).status == 406)
    }

    @Test(
        "needs to know what to listen for",
        arguments: [
            [:], ["notifications": .null], ["notifications": []], ["notifications": "all"],
            ["notifications": ["toolsListChanged": "yes"]], ["notifications": ["resourceSubscriptions": "test://x"]],
        ] as [JSONValue])
    func malformed(params: JSONValue) async throws {
        let answer = try await Server.everything.send(ModernRequest("subscriptions/listen", params).request)
        #expect(answer.errorCode == -32602 && answer.reply?["id"] == 1, "\(answer)")
    }

    @Test("watches single resources too, and only those that were named")
    func resources() async throws {
        let client = try await Client.open(.modern)
        #expect(client.handshake["capabilities"]?["resources"]?["subscribe"] == true)
        let watcher = try await self.listen(["resourceSubscriptions": ["test://watched-resource"]], id: "w")
        let other = try await self.listen(["resourceSubscriptions": ["test://static-text"]])
        let first = try #require(try await watcher.nextMessage())
        #expect(first["params"]?["notifications"]?["resourceSubscriptions"] == ["test://watched-resource"])
        _ = try await other.nextMessage()
        _ = try await client.call("test_update_watched_resource")
        let update = try #require(try await watcher.nextMessage(method: "notifications/resources/updated"))
        #expect(update["params"]?["uri"] == "test://watched-resource")
        #expect(update["params"]?["_meta"]?[ModernRequest.subscriptionKey] == "w")
        #expect(try await other.messages(for: .milliseconds(50)) == [])
    }

    @Test("is an unknown method in sessions", arguments: Wire.legacy)
    func legacy(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let reply = try await client.request("subscriptions/listen", ["notifications": ["toolsListChanged": true]])
        #expect(reply.errorCode == -32601 && reply.status == 200)
    }
}
