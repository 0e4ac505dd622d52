import JSON
import NIOCore

/// What is measured, one call at a time on each connection.
enum Scenario: String, CaseIterable {
    case connect
    /// `GET /health/live`: what HTTP and TLS cost by themselves.
    case health
    case searchTools = "search_tools"
    case searchToolsStateless = "stateless search_tools"
    case runNoOp = "run_code no-op"
    case runCachedCall = "run_code one cached API call"

    /// The call that is repeated; nil where the connection or the server below MCP is measured.
    var call: ToolCall? {
        switch self {
        case .connect, .health: nil
        case .searchTools, .searchToolsStateless:
            ToolCall(tool: "search_tools", arguments: ["query": "unpaid sales of a customer"])
        case .runNoOp: ToolCall(tool: "run_code", arguments: ["code": "1"])
        case .runCachedCall:
            ToolCall(
                tool: "run_code",
                arguments: [
                    "code":
                        "import { getProducts } from \"./tools/products/getProducts.js\";\n(await getProducts()).length"
                ])
        }
    }

    /// Whether requests go out in a session that was opened before.
    var needsSession: Bool {
        switch self {
        case .searchTools, .runNoOp, .runCachedCall: true
        case .connect, .health, .searchToolsStateless: false
        }
    }

    /// Whether each answer is as long as the first, so that comparing lengths verifies it.
    var hasConstantAnswer: Bool {
        switch self {
        case .health, .searchTools, .searchToolsStateless: true
        case .connect, .runNoOp, .runCachedCall: false
        }
    }

    /// Whether any MCP server with a `search_tools` tool can take part.
    var isForPeers: Bool {
        switch self {
        case .connect, .searchTools, .searchToolsStateless: true
        case .health, .runNoOp, .runCachedCall: false
        }
    }

    /// The bytes to repeat.
    func request(to target: LoadTarget, sessionID: String?) -> ByteBuffer {
        guard let call else { return RequestBytes.get("/health/live", from: target, accept: "application/json") }
        return sessionID.map { call.request(to: target, sessionID: $0) } ?? call.statelessRequest(to: target)
    }

    /// What is wrong with an answer, read in full; nil when nothing is.
    func failure(in answer: Answer) -> String? {
        guard self == .health else { return answer.toolCallFailure }
        return answer.status == 200 ? nil : answer.summary
    }

    /// The call each session makes once before it is measured.
    func preparation(email: String, password: String) -> ToolCall? {
        guard self == .runCachedCall else { return nil }
        let login =
            "import { login } from \"./tools/auth/login.js\";\n"
            + "await login({ email: \(JSONValue.string(email).text), password: \(JSONValue.string(password).text) })"
        return ToolCall(tool: "run_code", arguments: ["code": .string(login)])
    }
}
