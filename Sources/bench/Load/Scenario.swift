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
    /// The script ``sum``: by us, by a peer that takes scripts as they are, by a peer's MCP tool `execute`.
    case runSum = "run_code 1+1"
    case postSum = "POST 1+1"
    case executeSum = "execute 1+1"
    /// Reads through a proxy.
    case cachedSmall = "cached 2 KiB"
    case cachedLarge = "cached 60 KiB"
    case uncachedSmall = "uncached 2 KiB"
    case uncachedLarge = "uncached 60 KiB"

    /// What `bench load` measures; the rest is for `bench sandbox`.
    static let load: [Scenario] = [
        .connect, .health, .searchTools, .searchToolsStateless, .runNoOp, .runCachedCall,
    ]
    /// What `bench proxy` measures.
    static let proxied: [Scenario] = [.cachedSmall, .cachedLarge, .uncachedSmall, .uncachedLarge]
    private static let sum = "1+1"

    /// The call that is repeated; nil where the connection or the server below MCP is measured.
    var call: ToolCall? {
        switch self {
        case .connect, .health, .postSum, .cachedSmall, .cachedLarge, .uncachedSmall, .uncachedLarge: nil
        case .searchTools, .searchToolsStateless:
            ToolCall(tool: "search_tools", arguments: ["query": "unpaid sales of a customer"])
        case .runNoOp: ToolCall(tool: "run_code", arguments: ["code": "1"])
        case .runSum: ToolCall(tool: "run_code", arguments: ["code": .string(Self.sum)])
        case .executeSum: ToolCall(tool: "execute", arguments: ["code": .string("return " + Self.sum)])
        case .runCachedCall:
            ToolCall(
                tool: "run_code",
                arguments: [
                    "code":
                        "import { getProducts } from \"./tools/products/getProducts.js\";\n(await getProducts()).length"
                ])
        }
    }

    /// What is read; nil where the request is no plain read.
    var path: String? {
        switch self {
        case .health: "/health/live"
        case .cachedSmall: "/cached/2k"
        case .cachedLarge: "/cached/60k"
        case .uncachedSmall: "/uncached/2k"
        case .uncachedLarge: "/uncached/60k"
        default: nil
        }
    }

    /// Whether requests go out in a session that was opened before.
    var needsSession: Bool {
        switch self {
        case .searchTools, .runNoOp, .runCachedCall, .runSum, .executeSum: true
        default: false
        }
    }

    /// Whether each answer is as long as the first, so that comparing lengths verifies it.
    var hasConstantAnswer: Bool {
        switch self {
        case .connect, .runNoOp, .runCachedCall, .runSum: false
        default: true
        }
    }

    /// Whether any MCP server with a `search_tools` tool can take part.
    var isForPeers: Bool {
        switch self {
        case .connect, .searchTools, .searchToolsStateless: true
        default: false
        }
    }

    /// The bytes to repeat.
    func request(to target: LoadTarget, sessionID: String?) -> ByteBuffer {
        if self == .postSum { return RequestBytes.post(script: Self.sum, to: target) }
        if let path { return RequestBytes.get(path, from: target, accept: "application/json") }
        guard let call else { return ByteBuffer() }
        return sessionID.map { call.request(to: target, sessionID: $0) } ?? call.statelessRequest(to: target)
    }

    /// What is wrong with an answer, read in full; nil when nothing is.
    func failure(in answer: Answer) -> String? {
        switch self {
        case .health, .cachedSmall, .cachedLarge, .uncachedSmall, .uncachedLarge:
            answer.status == 200 ? nil : answer.summary
        case .postSum: answer.status == 200 && String(buffer: answer.body) == "2" ? nil : answer.summary
        default: answer.toolCallFailure
        }
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

extension [Scenario] {
    /// Those whose names begin with one of the words in `beginnings`, which commas separate; all without it.
    func named(_ beginnings: String?) -> [Scenario] {
        guard let words = beginnings?.split(separator: ",") else { return self }
        return self.filter { scenario in words.contains { scenario.rawValue.hasPrefix($0) } }
    }
}
