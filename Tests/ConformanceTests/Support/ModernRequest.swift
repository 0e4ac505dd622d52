import Foundation
import JSON

/// A self-describing request, right until the test changes something.
struct ModernRequest {
    static let versionKey = "io.modelcontextprotocol/protocolVersion"
    static let capabilitiesKey = "io.modelcontextprotocol/clientCapabilities"
    static let clientInfoKey = "io.modelcontextprotocol/clientInfo"
    static let logLevelKey = "io.modelcontextprotocol/logLevel"
    static let serverInfoKey = "io.modelcontextprotocol/serverInfo"
    static let subscriptionKey = "io.modelcontextprotocol/subscriptionId"
    static let tasks = "io.modelcontextprotocol/tasks"
    static let elicitation: JSONValue = ["elicitation": [:]]
    static let everyCapability: JSONValue = ["elicitation": [:], "sampling": [:], "roots": [:]]

    var id: JSONValue? = 1
    var method: String
    var params: JSONValue
    var meta: JSONValue
    var headers: [(name: String, value: String)]

    init(_ method: String, _ params: JSONValue = [:], capabilities: JSONValue = [:]) {
        self.method = method
        self.params = params
        self.meta = [
            ModernRequest.versionKey: .string(Revision.modern.rawValue),
            ModernRequest.capabilitiesKey: capabilities,
            ModernRequest.clientInfoKey: ["name": "conformance", "version": "1"],
        ]
        self.headers =
            Request.postHeaders + [("MCP-Protocol-Version", Revision.modern.rawValue), ("Mcp-Method", method)]
        if let name = ModernRequest.name(method, params) {
            self.headers.append(("Mcp-Name", ModernRequest.headerValue(name)))
        }
    }

    static func call(_ tool: String, _ arguments: JSONValue? = [:], capabilities: JSONValue = [:]) -> ModernRequest {
        var params: JSONValue = ["name": .string(tool)]
        if let arguments { params = params.with("arguments", arguments) }
        return ModernRequest("tools/call", params, capabilities: capabilities)
    }

    /// What `Mcp-Name` repeats.
    static func name(_ method: String, _ params: JSONValue) -> String? {
        switch method {
        case "tools/call", "prompts/get": params["name"]?.stringValue
        case "resources/read": params["uri"]?.stringValue
        case "tasks/get", "tasks/update", "tasks/cancel": params["taskId"]?.stringValue
        default: nil
        }
    }

    /// Plain when it is printable ASCII without edge blanks and not like the marked form, else marked Base64.
    static func headerValue(_ text: String) -> String {
        let isPlain =
            text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.hasPrefix(" ") && !text.hasSuffix(" ")
            && !(text.hasPrefix("=?base64?") && text.hasSuffix("?=")) && !text.isEmpty
        return isPlain ? text : "=?base64?\(Data(text.utf8).base64EncodedString())?="
    }

    /// The same request with something changed.
    func with(_ change: (inout ModernRequest) -> Void) -> ModernRequest {
        var copy = self
        change(&copy)
        return copy
    }

    /// The same request with one header given once as `value`, or not at all.
    func header(_ name: String, _ value: String?) -> ModernRequest {
        self.with { request in
            request.headers.removeAll { $0.name.lowercased() == name.lowercased() }
            if let value { request.headers.append((name, value)) }
        }
    }

    /// The same request with one more header line.
    func adding(_ name: String, _ value: String) -> ModernRequest { self.with { $0.headers.append((name, value)) } }

    func meta(_ key: String, _ value: JSONValue?) -> ModernRequest { self.with { $0.meta = $0.meta.with(key, value) } }

    func id(_ id: JSONValue?) -> ModernRequest { self.with { $0.id = id } }

    var message: JSONValue {
        var message: JSONValue = ["jsonrpc": "2.0"]
        if let id { message = message.with("id", id) }
        return message.with("method", .string(self.method)).with("params", self.params.with("_meta", self.meta))
    }

    var request: Request { Request(headers: self.headers, body: self.message.serialized) }
}
