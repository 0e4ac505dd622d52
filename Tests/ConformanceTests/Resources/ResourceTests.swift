import JSON
import Testing

/// Resources at every revision.
struct ResourceTests {
    @Test("listed resources have a uri and a name", arguments: Wire.all)
    func list(wire: Wire) async throws {
        let reply = try await Client.open(wire).request("resources/list")
        let resources = try #require(reply.result?["resources"]?.arrayValue)
        #expect(resources.allSatisfy { $0["uri"]?.stringValue != nil && $0["name"]?.stringValue?.isEmpty == false })
        let uris = resources.compactMap { $0["uri"]?.stringValue }
        #expect(Set(["test://static-text", "test://static-binary", "test://watched-resource"]).subtracting(uris) == [])
        #expect(Set(uris).count == uris.count)
    }

    @Test("templates have a uri template and a name", arguments: Wire.all)
    func templates(wire: Wire) async throws {
        let reply = try await Client.open(wire).request("resources/templates/list")
        let templates = try #require(reply.result?["resourceTemplates"]?.arrayValue)
        let template = try #require(templates.first { $0["uriTemplate"] == "test://template/{id}/data" })
        #expect(template["name"]?.stringValue?.isEmpty == false)
    }

    @Test(
        "text, binary and templated resources are read", arguments: Wire.all,
        ["test://static-text", "test://static-binary", "test://template/123/data"])
    func read(wire: Wire, uri: String) async throws {
        let reply = try await Client.open(wire).request("resources/read", ["uri": .string(uri)])
        let contents = try #require(reply.result?["contents"]?.arrayValue?.first)
        #expect(contents["uri"]?.stringValue == uri)
        #expect(contents["mimeType"]?.stringValue != nil)
        if uri.hasSuffix("binary") {
            #expect(ToolCallTests.isBase64(contents["blob"]) && contents["text"] == nil)
        } else {
            let text = try #require(contents["text"]?.stringValue)
            #expect(contents["blob"] == nil && (!uri.contains("123") || text.contains("123")))
        }
    }

    @Test(
        "an unknown resource is an error with the code of the revision, never empty contents", arguments: Wire.all,
        ["test://no-such-resource", "file:///etc/passwd", "test://template/a/b/data", "not a uri", ""])
    func notFound(wire: Wire, uri: String) async throws {
        let client = try await Client.open(wire)
        let reply = try await client.request("resources/read", ["uri": .string(uri)])
        #expect(reply.result == nil && reply.status == 200, "\(reply)")
        if uri == "test://no-such-resource" {
            #expect(reply.errorCode == (wire.isModern ? -32602 : -32002))
            #expect(reply.error?["data"]?["uri"]?.stringValue == uri)
        } else {
            #expect(wire.isModern ? reply.errorCode == -32602 : [-32002, -32602].contains(reply.errorCode))
        }
    }

    @Test("the product answers an unknown resource likewise", arguments: Wire.all)
    func productNotFound(wire: Wire) async throws {
        let client = try await Client.open(wire, try await Server.product)
        let reply = try await client.request("resources/read", ["uri": "bitetrack://tools/no-such-file"])
        if client.handshake["capabilities"]?["resources"] == nil {
            #expect(reply.errorCode == -32601)
        } else {
            #expect(reply.result == nil && reply.errorCode == (wire.isModern ? -32602 : -32002), "\(reply)")
        }
    }

    @Test("a read that names nothing is refused", arguments: Wire.legacy)
    func missingURI(wire: Wire) async throws {
        let client = try await Client.open(wire)
        for params in [[:], ["uri": 7], ["uri": .null]] as [JSONValue] {
            #expect(try await client.request("resources/read", params).errorCode == -32602, "\(params.text)")
        }
    }

    @Test("may be watched, and left alone again", arguments: Wire.legacy)
    func subscribe(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let params: JSONValue = ["uri": "test://watched-resource"]
        #expect(try await client.request("resources/subscribe", params).result == [:])
        #expect(try await client.request("resources/subscribe", params).result == [:])
        #expect(try await client.request("resources/unsubscribe", params).result == [:])
        for method in ["resources/subscribe", "resources/unsubscribe"] {
            #expect(try await client.request(method, [:]).errorCode == -32602, "\(method)")
        }
    }

    @Test("who watches hears of a change on the stream for it, nobody else does", arguments: Wire.sessions)
    func updates(wire: Wire) async throws {
        let (watcher, other) = (try await Client.open(wire), try await Client.open(wire))
        let streams = [
            try await watcher.server.open(watcher.streamRequest), try await other.server.open(other.streamRequest),
        ]
        let watched: JSONValue = ["uri": "test://watched-resource"]
        #expect(try await watcher.request("resources/subscribe", watched).result == [:])
        let reply = try await other.call("test_update_watched_resource")
        #expect(reply.earlier == [] && !reply.isError)
        let update = try #require(try await streams[0].nextMessage(method: "notifications/resources/updated"))
        #expect(update["params"] == watched)
        #expect(try await watcher.request("resources/unsubscribe", watched).result == [:])
        // What others have caused until now is on its way already.
        _ = try await streams[0].messages(for: .milliseconds(50))
        _ = try await other.call("test_update_watched_resource")
        for stream in streams {
            let heard = try await stream.messages(for: .milliseconds(50))
            #expect(heard.allSatisfy { $0["method"] != "notifications/resources/updated" })
        }
    }

    @Test("HTTP+SSE tells of a change on its only stream", arguments: Wire.sse)
    func updatesOnHTTPSSE(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let watched: JSONValue = ["uri": "test://watched-resource"]
        #expect(try await client.request("resources/subscribe", watched).result == [:])
        _ = try await Client.open(.modern).call("test_update_watched_resource")
        #expect(try await client.stream?.nextMessage(method: "notifications/resources/updated")?["params"] == watched)
    }

    @Test("uris are compared as they are, whatever their characters", arguments: Wire.all)
    func unicode(wire: Wire) async throws {
        let uri = "test://template/ä%20🙂/data"
        let reply = try await Client.open(wire).request("resources/read", ["uri": .string(uri)])
        if let contents = reply.result?["contents"]?.arrayValue?.first {
            #expect(contents["uri"]?.stringValue == uri)
        } else {
            #expect(reply.error?["data"]?["uri"]?.stringValue == uri)
        }
    }
}
