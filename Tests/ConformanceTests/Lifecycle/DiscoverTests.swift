import JSON
import Testing

/// `server/discover`, with which a client of the newest revision begins.
struct DiscoverTests {
    @Test("tells revisions and capabilities, on the product too")
    func discover() async throws {
        for server in [try await Server.everything, try await Server.product] {
            let reply = try await Client.open(.modern, server).request("server/discover")
            #expect(reply.status == 200)
            let versions = reply.result?["supportedVersions"]?.arrayValue ?? []
            #expect(versions.contains("2026-07-28"))
            #expect(reply.result?["capabilities"]?.objectValue != nil)
            #expect(reply.resultType == "complete")
        }
    }

    @Test("needs no more than the two required members of _meta")
    func withoutClientInfo() async throws {
        let request = ModernRequest("server/discover").meta(ModernRequest.clientInfoKey, nil)
        let answer = try await Server.everything.send(request.request)
        #expect(answer.status == 200 && answer.result?["supportedVersions"] != nil)
    }

    @Test("tools and prompts are declared exactly when their lists work")
    func declarations() async throws {
        for server in [try await Server.everything, try await Server.product] {
            let client = try await Client.open(.modern, server)
            let capabilities = try #require(client.handshake["capabilities"])
            for kind in ["tools", "prompts", "resources"] {
                let reply = try await client.request("\(kind)/list")
                #expect((capabilities[kind] != nil) == (reply.errorCode != -32601), "\(kind)")
            }
            let listens = capabilities["tools"]?["listChanged"] == true
            let stream = try await client.open("subscriptions/listen", ["notifications": ["toolsListChanged": true]])
            #expect(!listens || stream.status == 200)
        }
    }

    @Test("agrees with the list in the refusal of an unknown revision")
    func supported() async throws {
        let server = try await Server.everything
        let versions = try #require(try await Client.open(.modern).handshake["supportedVersions"]?.arrayValue)
        let request = ModernRequest("server/discover").meta(ModernRequest.versionKey, "v999.0.0")
            .header("MCP-Protocol-Version", "v999.0.0")
        let answer = try await server.send(request.request)
        Refusal.unsupportedVersion.expect(answer, id: 1)
        let supported = try #require(answer.error?["data"]?["supported"]?.arrayValue)
        #expect(!supported.isEmpty && Set(supported).isSubset(of: Set(versions)))
        #expect(answer.error?["data"]?["requested"] == "v999.0.0")
    }

    @Test("does not open a session or number its events", arguments: ["application/json", "text/event-stream", "*/*"])
    func stateless(accept: String) async throws {
        let request = ModernRequest("tools/list").header("Accept", accept).adding("Mcp-Session-Id", "nobody")
            .adding("Last-Event-ID", "1-1")
        let answer = try await Server.everything.send(request.request)
        #expect(answer.status == 200 && answer.result?["tools"] != nil)
        #expect(answer.header("mcp-session-id") == nil)
        #expect(answer.events.allSatisfy { $0.id == nil })
    }

    @Test("answers the same to a client that never spoke before and to one on a used connection")
    func independence() async throws {
        let server = try await Server.everything
        let connection = try await server.connect()
        let first = try await connection.send(ModernRequest("tools/list").request)
        _ = try await connection.send(ModernRequest("prompts/list", capabilities: ["sampling": [:]]).request)
        let again = try await connection.send(ModernRequest("tools/list").request)
        let other = try await server.send(ModernRequest("tools/list").request)
        #expect(first.result?["tools"] == again.result?["tools"])
        #expect(first.result?["tools"] == other.result?["tools"])
    }
}
