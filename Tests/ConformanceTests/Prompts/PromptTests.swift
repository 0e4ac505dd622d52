import JSON
import Testing

/// Prompts and completion at every revision.
struct PromptTests {
    @Test("listed prompts have a name and a description", arguments: Wire.all)
    func list(wire: Wire) async throws {
        let reply = try await Client.open(wire).request("prompts/list")
        let prompts = try #require(reply.result?["prompts"]?.arrayValue)
        for prompt in prompts {
            #expect(prompt["name"]?.stringValue?.isEmpty == false)
            #expect(prompt["description"]?.stringValue?.isEmpty == false)
        }
        let names = prompts.compactMap { $0["name"]?.stringValue }
        let fixtures: Set = [
            "test_simple_prompt", "test_prompt_with_arguments", "test_prompt_with_embedded_resource",
            "test_prompt_with_image", "test_input_required_result_prompt",
        ]
        #expect(fixtures.subtracting(names) == [])
        let arguments = prompts.first { $0["name"] == "test_prompt_with_arguments" }?["arguments"]?.arrayValue ?? []
        #expect(arguments.compactMap { $0["name"]?.stringValue } == ["arg1", "arg2"])
    }

    private func messages(
        _ wire: Wire, _ name: String, _ arguments: JSONValue? = nil
    ) async throws -> [JSONValue] {
        var params: JSONValue = ["name": .string(name)]
        if let arguments { params = params.with("arguments", arguments) }
        let reply = try await Client.open(wire).request("prompts/get", params)
        #expect(reply.status == 200)
        let messages = try #require(reply.result?["messages"]?.arrayValue, "\(reply)")
        for message in messages {
            #expect(["user", "assistant"].contains(message["role"]?.stringValue))
            #expect(message["content"]?.objectValue != nil && message.keys == ["role", "content"])
        }
        return messages
    }

    @Test("a simple prompt has a text", arguments: Wire.all)
    func simple(wire: Wire) async throws {
        let messages = try await self.messages(wire, "test_simple_prompt")
        #expect(messages.first?["content"]?["text"]?.stringValue?.isEmpty == false)
    }

    @Test("arguments are put in", arguments: Wire.all)
    func arguments(wire: Wire) async throws {
        let messages = try await self.messages(
            wire, "test_prompt_with_arguments", ["arg1": "hello ä", "arg2": "world 🙂"])
        let text = messages.compactMap { $0["content"]?["text"]?.stringValue }.joined()
        #expect(text.contains("hello ä") && text.contains("world 🙂"))
    }

    @Test("an embedded resource carries the uri that was given", arguments: Wire.all)
    func embeddedResource(wire: Wire) async throws {
        let messages = try await self.messages(
            wire, "test_prompt_with_embedded_resource", ["resourceUri": "test://example-resource"])
        let resource = try #require(messages.first { $0["content"]?["type"] == "resource" }?["content"]?["resource"])
        #expect(resource["uri"] == "test://example-resource")
        #expect(resource["text"] != nil || resource["blob"] != nil)
    }

    @Test("an image has data and a type", arguments: Wire.all)
    func image(wire: Wire) async throws {
        let messages = try await self.messages(wire, "test_prompt_with_image")
        let image = try #require(messages.first { $0["content"]?["type"] == "image" }?["content"])
        #expect(ToolCallTests.isBase64(image["data"]) && image["mimeType"]?.stringValue?.hasPrefix("image/") == true)
    }

    @Test("an unknown prompt and a missing argument are refused", arguments: Wire.all)
    func refused(wire: Wire) async throws {
        let client = try await Client.open(wire)
        for params in [
            ["name": "no_such_prompt"], ["name": "test_prompt_with_arguments"],
            ["name": "test_prompt_with_arguments", "arguments": ["arg1": "only"]],
            ["name": "test_prompt_with_arguments", "arguments": ["arg1": 1, "arg2": 2]],
        ] as [JSONValue] {
            let reply = try await client.request("prompts/get", params)
            #expect(reply.errorCode == -32602 && reply.status == 200, "\(params.text): \(reply)")
        }
    }

    @Test("a prompt that names nothing is refused", arguments: Wire.legacy)
    func missingName(wire: Wire) async throws {
        let client = try await Client.open(wire)
        for params in [[:], ["name": 7]] as [JSONValue] {
            #expect(try await client.request("prompts/get", params).errorCode == -32602)
        }
    }

    @Test("completions are offered for arguments", arguments: Wire.since(.v2025_03_26))
    func completion(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let reference: JSONValue = ["type": "ref/prompt", "name": "test_prompt_with_arguments"]
        for value in ["test", ""] {
            let reply = try await client.request(
                "completion/complete",
                ["ref": reference, "argument": ["name": "arg1", "value": .string(value)]])
            let completion = try #require(reply.result?["completion"], "\(reply)")
            let values = try #require(completion["values"]?.arrayValue)
            #expect(values.count <= 100 && values.allSatisfy { $0.stringValue != nil })
            #expect(completion.keys.isSubset(of: ["values", "total", "hasMore"]))
        }
    }

    @Test("templates of resources have completions as well", arguments: Wire.since(.v2025_03_26))
    func templateCompletion(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let reference: JSONValue = ["type": "ref/resource", "uri": "test://template/{id}/data"]
        let reply = try await client.request(
            "completion/complete", ["ref": reference, "argument": ["name": "id", "value": "12"]])
        let values = try #require(reply.result?["completion"]?["values"]?.arrayValue, "\(reply)")
        #expect(!values.isEmpty && values.allSatisfy { $0.stringValue?.hasPrefix("12") == true })
    }

    @Test("what was chosen before may be told", arguments: Wire.since(.v2025_06_18))
    func completionContext(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let reply = try await client.request(
            "completion/complete",
            [
                "ref": ["type": "ref/prompt", "name": "test_prompt_with_arguments"],
                "argument": ["name": "arg2", "value": ""], "context": ["arguments": ["arg1": "test"]],
            ])
        #expect(reply.result?["completion"]?["values"]?.arrayValue != nil, "\(reply)")
    }

    @Test("a completion for nothing that exists is refused", arguments: Wire.since(.v2025_03_26))
    func badCompletion(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let argument: JSONValue = ["name": "arg1", "value": "test"]
        for params in [
            [:], ["argument": argument], ["ref": ["type": "ref/prompt", "name": "test_prompt_with_arguments"]],
            ["ref": ["type": "ref/prompt", "name": "no_such_prompt"], "argument": argument],
            ["ref": ["type": "ref/tool", "name": "greet"], "argument": argument],
            ["ref": ["type": "ref/prompt", "name": "test_prompt_with_arguments"], "argument": ["name": "arg1"]],
        ] as [JSONValue] {
            let reply = try await client.request("completion/complete", params)
            #expect(reply.errorCode == -32602 && reply.status == 200, "\(params.text): \(reply)")
        }
    }
}
