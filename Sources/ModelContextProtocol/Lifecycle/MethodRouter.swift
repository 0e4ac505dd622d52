import JSON
import NIOCore

/// Decides what answers a request inside a legacy session; runs nothing itself.
struct MethodRouter: Sendable {
    /// What to do for a request.
    enum Outcome {
        case result(ByteBuffer)
        case error(RPCError)
        case call(ToolInvocation)
    }
    let catalogue: ToolCatalogue
    private let handshakes: [ProtocolRevision: ByteBuffer]

    init(configuration: MCPConfiguration, catalogue: ToolCatalogue) {
        self.catalogue = catalogue
        self.handshakes = Dictionary(
            uniqueKeysWithValues: ProtocolRevision.legacy.map { revision in
                (revision, MethodRouter.handshake(configuration, revision: revision))
            })
    }

    /// The `InitializeResult` object of a revision.
    func handshake(for revision: ProtocolRevision) -> ByteBuffer {
        self.handshakes[revision] ?? ByteBuffer(string: "{}")
    }

    func route(_ method: String, params: JSONValue?, revision: ProtocolRevision) -> Outcome {
        var members: JSONObject = [:]
        switch params {
        case nil, .null: break
        case .object(let object): members = object
        case .some(let other): return .error(RPCError(.invalidParams, "params must be an object, not \(other.kind)."))
        }
        switch method {
        case "ping": return .result(ByteBuffer(string: "{}"))
        case "tools/list": return self.listTools(members, revision: revision)
        case "tools/call": return self.callTool(members)
        case "initialize": return .error(RPCError(.invalidRequest, "This session is already initialized."))
        default: return .error(RPCError(.methodNotFound, "There is no method \"\(method.prefix(64))\"."))
        }
    }

    private func listTools(_ params: JSONObject, revision: ProtocolRevision) -> Outcome {
        switch params["cursor"] {
        case nil, .null, "": return .result(self.catalogue.listing(for: revision))
        default: return .error(RPCError(.invalidParams, "There is no such cursor: the list has one page."))
        }
    }

    private func callTool(_ params: JSONObject) -> Outcome {
        guard let name = params["name"]?.stringValue else {
            return .error(RPCError(.invalidParams, "params.name must be the name of a tool."))
        }
        guard let tool = self.catalogue[name] else {
            let names = self.catalogue.names.joined(separator: ", ")
            return .error(RPCError(.invalidParams, "There is no tool \"\(name.prefix(64))\"; there are: \(names)."))
        }
        let arguments: JSONObject
        switch params["arguments"] {
        case nil, .null: arguments = [:]
        case .object(let object): arguments = object
        case .some(let other):
            return .error(RPCError(.invalidParams, "params.arguments must be an object, not \(other.kind)."))
        }
        return .call(
            ToolInvocation(
                tool: tool, arguments: arguments, progressToken: ProgressToken(meta: params["_meta"])))
    }

    private static func handshake(_ configuration: MCPConfiguration, revision: ProtocolRevision) -> ByteBuffer {
        var info: JSONObject = ["name": .string(configuration.serverName)]
        if revision >= .june2025 { info["title"] = configuration.serverTitle.map { .string($0) } }
        info["version"] = .string(configuration.serverVersion)
        var result: JSONObject = [
            "protocolVersion": .string(revision.rawValue),
            "capabilities": ["tools": [:]],
            "serverInfo": .object(info),
        ]
        result["instructions"] = configuration.instructions.map { .string($0) }
        var buffer = ByteBuffer()
        buffer.writeJSON(.object(result))
        return buffer
    }
}
