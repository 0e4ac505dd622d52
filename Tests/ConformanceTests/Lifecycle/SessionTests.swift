import JSON
import Testing

/// Sessions of Streamable HTTP.
struct SessionTests {
    @Test("lives from initialize to DELETE, then its id is dead", arguments: Wire.sessions)
    func lifecycle(wire: Wire) async throws {
        for server in [try await Server.everything, try await Server.product] {
            let client = try await Client.open(wire, server)
            let initialized = try await client.post(RPC.notification("notifications/initialized"))
            #expect(initialized.status == 202 && initialized.body.isEmpty)
            #expect(try await client.request("tools/list").result?["tools"] != nil)
            let delete = Request(method: "DELETE", headers: client.sessionHeaders)
            let ended = try await server.send(delete)
            #expect([200, 204].contains(ended.status))
            #expect(try await client.post(RPC.request("tools/list")).status == 404)
            #expect(try await client.post(RPC.notification("notifications/initialized")).status == 404)
            #expect(try await server.send(client.streamRequest).status == 404)
            #expect(try await server.send(delete).status == 404)
        }
    }

    @Test("ids are unguessable and visible ASCII")
    func identifiers() async throws {
        var seen: Set<String> = []
        for _ in 0..<20 {
            let client = try await Client.open(.session)
            let id = try #require(client.session)
            #expect(id.utf8.allSatisfy { (0x21...0x7E).contains($0) })
            #expect(id.utf8.count >= 22, "fewer than 128 random bits")
            #expect(seen.insert(id).inserted)
        }
    }

    @Test("without a session there is 400, with an unknown one 404", arguments: [nil, "unknown", "ü", ""] as [String?])
    func unknown(id: String?) async throws {
        let server = try await Server.everything
        let expected = id.map { $0.isEmpty ? [400, 404] : [404] } ?? [400]
        for message in [
            RPC.request("tools/list"), RPC.request("ping"), RPC.notification("notifications/initialized"),
            RPC.response(),
        ] {
            let answer = try await server.send(Request.post(message.text).with("Mcp-Session-Id", id))
            #expect(expected.contains(answer.status), "\(message.text): \(answer)")
            if message["method"] != nil, let request = message["id"] { #expect(answer.reply?["id"] == request) }
        }
        #expect(expected.contains(try await server.send(Request.stream().with("Mcp-Session-Id", id)).status))
        let delete = Request(method: "DELETE").with("Mcp-Session-Id", id)
        #expect(expected.contains(try await server.send(delete).status))
    }

    @Test("two different ids on one request are refused")
    func twoIdentifiers() async throws {
        let (first, second) = (try await Client.open(.session), try await Client.open(.session))
        let request = first.request(posting: RPC.request("ping"))
        let answer = try await first.server.send(request.adding("Mcp-Session-Id", try #require(second.session)))
        #expect(answer.status == 400)
        #expect(try await first.request("ping").result == [:])
        #expect(try await second.request("ping").result == [:])
    }

    @Test("a session answers only to the credential that opened it", arguments: Wire.sessions)
    func principal(wire: Wire) async throws {
        let server = try await Server.everything
        let alice = try await Client.open(wire, server, headers: [("Authorization", "Bearer alice")])
        let ping = alice.request(posting: RPC.request("ping"))
        for thief in [nil, "Bearer bob"] {
            #expect(try await server.send(ping.with("Authorization", thief)).status == 404)
            #expect(try await server.send(alice.streamRequest.with("Authorization", thief)).status == 404)
            let delete = Request(method: "DELETE", headers: alice.sessionHeaders).with("Authorization", thief)
            #expect(try await server.send(delete).status == 404)
        }
        #expect(try await server.send(ping).status == 200)
    }

    @Test(
        "a revision in the header must be one that is served",
        arguments: [
            ("2025-11-25", 200), ("2025-06-18", 200), (" 2025-03-26 ", 200), ("2024-11-05", 200), ("bogus", 400),
            ("2031-01-01", 400), ("", 400),
        ])
    func versionHeader(version: String, status: Int) async throws {
        for wire in Wire.sessions {
            let client = try await Client.open(wire)
            let ping = client.request(posting: RPC.request("ping")).with("MCP-Protocol-Version", version)
            #expect(try await client.server.send(ping).status == status)
            let delete = Request(method: "DELETE", headers: client.sessionHeaders)
                .with("MCP-Protocol-Version", version)
            #expect([status, status == 200 ? 204 : 400].contains(try await client.server.send(delete).status))
        }
    }

    @Test("without that header the session's own revision counts", arguments: Wire.sessions)
    func headerAbsent(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let request = client.request(posting: RPC.request("tools/list")).with("MCP-Protocol-Version", nil)
        let answer = try await client.server.send(request)
        #expect(answer.status == 200)
        #expect(answer.result?["tools"] != nil)
        #expect(Members(revision: wire.revision).unknown(in: answer.result ?? [:], of: "tools/list") == [])
    }

    @Test("a header of another legacy revision changes nothing: the session counts")
    func headerDiffers() async throws {
        let client = try await Client.open(Wire(revision: .v2025_03_26, transport: .streamable))
        let request = client.request(posting: RPC.request("tools/list")).with("MCP-Protocol-Version", "2025-11-25")
        let answer = try await client.server.send(request)
        #expect(answer.status == 200)
        #expect(Members(revision: .v2025_03_26).unknown(in: answer.result ?? [:], of: "tools/list") == [])
    }
}
