import JSON
import Testing

/// How a call is given up: by a message in the older revisions, by closing the stream in the newest.
struct CancellationTests {
    private static let slow: JSONValue = ["name": "slow_compute", "arguments": ["seconds": 60, "label": "cancel"]]

    @Test("a notification ends the call long before it would be done", arguments: Wire.sessions)
    func cancelled(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let server = client.server
        let call = client.request(posting: RPC.request("tools/call", CancellationTests.slow, id: 41))
        async let answer = server.send(call)
        // The call must be there before it can be cancelled; repeating the notification is harmless.
        let cancel = client.request(posting: RPC.notification("notifications/cancelled", ["requestId": 41]))
        let repeating = Task {
            while !Task.isCancelled {
                _ = try await server.send(cancel)
                try await ContinuousClock().sleep(for: .milliseconds(50))
            }
        }
        defer { repeating.cancel() }
        // The call ends now or not before the client loses patience. How its response ends is not pinned.
        do {
            #expect(try await answer.result == nil)
        } catch let error as Connection.NoAnswer {
            #expect(error.isCut)
        }
        #expect(try await client.request("ping").result == [:])
    }

    @Test("on HTTP+SSE a cancelled call is not answered", arguments: Wire.sse)
    func cancelledOnStream(wire: Wire) async throws {
        let client = try await Client.open(wire)
        #expect(try await client.post(RPC.request("tools/call", CancellationTests.slow, id: 41)).status == 202)
        try await client.notify("notifications/cancelled", ["requestId": 41, "reason": "changed my mind"])
        let message = try await client.stream?.messages(for: .milliseconds(200)).first
        #expect(message?["result"] == nil)
        #expect(try await client.request("ping").earlier.allSatisfy { $0["id"] != 41 })
    }

    @Test("a cancellation that names nothing, or something done, is ignored", arguments: Wire.legacy)
    func ignored(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let done = try await client.request("tools/list", id: 8)
        #expect(done.result != nil)
        for params in [["requestId": 8], ["requestId": "never"], ["requestId": .null], [:]] as [JSONValue] {
            try await client.notify("notifications/cancelled", params)
        }
        #expect(try await client.request("ping").result == [:])
    }

    @Test("the end of the session ends its calls")
    func sessionEnds() async throws {
        let client = try await Client.open(.session)
        let server = client.server
        let meta: JSONValue = ["progressToken": "p"]
        let stream = try await client.open(
            "tools/call", ["name": "slow_compute", "arguments": ["seconds": 60, "label": "x"]], meta: meta)
        #expect(try await stream.nextMessage(method: "notifications/progress") != nil)
        #expect(
            [200, 204].contains(try await server.send(Request(method: "DELETE", headers: client.sessionHeaders)).status)
        )
        #expect(try await stream.allMessages().allSatisfy { $0["result"] == nil })
    }

    @Test("one session cannot cancel the calls of another")
    func foreign() async throws {
        let (owner, stranger) = (try await Client.open(.session), try await Client.open(.session))
        let call = RPC.request(
            "tools/call", ["name": "slow_compute", "arguments": ["seconds": 1, "label": "mine"]], id: 41)
        let (server, request) = (owner.server, owner.request(posting: call))
        async let answer = server.send(request)
        for _ in 0..<5 {
            try await stranger.notify("notifications/cancelled", ["requestId": 41])
            try await ContinuousClock().sleep(for: .milliseconds(50))
        }
        #expect(try await answer.result?["content"] != nil)
    }

    @Test("a lost connection is no cancellation in a session: the answer can be fetched")
    func disconnect() async throws {
        let client = try await Client.open(.session)
        let stream = try await client.open(
            "tools/call", ["name": "test_tool_with_progress", "_meta": ["progressToken": "p"]])
        let first = try #require(try await stream.next())
        let id = try #require(first.id)
        await stream.close()
        let resumed = try await client.server.open(client.streamRequest.with("Last-Event-ID", id))
        #expect(resumed.status == 200)
        #expect(try await resumed.nextReply()?["result"]?["content"] != nil)
    }

    @Test("self-describing cancellations are ignored: ids are the clients' own, and strangers could guess them")
    func modernNotification() async throws {
        let server = try await Server.everything
        let call = ModernRequest.call("slow_compute", ["seconds": 1, "label": "mine"]).id(41)
        async let answer = server.send(call.request)
        for _ in 0..<5 {
            let cancel = ModernRequest("notifications/cancelled", ["requestId": 41]).id(nil)
            #expect(try await server.send(cancel.request).status == 202)
            try await ContinuousClock().sleep(for: .milliseconds(50))
        }
        #expect(try await answer.result?["content"] != nil)
    }
}
