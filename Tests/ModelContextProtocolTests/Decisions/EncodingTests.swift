import JSON
import NIOCore
import Testing

@testable import ModelContextProtocol

struct EncodingTests {
    @Test(
        "writes what the parser reads back",
        arguments: [
            "null", "[true,false,1.50,\"x\"]", #"{"a":{},"b":[],"c":"é\n\t\r\"\\/"}"#, #""\u0000\u0001\u000b\u001f""#,
            #""😀 and   ""#,
        ])
    func roundTrip(text: String) throws {
        let value = try JSONValue(parsing: text)
        var buffer = ByteBuffer()
        buffer.writeJSON(value)
        #expect(try JSONValue(parsing: String(buffer: buffer)) == value)
        #expect(String(buffer: buffer) == value.text)
    }

    @Test("an error of an unreadable request has no id")
    func errors() {
        let error = RPCError(.invalidParams, "say \"x\"", data: ["a": 1])
        #expect(
            String(buffer: MessageEncoder.error(id: nil, error))
                == #"{"jsonrpc":"2.0","error":{"code":-32602,"message":"say \"x\"","data":{"a":1}}}"#)
        #expect(
            String(buffer: MessageEncoder.error(id: .string("7"), RPCError(.parseError, "m")))
                == #"{"jsonrpc":"2.0","id":"7","error":{"code":-32700,"message":"m"}}"#)
    }

    @Test(
        "gives each revision the result fields it knows",
        arguments: [
            (ProtocolRevision.november2024, false), (.march2025, false), (.june2025, true), (.november2025, true),
        ])
    func structuredContent(revision: ProtocolRevision, expected: Bool) throws {
        let object = ToolResult(content: [.text("t")], structuredContent: ["a": 1])
        let value = try JSONValue(parsing: MessageEncoder.legacy.text(object.body(for: revision)))
        #expect(value["structuredContent"] == (expected ? ["a": 1] : nil))
        #expect(value["isError"] == nil)
        let array = ToolResult(content: [], structuredContent: [1], isError: true)
        let wrapped = try JSONValue(parsing: MessageEncoder.legacy.text(array.body(for: revision)))
        #expect(wrapped["structuredContent"] == (expected ? ["result": [1]] : nil))
        #expect(wrapped["isError"] == true)
        #expect(wrapped["content"] == [])
    }

    @Test("encodes text and images")
    func content() throws {
        let result = ToolResult(content: [.text("a\"b"), .image(base64: "AAAA", mimeType: "image/png")])
        let value = try JSONValue(parsing: MessageEncoder.legacy.text(result.body(for: .november2025)))
        #expect(
            value["content"] == [
                ["type": "text", "text": "a\"b"], ["type": "image", "data": "AAAA", "mimeType": "image/png"],
            ])
    }

    @Test(
        "lists tools with the fields each revision knows",
        arguments: [
            (ProtocolRevision.november2024, ["name", "description", "inputSchema"]),
            (.march2025, ["name", "description", "inputSchema", "annotations"]),
            (.june2025, ["name", "title", "description", "inputSchema", "outputSchema", "annotations"]),
            (.november2025, ["name", "title", "description", "inputSchema", "outputSchema", "annotations"]),
        ])
    func definitions(revision: ProtocolRevision, keys: [String]) throws {
        let tool = Tool(
            name: "t", title: "Title", description: "d", inputSchema: ["type": "object"],
            outputSchema: ["type": "array"],
            annotations: ToolAnnotations(readOnly: true, destructive: false, idempotent: true, openWorld: false)
        ) { _ in .text("") }
        let definition = try #require(tool.definition(for: revision).objectValue)
        #expect(definition.map(\.key) == keys)
        if revision >= .june2025 {
            #expect(definition["outputSchema"]?["properties"] == ["result": ["type": "array"]])
            #expect(definition["annotations"]?["title"] == nil)
        }
        if revision == .march2025 {
            #expect(
                definition["annotations"] == [
                    "readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false,
                    "title": "Title",
                ])
        }
    }

    @Test("a tool without extras has none in its definition")
    func plainDefinition() {
        let tool = Tool(name: "t", description: "d", inputSchema: ["type": "object"]) { _ in .text("") }
        #expect(
            tool.definition(for: .november2025)
                == ["name": "t", "description": "d", "inputSchema": ["type": "object"]])
    }
}
