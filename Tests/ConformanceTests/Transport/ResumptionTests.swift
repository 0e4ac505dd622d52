import JSON
import Testing

/// Event ids and `Last-Event-ID`, which only sessions of 2025-11-25 are promised.
struct ResumptionTests {
    /// A call whose stream the server closes before the answer is there.
    private func interrupted(_ client: Client) async throws -> EventStream {
        let stream = try await client.open("tools/call", ["name": "test_reconnection", "arguments": [:]])
        try #require(stream.status == 200 && stream.isEventStream)
        return stream
    }

    @Test("a call whose stream is closed is finished by a GET that names the last event")
    func polling() async throws {
        let client = try await Client.open(.session)
        let stream = try await self.interrupted(client)
        let messages = try await stream.allMessages()
        #expect(messages.allSatisfy { $0["result"] == nil }, "the answer came before the stream was closed")
        let first = try #require(stream.history.first { $0.comment == nil })
        #expect(first.isPriming)
        #expect(stream.history.contains { $0.retry.flatMap { Int($0) } != nil })
        let last = try #require(stream.history.last { $0.id != nil }?.id)
        let resumed = try await client.server.open(client.streamRequest.with("Last-Event-ID", last))
        #expect(resumed.status == 200 && resumed.isEventStream)
        #expect(try await resumed.nextReply()?["result"]?["content"]?.arrayValue?.isEmpty == false)
    }

    @Test("an answer that nobody read is replayed as often as it is asked for")
    func replay() async throws {
        let client = try await Client.open(.session)
        let stream = try await self.interrupted(client)
        _ = try await stream.allMessages()
        let last = try #require(stream.history.last { $0.id != nil }?.id)
        for _ in 0..<2 {
            let resumed = try await client.server.open(client.streamRequest.with("Last-Event-ID", last))
            #expect(resumed.status == 200)
            let messages = try await resumed.allMessages()
            #expect(messages.contains { $0["result"]?["content"] != nil })
        }
    }

    @Test("a stream that is taken up again carries its own messages and no others")
    func ownMessages() async throws {
        let client = try await Client.open(.session)
        var calls: [(id: JSONValue, event: String)] = []
        for _ in 0..<2 {
            let id = client.nextID()
            let stream = try await client.open("tools/call", ["name": "test_reconnection"], id: id)
            _ = try await stream.allMessages()
            calls.append((id, try #require(stream.history.last { $0.id != nil }?.id)))
        }
        for (id, event) in calls.reversed() {
            let resumed = try await client.server.open(client.streamRequest.with("Last-Event-ID", event))
            let answers = try await resumed.allMessages().filter { $0["method"] == nil }
            #expect(answers.map { $0["id"] } == [id])
        }
    }

    @Test("event ids do not repeat within a session")
    func unique() async throws {
        let client = try await Client.open(.session)
        var ids: [String] = []
        for _ in 0..<3 {
            ids += try await client.call("test_tool_with_progress", meta: ["progressToken": "p"]).events
                .compactMap(\.id)
        }
        let stream = try await client.server.open(client.streamRequest)
        _ = try await client.call("test_trigger_tool_change")
        _ = try await stream.nextMessage()
        ids += stream.history.compactMap(\.id)
        #expect(!ids.isEmpty && Set(ids).count == ids.count)
    }

    @Test("streams of calls begin with a priming event")
    func priming() async throws {
        let client = try await Client.open(.session)
        let reply = try await client.call("test_tool_with_progress", meta: ["progressToken": "p"])
        #expect(reply.events.first?.isPriming == true)
        #expect(reply.events.dropFirst().allSatisfy { !$0.isPriming })
    }

    @Test("ids of another session and ids that never were are refused")
    func foreign() async throws {
        let owner = try await Client.open(.session)
        let stream = try await self.interrupted(owner)
        _ = try await stream.allMessages()
        let id = try #require(stream.history.last { $0.id != nil }?.id)
        let stranger = try await Client.open(.session)
        for lastEvent in [id, "no-such-event", "1", "ü", "-1", "99999999999999999999999", "0-0", id + "0"] {
            let answer = try await stranger.server.open(stranger.streamRequest.with("Last-Event-ID", lastEvent))
            #expect((400..<500).contains(answer.status), "\(lastEvent)")
        }
        let resumed = try await owner.server.open(owner.streamRequest.with("Last-Event-ID", id))
        #expect(resumed.status == 200)
    }

    @Test("the call ends on its own stream where clients cannot poll", arguments: Wire.all)
    func elsewhere(wire: Wire) async throws {
        guard wire != .session else { return }
        let client = try await Client.open(wire)
        let reply = try await client.call("test_reconnection")
        #expect(!reply.content.isEmpty && !reply.isError, "\(reply)")
    }
}
