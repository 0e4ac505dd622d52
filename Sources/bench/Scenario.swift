import JSON
import NIOCore

/// What is measured, one call at a time in each session.
enum Scenario: String, CaseIterable {
    case connect
    case searchTools = "search_tools"
    case runNoOp = "run_code no-op"
    case runCachedCall = "run_code one cached API call"

    /// The request body that is repeated; nil where the connection itself is measured.
    var body: ByteBuffer? {
        switch self {
        case .connect: nil
        case .searchTools: Scenario.call("search_tools", ["query": "unpaid sales of a customer"])
        case .runNoOp: Scenario.call("run_code", ["code": "1"])
        case .runCachedCall:
            Scenario.call(
                "run_code",
                [
                    "code":
                        "import { getProducts } from \"./tools/products/getProducts.js\";\n(await getProducts()).length"
                ])
        }
    }

    /// The call each session makes once before it is measured.
    func preparation(email: String, password: String) -> ByteBuffer? {
        guard self == .runCachedCall else { return nil }
        let login =
            "import { login } from \"./tools/auth/login.js\";\n"
            + "await login({ email: \(JSONValue.string(email).text), password: \(JSONValue.string(password).text) })"
        return Scenario.call("run_code", ["code": .string(login)])
    }

    private static func call(_ tool: String, _ arguments: JSONValue) -> ByteBuffer {
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": ["name": .string(tool), "arguments": arguments],
        ]
        return ByteBuffer(bytes: message.serialized)
    }
}
