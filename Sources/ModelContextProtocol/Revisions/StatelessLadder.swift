import JSON
import NIOCore
import NIOHTTP1

/// Checks a request of 2026-07-28 before anything is done for it; the first thing wrong decides the answer.
struct StatelessLadder {
    /// An answer with an HTTP status of its own.
    struct Refusal: Error, Equatable {
        let status: UInt
        let error: RPCError

        init(_ status: UInt, _ error: RPCError) {
            self.status = status
            self.error = error
        }
    }
    let catalogue: FeatureCatalogue

    func check(
        _ message: ScannedMessage, method: String, params: Params, fields: RequestFields, headers: HTTPHeaders
    ) throws(Refusal) -> RequestMeta {
        let meta = try self.refusing { () throws(RPCError) in try RequestMeta(message.meta) }
        try self.checkRevision(meta.revision, fields)
        try self.match("mcp-method", fields.method, with: method, "the method")
        if let key = StatelessLadder.nameKey(of: method),
            let name = try self.refusing({ () throws(RPCError) in try params.value(key)?.stringValue })
        {
            // FastMCP's client of the tasks extension leaves it out there.
            if fields.name != .absent || !method.hasPrefix("tasks/") {
                try self.match("mcp-name", fields.name, with: name, "params.\(key)")
            }
        }
        guard self.knows(method) else {
            throw Refusal(404, RPCError(.methodNotFound, "There is no method \"\(method.prefix(64))\"."))
        }
        if method.hasPrefix("tasks/"), !meta.capabilities.tracksTasks {
            let required: JSONObject = ["extensions": [TaskExtension.identifier: [:]]]
            throw Refusal(
                400,
                RPCError(
                    .missingClientCapability, "Declare the extension \(TaskExtension.identifier) to use \(method).",
                    data: ["requiredCapabilities": .object(required)]))
        }
        if method == "tools/call" { try self.checkParameters(params, headers) }
        return meta
    }

    private func checkRevision(_ revision: String, _ fields: RequestFields) throws(Refusal) {
        switch fields.version {
        case .single(revision): break
        case .single, .conflicting:
            throw Refusal(
                400, RPCError(.headerMismatch, "MCP-Protocol-Version and the request's _meta name different revisions.")
            )
        case .absent:
            throw Refusal(
                400,
                RPCError(
                    .headerMismatch, "The header MCP-Protocol-Version is missing: send \"\(revision.prefix(32))\"."))
        }
        guard ProtocolRevision.modern.contains(where: { $0.rawValue == revision }) else {
            throw Refusal(
                400,
                RPCError(
                    .unsupportedVersion,
                    "Revision \"\(revision.prefix(32))\" is not served by self-describing requests.",
                    data: [
                        "supported": .array(ProtocolRevision.modern.map { .string($0.rawValue) }),
                        "requested": .string(revision),
                    ]))
        }
    }

    private func match(
        _ name: String, _ field: HeaderField, with value: String, _ what: String
    ) throws(Refusal) {
        switch field {
        case .single(let text) where RoutingHeader.decode(text)?.utf8.elementsEqual(value.utf8) ?? false: return
        case .single: throw Refusal(400, RPCError(.headerMismatch, "The header \(name) and \(what) differ."))
        case .conflicting: throw Refusal(400, RPCError(.headerMismatch, "The header \(name) is given twice."))
        case .absent:
            throw Refusal(400, RPCError(.headerMismatch, "The header \(name) is missing: it repeats \(what)."))
        }
    }

    private func checkParameters(_ params: Params, _ headers: HTTPHeaders) throws(Refusal) {
        let name = try self.refusing { () throws(RPCError) in try params.value("name")?.stringValue } ?? ""
        guard let parameters = self.catalogue.headerParameters[name] else { return }
        let arguments = try self.refusing { () throws(RPCError) in try params.value("arguments")?.objectValue } ?? [:]
        for parameter in parameters {
            let field = HeaderField(parameter.header, in: headers, acceptsRepetition: false)
            if let error = parameter.mismatch(field, arguments) { throw Refusal(400, error) }
        }
    }

    /// The parameter that `Mcp-Name` repeats.
    private static func nameKey(of method: String) -> String? {
        switch method {
        case "tools/call", "prompts/get": "name"
        case "resources/read": "uri"
        case "tasks/get", "tasks/update", "tasks/cancel": "taskId"
        default: nil
        }
    }

    private func knows(_ method: String) -> Bool {
        let features = self.catalogue.features
        return switch method {
        case "server/discover", "subscriptions/listen": true
        case "tools/list", "tools/call": !features.tools.isEmpty
        case "resources/list", "resources/templates/list", "resources/read": features.hasResources
        case "prompts/list", "prompts/get": !features.prompts.isEmpty
        case "completion/complete": features.hasCompletions
        case "tasks/get", "tasks/update", "tasks/cancel": features.runsTasks
        default: false
        }
    }

    /// What cannot be read is answered 400.
    private func refusing<Value>(_ body: () throws(RPCError) -> Value) throws(Refusal) -> Value {
        do { return try body() } catch { throw Refusal(400, error) }
    }
}
