import JSON
import ModelContextProtocol

/// The MCP tools: few and small, because every model reads them in every conversation.
enum BiteTrackTools {
    static let instructions = """
        BiteTrack point of sale (sales, products, customers, reports, waste) through code. 1) search_tools or read_tools \
        to find a module. 2) run_code with JavaScript that imports it, filters and aggregates, and ends with the value you \
        need: only that value and console lines come back. ./lib has dates, sums, tables, charts; ./workflows whole tasks. \
        Log in once per session: import { login } from "./tools/auth/login.js"; await login({ email, password }). \
        Requests to BiteTrack are limited: combine steps in one run, do not loop over ids.
        """

    /// What the tools do when they are called.
    struct Actions: Sendable {
        var search: @Sendable (ToolCall) -> ToolResult
        var read: @Sendable (ToolCall) -> ToolResult
        var run: @Sendable (ToolCall) async throws -> ToolResult
    }

    /// - Parameter taskAfter: how long a run may take before it goes on as a task; nil for ever.
    static func make(_ actions: Actions, categories: [String], taskAfter: Duration?) -> [Tool] {
        let readOnly = ToolAnnotations(readOnly: true, openWorld: false)
        var runCode = Tool(
            name: "run_code", title: "Run code",
            description: """
                Runs JavaScript (ES module, top-level await) in isolation; read-only. The last expression is the \
                value. Example: import * as sales from "./tools/sales"; \
                const { sales: rows } = await sales.getSales({ settled: false }); rows.length. \
                No network, no Node; console and Promise.all work. Answers value, console, cost.
                """,
            inputSchema: self.schema(
                [
                    "code": ["type": "string"],
                    "session": ["type": "string", "description": "only if an earlier result named one"],
                    "plan": ["type": "boolean", "description": "true sends nothing and tells the cost"],
                ],
                required: ["code"]),
            annotations: readOnly, call: actions.run)
        runCode.taskAfter = taskAfter
        return [
            Tool(
                name: "search_tools", title: "Search tools",
                description: "Finds tool modules by words, e.g. \"unpaid sales\"; answers path, signature, cost.",
                inputSchema: self.schema(
                    [
                        "query": ["type": "string"],
                        "detail": [
                            "enum": ["name", "description", "full"], "default": "description",
                            "description": "full = source with documentation",
                        ],
                        "category": ["enum": .array(categories.map { .string($0) })],
                        "limit": ["type": "integer", "minimum": 1, "maximum": 50, "default": 5],
                    ],
                    required: ["query"]),
                annotations: readOnly, immediately: actions.search),
            Tool(
                name: "read_tools", title: "Read tools",
                description: "Reads the tree of tool modules: a folder lists, a file answers its text.",
                inputSchema: self.schema(
                    ["path": ["type": "string", "description": "\"tools\" or \"tools/sales/getSales.js\""]],
                    required: ["path"]),
                annotations: readOnly, immediately: actions.read),
            runCode,
        ]
    }

    private static func schema(_ properties: JSONObject, required: [String]) -> JSONValue {
        [
            "type": "object", "properties": .object(properties),
            "required": .array(required.map { .string($0) }), "additionalProperties": false,
        ]
    }
}
