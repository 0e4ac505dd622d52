import JSON
import ModelContextProtocol

/// Tools whose schemas do the work: structured results, headers that repeat arguments, the whole of JSON Schema.
enum StructuredTools {
    static let all: [Tool] = [
        StructuredTools.object, StructuredTools.array, StructuredTools.header, StructuredTools.schema2020,
    ]

    /// Repeats the structured content as text, for clients that know nothing else.
    private static func structured(_ value: JSONValue) -> ToolResult {
        ToolResult(content: [.text(value.text)], structuredContent: value)
    }

    private static let object = Tool(
        name: "test_structured_content", title: "Structured object", description: "Answers with an object.",
        outputSchema: [
            "type": "object",
            "properties": ["temperature": ["type": "number"], "conditions": ["type": "string"]],
            "required": ["temperature", "conditions"],
        ],
        annotations: ToolAnnotations(readOnly: true, openWorld: false)
    ) { _ in
        StructuredTools.structured(["temperature": 21.5, "conditions": "sunny"])
    }

    /// Clients up to 2025-11-25 see `{"result": [...]}`: the library wraps value and schema for them.
    private static let array = Tool(
        name: "test_structured_array", title: "Structured array", description: "Answers with an array.",
        outputSchema: ["type": "array", "items": ["type": "integer"]],
        annotations: ToolAnnotations(readOnly: true, openWorld: false)
    ) { _ in
        StructuredTools.structured([1, 2, 3])
    }

    /// Clients of 2026-07-28 repeat `region` in the header `Mcp-Param-Region`; the library compares the two.
    private static let header = Tool(
        name: "test_x_mcp_header", title: "Header parameter",
        description: "Says in which region it was asked to run.",
        inputSchema: [
            "type": "object", "properties": ["region": ["type": "string", "x-mcp-header": "Region"]],
            "additionalProperties": false,
        ]
    ) { call in
        .text("region: \(call.arguments["region"]?.stringValue ?? "none")")
    }

    private static let schema2020 = Tool(
        name: "json_schema_2020_12_tool", title: "JSON Schema 2020-12",
        description: "Takes a contact, by a schema that uses much of JSON Schema 2020-12.",
        inputSchema: [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "$defs": [
                "address": [
                    "$anchor": "addressDef",
                    "type": "object",
                    "properties": ["street": ["type": "string"], "city": ["type": "string"]],
                ]
            ],
            "properties": [
                "name": ["type": "string"],
                "address": ["$ref": "#/$defs/address"],
                "contactMethod": ["type": "string", "enum": ["phone", "email"]],
                "phone": ["type": "string"],
                "email": ["type": "string"],
            ],
            "allOf": [["anyOf": [["required": ["phone"]], ["required": ["email"]]]]],
            "if": ["properties": ["contactMethod": ["const": "phone"]], "required": ["contactMethod"]],
            "then": ["required": ["phone"]],
            "else": ["required": ["email"]],
            "additionalProperties": false,
        ]
    ) { call in
        let needed = call.arguments["contactMethod"] == "phone" ? "phone" : "email"
        guard let value = call.arguments[needed]?.stringValue else {
            return .error("Give \"\(needed)\" as a string: that is how the contact wants to be reached.")
        }
        return .text("\(call.arguments["name"]?.stringValue ?? "The contact") is reached at \(value).")
    }
}
