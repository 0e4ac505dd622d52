import JSON
import Testing

/// Arrays of messages, which one revision has.
struct BatchTests {
    static let wire = Wire(revision: .v2025_03_26, transport: .streamable)

    @Test(
        "every request in an array is answered, and nothing else",
        arguments: ["application/json, text/event-stream", "application/json", "text/event-stream"])
    func requests(accept: String) async throws {
        let client = try await Client.open(BatchTests.wire)
        let batch: JSONValue = [
            RPC.request("ping", id: 1), RPC.notification("notifications/unheard-of"),
            RPC.request("tools/list", id: "two"), RPC.request("no/such", id: 3),
            RPC.request("tools/call", ["name": "test_simple_text"], id: 4),
        ]
        let answer = try await client.server.send(client.request(posting: batch).with("Accept", accept))
        #expect(answer.status == 200 && accept.contains(answer.contentType ?? "-"))
        let byID = Dictionary(grouping: answer.messages) { $0["id"] ?? .null }
        #expect(Set(byID.keys) == [1, "two", 3, 4] && answer.messages.count == 4)
        #expect(byID[1]?.first?["result"] == [:])
        #expect(byID["two"]?.first?["result"]?["tools"] != nil)
        #expect(byID[3]?.first?["error"]?["code"] == -32601)
        #expect(byID[4]?.first?["result"]?["content"] != nil)
    }

    @Test("an array without a request is accepted with 202")
    func notifications() async throws {
        let client = try await Client.open(BatchTests.wire)
        for batch in [
            [RPC.notification("notifications/initialized"), RPC.notification("notifications/unheard-of")],
            [RPC.response(id: 1), RPC.response(id: 2)],
        ] as [JSONValue] {
            let answer = try await client.post(batch)
            #expect(answer.status == 202 && answer.body.isEmpty)
        }
    }

    @Test("one request may be an array of one")
    func single() async throws {
        let client = try await Client.open(BatchTests.wire)
        let answer = try await client.post([RPC.request("ping", id: 1)])
        #expect(answer.status == 200 && answer.messages == [["jsonrpc": "2.0", "id": 1, "result": [:]]])
    }

    @Test("initialize is not for arrays")
    func initialize() async throws {
        let client = try await Client.open(BatchTests.wire)
        let answer = try await client.post([RPC.initialize("2025-03-26", id: 1), RPC.request("ping", id: 2)])
        let forFirst = answer.messages.first { $0["id"] == 1 }
        #expect(answer.errorCode == -32600 || forFirst?["error"]?["code"] == -32600)
        #expect(answer.header("mcp-session-id") == nil)
        #expect(forFirst?["result"] == nil)
    }

    @Test("an empty array and an array of strangers are no batch", arguments: ["[]", "[1]", "[[]]", "[null]"])
    func malformed(body: String) async throws {
        let client = try await Client.open(BatchTests.wire)
        let answer = try await client.server.send(.post(body, client.sessionHeaders))
        if body == "[]" {
            Refusal.invalidRequest.expect(answer, id: nil)
        } else {
            #expect(answer.messages.allSatisfy { $0["error"]?["code"] == -32600 } && !answer.messages.isEmpty)
        }
        #expect(try await client.request("ping").result == [:])
    }

    @Test("no other revision has them", arguments: Wire.sessions.filter { $0 != BatchTests.wire })
    func elsewhere(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let answer = try await client.post([RPC.request("ping", id: 1)])
        Refusal.invalidRequest.expect(answer, id: nil)
        #expect(try await client.request("ping").result == [:])
    }

    @Test("nor has a request without a session, or one that describes itself")
    func outside() async throws {
        let server = try await Server.everything
        Refusal.invalidRequest.expect(try await server.send(.post("[\(RPC.request("ping").text)]")), id: nil)
        let modern = ModernRequest("tools/list").message
        var request = ModernRequest("tools/list").request
        request.body = JSONValue.array([modern]).serialized
        Refusal.invalidRequest.expect(try await server.send(request), id: nil)
        let client = try await Client.open(BatchTests.wire)
        let mixed = try await client.post([RPC.request("ping"), modern])
        Refusal.invalidRequest.expect(mixed, id: nil)
    }
}
