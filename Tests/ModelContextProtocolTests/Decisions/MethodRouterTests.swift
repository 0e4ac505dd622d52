import JSON
import NIOCore
import Testing

@testable import ModelContextProtocol

struct MethodRouterTests {
    let router: MethodRouter = {
        var configuration = MCPConfiguration(serverName: "s", serverVersion: "1.2")
        configuration.serverTitle = "Server"
        configuration.instructions = "Be brief."
        let tool = Tool(name: "echo", description: "d", inputSchema: ["type": "object"]) { _ in .text("") }
        return MethodRouter(configuration: configuration, catalogue: ToolCatalogue([tool]))
    }()

    /// An outcome as text: the result, the code of the error, or the call with its arguments.
    func outcome(_ method: String, _ params: JSONValue?) -> String {
        switch self.router.route(method, params: params, revision: .november2025) {
        case .result(let result): String(buffer: result)
        case .error(let error): "\(error.code.rawValue)"
        case .call(let invocation): "call \(invocation.tool.name) \(JSONValue.object(invocation.arguments).text)"
        }
    }

    static let listing = #"{"tools":[{"name":"echo","description":"d","inputSchema":{"type":"object"}}]}"#

    @Test(
        "answers what it declares and nothing else",
        arguments: [
            ("ping", nil, "{}"), ("ping", ["x": 1], "{}"), ("ping", [], "-32602"), ("ping", .null, "{}"),
            ("tools/list", nil, listing), ("tools/list", ["cursor": ""], listing),
            ("tools/list", ["cursor": "x"], "-32602"), ("tools/list", ["cursor": 1], "-32602"),
            ("tools/call", ["name": "echo"], "call echo {}"),
            ("tools/call", ["name": "echo", "arguments": ["a": 1], "task": [:]], #"call echo {"a":1}"#),
            ("tools/call", ["name": "echo", "arguments": .null], "call echo {}"),
            ("tools/call", ["name": "echo", "arguments": []], "-32602"), ("tools/call", ["name": "nope"], "-32602"),
            ("tools/call", nil, "-32602"), ("tools/call", ["name": 5], "-32602"), ("initialize", [:], "-32600"),
            ("prompts/list", nil, "-32601"), ("resources/list", nil, "-32601"), ("logging/setLevel", nil, "-32601"),
            ("completion/complete", nil, "-32601"), ("server/discover", nil, "-32601"), ("", nil, "-32601"),
        ] as [(String, JSONValue?, String)])
    func table(method: String, params: JSONValue?, expected: String) {
        #expect(self.outcome(method, params) == expected)
    }

    @Test("an unknown tool's error names the tools there are")
    func unknownTool() {
        guard case .error(let error) = self.router.route("tools/call", params: ["name": "x"], revision: .june2025)
        else {
            Issue.record("not an error")
            return
        }
        #expect(error.message.contains("echo"))
    }

    @Test("the handshake says what the server is and can")
    func handshake() throws {
        let new = try JSONValue(parsing: String(buffer: self.router.handshake(for: .november2025)))
        #expect(
            new == [
                "protocolVersion": "2025-11-25", "capabilities": ["tools": [:]],
                "serverInfo": ["name": "s", "title": "Server", "version": "1.2"], "instructions": "Be brief.",
            ])
        let old = try JSONValue(parsing: String(buffer: self.router.handshake(for: .november2024)))
        #expect(old["serverInfo"] == ["name": "s", "version": "1.2"])
    }
}
