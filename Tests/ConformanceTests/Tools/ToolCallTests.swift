import Foundation
import JSON
import Testing

/// `tools/call` at every revision.
struct ToolCallTests {
    @Test("arguments may be absent, null or empty", arguments: Wire.all)
    func simpleText(wire: Wire) async throws {
        let client = try await Client.open(wire)
        for arguments in [nil, [:]] as [JSONValue?] {
            let reply = try await client.call("test_simple_text", arguments)
            #expect(reply.status == 200 && reply.content.first?["type"] == "text" && !reply.text.isEmpty)
            #expect(!reply.isError)
        }
    }

    @Test("an image has data and a type", arguments: Wire.all)
    func image(wire: Wire) async throws {
        let reply = try await Client.open(wire).call("test_image_content")
        let image = try #require(reply.content.first { $0["type"] == "image" })
        #expect(image["mimeType"]?.stringValue?.hasPrefix("image/") == true)
        #expect(ToolCallTests.isBase64(image["data"]))
    }

    @Test("audio goes to revisions that know it, text to the others", arguments: Wire.all)
    func audio(wire: Wire) async throws {
        let reply = try await Client.open(wire).call("test_audio_content")
        let audio = reply.content.first { $0["type"] == "audio" }
        if wire.revision >= .v2025_03_26 {
            #expect(audio?["mimeType"] == "audio/wav")
            #expect(ToolCallTests.isBase64(audio?["data"]))
        } else {
            #expect(audio == nil && !reply.content.isEmpty && !reply.isError)
        }
    }

    @Test("an embedded resource has a uri, a type and its contents", arguments: Wire.all)
    func embeddedResource(wire: Wire) async throws {
        let reply = try await Client.open(wire).call("test_embedded_resource")
        let resource = try #require(reply.content.first { $0["type"] == "resource" }?["resource"])
        #expect(resource["uri"]?.stringValue?.contains(":") == true)
        #expect(resource["mimeType"]?.stringValue != nil)
        #expect(resource["text"]?.stringValue != nil || ToolCallTests.isBase64(resource["blob"]))
    }

    @Test("several kinds of content come together", arguments: Wire.all)
    func mixed(wire: Wire) async throws {
        let reply = try await Client.open(wire).call("test_multiple_content_types")
        let types = Set(reply.content.compactMap { $0["type"]?.stringValue })
        #expect(types.isSuperset(of: ["text", "image", "resource"]))
    }

    @Test("a failure of the work is a result with a text", arguments: Wire.all)
    func failure(wire: Wire) async throws {
        let reply = try await Client.open(wire).call("test_error_handling")
        #expect(reply.status == 200 && reply.isError)
        #expect(reply.content.first?["type"] == "text" && !reply.text.isEmpty)
        #expect(reply.result?["structuredContent"] == nil)
    }

    @Test("an error inside a handler is no error of HTTP", arguments: Wire.all)
    func internalError(wire: Wire) async throws {
        let reply = try await Client.open(wire).call("protocol_error_job")
        #expect(reply.errorCode == -32603 && reply.status == 200, "\(reply)")
    }

    @Test("an unknown tool and a call without a name are errors", arguments: Wire.all)
    func unknown(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let unknown = try await client.call("no_such_tool")
        #expect(unknown.errorCode == -32602 && unknown.status == 200, "\(unknown)")
        if wire.isModern { return }
        for params in [[:], ["name": 7], ["name": .null], ["name": ["test_simple_text"]]] as [JSONValue] {
            let reply = try await client.request("tools/call", params)
            #expect(reply.errorCode == -32602 && reply.status == 200, "\(params.text): \(reply)")
        }
    }

    @Test("arguments that are no object are no call", arguments: Wire.all)
    func argumentsOfWrongKind(wire: Wire) async throws {
        let client = try await Client.open(wire)
        for arguments in [[1, 2], "text", 7, true] as [JSONValue] {
            let reply = try await client.call("test_simple_text", arguments)
            #expect(reply.errorCode == -32602 || reply.isError, "\(arguments.text): \(reply)")
            #expect(reply.status == 200)
        }
    }

    @Test("arguments against the schema are told to the model", arguments: Wire.since(.v2025_11_25))
    func badArguments(wire: Wire) async throws {
        let client = try await Client.open(wire)
        for arguments in [[:], ["name": 7], ["name": .null]] as [JSONValue] {
            let reply = try await client.call("greet", arguments)
            #expect(reply.isError && reply.text.contains("name"), "\(arguments.text): \(reply)")
        }
    }

    @Test("earlier revisions hear of such arguments too, one way or the other", arguments: Wire.legacy)
    func badArgumentsEarlier(wire: Wire) async throws {
        let reply = try await Client.open(wire).call("greet", ["name": 7])
        #expect(reply.isError || reply.errorCode == -32602)
        #expect(reply.status == 200)
    }

    @Test("a `task` member is ignored where tasks are not offered", arguments: Wire.all)
    func strayTask(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let params: JSONValue = ["name": "greet", "arguments": ["name": "World"], "task": ["ttl": 60000]]
        let reply = try await client.request("tools/call", params)
        #expect(reply.text.contains("World") && !reply.isError)
        #expect(reply.result?["task"] == nil && reply.result?["taskId"] == nil)
    }

    @Test("structured content has an object's schema and a text beside it", arguments: Wire.all)
    func structured(wire: Wire) async throws {
        let client = try await Client.open(wire, try await Server.product)
        let tools = try await ToolListTests.tools(client)
        let reply = try await client.call("run_code", ["code": "6 * 7"])
        #expect(!reply.isError && reply.text.contains("42"))
        let schema = tools.first { $0["name"] == "run_code" }?["outputSchema"]
        let structured = reply.result?["structuredContent"]
        #expect((structured != nil) == (wire.revision >= .v2025_06_18))
        guard let structured else { return }
        #expect(structured["value"] == 42)
        if let schema {
            #expect(schema["type"] == "object")
            for name in schema["required"]?.arrayValue ?? [] {
                #expect(structured[name.stringValue ?? ""] != nil, "\(name.text) is required")
            }
            #expect(structured.keys.subtracting(schema["properties"]?.keys ?? []) == [])
        }
    }

    @Test("structured content that is no object is wrapped for sessions, and so is its schema", arguments: Wire.all)
    func structuredArray(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let tool = try await ToolListTests.tools(client).first { $0["name"] == "test_structured_array" }
        let schema = try #require(tool)["outputSchema"]
        let reply = try await client.call("test_structured_array")
        let value = reply.result?["structuredContent"]
        #expect(!reply.text.isEmpty)
        if wire.isModern {
            #expect(schema?["type"] == "array" && value == [1, 2, 3])
        } else if wire.revision >= .v2025_06_18 {
            #expect(schema?["type"] == "object" && schema?["properties"]?["result"]?["type"] == "array")
            #expect(value == ["result": [1, 2, 3]])
        } else {
            #expect(schema == nil && value == nil)
        }
    }

    @Test("a link to a resource goes to revisions that know it, text to the others", arguments: Wire.all)
    func resourceLink(wire: Wire) async throws {
        let reply = try await Client.open(wire).call("test_resource_link")
        let link = reply.content.first { $0["type"] == "resource_link" }
        if wire.revision >= .v2025_06_18 {
            #expect(link?["uri"] == "test://static-text" && link?["name"]?.stringValue != nil)
        } else {
            #expect(link == nil && reply.text.contains("test://static-text"))
        }
    }

    @Test("structured content of every fixture agrees with whether it was announced", arguments: Wire.all)
    func announced(wire: Wire) async throws {
        let client = try await Client.open(wire)
        for tool in try await ToolListTests.tools(client) where tool["outputSchema"] != nil {
            guard tool["inputSchema"]?["required"] == nil, let name = tool["name"]?.stringValue else { continue }
            let reply = try await client.call(name)
            #expect(reply.isError || reply.result?["structuredContent"] != nil, "\(name)")
            if !wire.isModern, let value = reply.result?["structuredContent"] { #expect(value.objectValue != nil) }
        }
    }

    static func isBase64(_ value: JSONValue?) -> Bool {
        guard let text = value?.stringValue, !text.isEmpty else { return false }
        return Data(base64Encoded: text)?.base64EncodedString() == text
    }
}
