import JSON
import Testing

/// What a POST to the endpoint may look like, and what comes back.
struct PostTests {
    @Test(
        "takes JSON only",
        arguments: [
            (nil, false), ("text/plain", false), ("application/xml", false), ("application/json", true),
            ("application/json; charset=utf-8", true), ("APPLICATION/JSON", true),
        ] as [(String?, Bool)])
    func contentType(type: String?, isTaken: Bool) async throws {
        for request in [Request.post(RPC.initialize("2025-11-25").text), ModernRequest("tools/list").request] {
            let answer = try await Server.everything.send(request.with("Content-Type", type))
            #expect((isTaken ? [200] : [400, 415]).contains(answer.status), "\(answer)")
        }
    }

    @Test(
        "answers in a form the client takes",
        arguments: [
            ("application/json, text/event-stream", "application/json"),
            ("text/event-stream, application/json", nil), ("*/*", nil), ("application/*", "application/json"),
            ("text/*", "text/event-stream"), ("application/json", "application/json"),
            ("text/event-stream", "text/event-stream"), ("application/json;q=0.5, text/event-stream;q=0.9", nil),
            ("Application/JSON", "application/json"),
        ] as [(String, String?)])
    func accept(accept: String, expected: String?) async throws {
        for request in [Request.post(RPC.initialize("2025-11-25").text), ModernRequest("tools/list").request] {
            let answer = try await Server.everything.send(request.with("Accept", accept))
            #expect(answer.status == 200 && answer.result != nil)
            #expect(expected == nil || answer.contentType == expected, "\(accept) → \(answer)")
        }
    }

    @Test("what is accepted may be said in several lines", arguments: [Wire.session, Wire.modern])
    func acceptLines(wire: Wire) async throws {
        let params: JSONValue = ["name": "test_tool_with_progress"]
        let client = try await Client.open(wire)
        let meta: JSONValue = ["progressToken": 1]
        var request = client.request(posting: RPC.request("tools/call", params.with("_meta", meta)))
        if wire.isModern { request = ModernRequest("tools/call", params).meta("progressToken", 1).request }
        request = request.with("Accept", "application/json").adding("Accept", "text/event-stream")
        let answer = try await client.server.send(request)
        #expect(answer.isEventStream && answer.result?["content"] != nil, "\(answer)")
    }

    @Test("answers 406 when there is no form the client takes", arguments: ["text/html", "image/*", "application/xml"])
    func notAcceptable(accept: String) async throws {
        for request in [Request.post(RPC.initialize("2025-11-25").text), ModernRequest("tools/list").request] {
            let answer = try await Server.everything.send(request.with("Accept", accept))
            #expect(answer.status == 406)
            #expect(answer.header("mcp-session-id") == nil)
        }
    }

    @Test("a client that takes only JSON gets JSON, even where others would see progress", arguments: Wire.sessions)
    func jsonOnly(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let call = RPC.request(
            "tools/call", ["name": "test_tool_with_progress", "_meta": ["progressToken": "p"]])
        let answer = try await client.server.send(client.request(posting: call).with("Accept", "application/json"))
        #expect(answer.status == 200 && answer.contentType == "application/json")
        #expect(answer.result?["content"] != nil)
    }

    @Test("JSON is preferred where nothing is to be streamed", arguments: Wire.sessions + [Wire.modern])
    func prefersJSON(wire: Wire) async throws {
        let client = try await Client.open(wire)
        for method in ["tools/list", "prompts/list", "resources/list"] {
            #expect(try await client.request(method).events.isEmpty, "\(method)")
        }
        #expect(try await client.call("test_simple_text").events.isEmpty)
    }

    @Test("notifications and responses are accepted with 202 and no body", arguments: Wire.sessions)
    func accepted(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let error: JSONValue = ["jsonrpc": "2.0", "id": 5, "error": ["code": -1, "message": "no"]]
        for message in [
            RPC.notification("notifications/initialized"), RPC.notification("notifications/unheard-of", ["x": 1]),
            RPC.notification("notifications/cancelled", ["requestId": 99]),
            RPC.notification("notifications/roots/list_changed"), RPC.response(id: 5), error,
        ] {
            let answer = try await client.post(message)
            #expect(answer.status == 202 && answer.body.isEmpty, "\(message.text): \(answer)")
        }
        #expect(try await client.request("ping").result == [:])
    }

    @Test(
        "self-describing notifications are accepted and dropped",
        arguments: ["notifications/cancelled", "notifications/initialized", "notifications/unheard-of"])
    func modernNotification(method: String) async throws {
        let request = ModernRequest(method, ["requestId": 1]).id(nil)
        let answer = try await Server.everything.send(request.request)
        #expect(answer.status == 202 && answer.body.isEmpty)
        let bare = Request.post(RPC.notification(method).text).with("MCP-Protocol-Version", "2026-07-28")
        #expect(try await Server.everything.send(bare).status == 202)
    }

    @Test("other methods get 405 and what is allowed", arguments: ["PUT", "PATCH", "PROPFIND"])
    func otherMethods(method: String) async throws {
        let answer = try await Server.everything.send(Request(method: method))
        #expect(answer.status == 405)
        #expect(answer.header("allow")?.contains("POST") == true)
    }

    @Test("a GET or DELETE of the newest revision gets 405, only POST is allowed", arguments: ["GET", "DELETE", "PUT"])
    func modernMethods(method: String) async throws {
        for server in [try await Server.everything, try await Server.product] {
            let request = Request(
                method: method, headers: [("Accept", "text/event-stream"), ("MCP-Protocol-Version", "2026-07-28")])
            let answer = try await server.send(request)
            #expect(answer.status == 405 && answer.header("allow") == "POST")
            #expect(try await server.send(request.with("Mcp-Session-Id", "nobody")).status == 405)
        }
    }

    @Test("answers carry the id as it was given", arguments: Wire.sessions + [Wire.modern])
    func identifiers(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let large: JSONValue = .string(String(repeating: "x", count: 200))
        for id in [0, -7, 9_007_199_254_740_991, "", "7", "ä \" \\ 🙂", large] as [JSONValue] {
            #expect(try await client.request("tools/list", id: id).message["id"] == id)
        }
    }

    @Test("three lists at once are all answered, whichever form comes first", arguments: [Wire.session, Wire.modern])
    func concurrency(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let requests = (1...3).map { id in
            let request =
                wire.isModern
                ? ModernRequest("tools/list").id(JSONValue(id)).request
                : client.request(posting: RPC.request("tools/list", id: JSONValue(id)))
            return request.with("Accept", "text/event-stream, application/json")
        }
        let server = client.server
        try await withThrowingTaskGroup(of: Answer.self) { group in
            for request in requests { group.addTask { try await server.send(request) } }
            var seen: Set<Int> = []
            for try await answer in group {
                #expect(answer.status == 200 && answer.result?["tools"] != nil)
                seen.insert(answer.reply?["id"]?.intValue ?? 0)
            }
            #expect(seen == [1, 2, 3])
        }
    }
}
