import JSON
import Testing

/// `tools/list` at every revision.
struct ToolListTests {
    private static let fixtures = [
        "test_simple_text", "test_image_content", "test_audio_content", "test_embedded_resource",
        "test_multiple_content_types", "test_error_handling", "test_tool_with_logging", "test_tool_with_progress",
        "test_sampling", "test_elicitation", "test_elicitation_sep1034_defaults",
        "test_elicitation_sep1330_enums", "test_reconnection", "json_schema_2020_12_tool",
        "test_missing_capability", "test_streaming_elicitation", "test_logging_tool", "test_trigger_tool_change",
        "test_trigger_prompt_change", "test_input_required_result_elicitation",
        "test_input_required_result_sampling", "test_input_required_result_list_roots",
        "test_input_required_result_request_state", "test_input_required_result_multiple_inputs",
        "test_input_required_result_multi_round", "test_input_required_result_tampered_state",
        "test_input_required_result_capabilities", "greet", "slow_compute", "confirm_delete", "multi_input",
    ]

    @Test("tools have a name, a description and a schema of an object", arguments: Wire.all)
    func list(wire: Wire) async throws {
        let tools = try await ToolListTests.tools(try await Client.open(wire))
        let names = tools.compactMap { $0["name"]?.stringValue }
        #expect(names.count == tools.count && Set(names).count == names.count)
        #expect(Set(ToolListTests.fixtures).subtracting(names) == [])
        for tool in tools {
            let name = tool["name"]?.stringValue ?? ""
            #expect(name.wholeMatch(of: /[A-Za-z0-9_.\/-]{1,64}/) != nil, "\(name)")
            #expect(tool["description"]?.stringValue?.isEmpty == false, "\(name)")
            #expect(tool["inputSchema"]?["type"] == "object", "\(name)")
            #expect(tool["execution"] == nil, "\(name)")
            if let schema = tool["outputSchema"], !wire.isModern { #expect(schema["type"] == "object", "\(name)") }
        }
    }

    @Test("the product's tools keep the same rules", arguments: Wire.all)
    func product(wire: Wire) async throws {
        let tools = try await ToolListTests.tools(try await Client.open(wire, try await Server.product))
        #expect(!tools.isEmpty)
        for tool in tools {
            let name = tool["name"]?.stringValue ?? ""
            #expect(name.wholeMatch(of: /[A-Za-z0-9_-]{1,64}/) != nil, "\(name)")
            #expect(tool["description"]?.stringValue?.isEmpty == false)
            #expect(tool["inputSchema"]?["type"] == "object")
            #expect((tool["annotations"] != nil) == (wire.revision >= .v2025_03_26), "\(name)")
            #expect(wire.revision >= .v2025_06_18 || tool["title"] == nil)
        }
    }

    @Test("the order does not change", arguments: Wire.all)
    func order(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let names = try await ToolListTests.tools(client).map { $0["name"] }
        #expect(try await ToolListTests.tools(client).map { $0["name"] } == names)
    }

    @Test("a cursor that was never given out is refused", arguments: Wire.all, ["tools", "prompts", "resources"])
    func badCursor(wire: Wire, kind: String) async throws {
        let client = try await Client.open(wire)
        for cursor in ["no-such-cursor", 7, ["x"]] as [JSONValue] {
            let reply = try await client.request("\(kind)/list", ["cursor": cursor])
            #expect(reply.errorCode == -32602 && reply.status == 200, "\(cursor.text): \(reply)")
        }
    }

    @Test("schemas go out as they are, keywords of 2020-12 included", arguments: Wire.all)
    func schemaKeywords(wire: Wire) async throws {
        let tools = try await ToolListTests.tools(try await Client.open(wire))
        let schema = try #require(tools.first { $0["name"] == "json_schema_2020_12_tool" }?["inputSchema"])
        #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["type"] == "object")
        #expect(schema["$defs"]?["address"]?["$anchor"]?.stringValue != nil)
        #expect(schema["$defs"]?["address"]?["type"] == "object")
        #expect(schema["additionalProperties"] == false)
        #expect(schema["allOf"]?.arrayValue?.contains { $0["anyOf"] != nil } == true)
        for keyword in ["if", "then", "else"] { #expect(schema[keyword] != nil, "\(keyword)") }
    }

    /// All pages of the list.
    static func tools(_ client: Client) async throws -> [JSONValue] {
        var tools: [JSONValue] = []
        var cursor: JSONValue?
        repeat {
            let reply = try await client.request("tools/list", cursor.map { ["cursor": $0] } ?? [:])
            tools += try #require(reply.result?["tools"]?.arrayValue, "\(reply)")
            cursor = reply.result?["nextCursor"]
            if let cursor { #expect(cursor.stringValue != nil) }
        } while cursor != nil
        return tools
    }
}
