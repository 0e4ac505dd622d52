import JSON
import NIOCore

/// Decides what answers a request of the methods that all revisions share; runs nothing itself.
struct FeatureRouter: Sendable {
    enum Route: Sendable {
        case result(ResultBody)
        case invoke(Invocation)
        /// The server has no such method, or does not declare what it belongs to.
        case unknown
    }
    let catalogue: FeatureCatalogue

    func route(
        _ method: String, _ params: Params, meta: JSONValue?, revision: ProtocolRevision
    ) throws(RPCError) -> Route {
        let features = self.catalogue.features
        switch method {
        case "tools/call" where !features.tools.isEmpty: return .invoke(try self.call(params, meta))
        case "tools/list" where !features.tools.isEmpty:
            return try self.list(self.catalogue.toolListing, params, revision)
        case "resources/list" where features.hasResources:
            return try self.list(self.catalogue.resourceListing, params, revision)
        case "resources/templates/list" where features.hasResources:
            return try self.list(self.catalogue.templateListing, params, revision)
        case "resources/read" where features.hasResources: return .invoke(try self.read(params, meta))
        case "prompts/list" where !features.prompts.isEmpty:
            return try self.list(self.catalogue.promptListing, params, revision)
        case "prompts/get" where !features.prompts.isEmpty: return .invoke(try self.prompt(params, meta))
        case "completion/complete" where features.hasCompletions: return .result(try self.complete(params))
        default: return .unknown
        }
    }

    private func list(_ listing: Listing, _ params: Params, _ revision: ProtocolRevision) throws(RPCError) -> Route {
        let page = try listing.page(at: try params.value("cursor"), for: revision)
        return .result(ResultBody(members: page, caching: self.catalogue.caching))
    }

    private func call(_ params: Params, _ meta: JSONValue?) throws(RPCError) -> Invocation {
        let name = try params.string("name")
        guard let tool = self.catalogue.tools[name] else {
            let names = self.catalogue.tools.keys.sorted().joined(separator: ", ")
            throw RPCError(.invalidParams, "There is no tool \"\(name.prefix(64))\"; there are: \(names).")
        }
        let arguments = try params.object("arguments") ?? [:]
        let work = tool.handler.work {
            ToolCall(arguments: arguments, context: $0)
        } body: {
            $0.body(for: $1)
        }
        return Invocation(
            method: "tools/call", name: name, isTool: true, work: work, progressToken: ProgressToken(meta: meta),
            taskAfter: tool.taskAfter)
    }

    private func read(_ params: Params, _ meta: JSONValue?) throws(RPCError) -> Invocation {
        let uri = try params.string("uri")
        let caching = self.catalogue.caching
        guard let (handler, variables) = self.reader(of: uri) else {
            let missing = ResourceNotFound(uri: uri)
            return Invocation(
                method: "resources/read", name: "resources/read", isTool: false,
                work: .immediate { _ in throw missing },
                progressToken: nil)
        }
        let work = handler.work {
            ResourceCall(uri: uri, variables: variables, context: $0)
        } body: { contents, _ in
            FeatureRouter.body(of: contents, caching)
        }
        return Invocation(
            method: "resources/read", name: "resources/read", isTool: false, work: work,
            progressToken: ProgressToken(meta: meta))
    }

    private func reader(
        of uri: String
    ) -> (handler: Handler<ResourceCall, [ResourceContents]>, variables: [String: String])? {
        if let resource = self.catalogue.resources[uri] { return (resource.handler, [:]) }
        guard uri.utf8.count <= 2048 else { return nil }
        for (pattern, template) in self.catalogue.templates {
            if let variables = pattern.match(uri) { return (template.handler, variables) }
        }
        return nil
    }

    private static func body(of contents: [ResourceContents], _ caching: CachingHint) -> ResultBody {
        var buffer = ByteBuffer()
        buffer.writeStaticString("\"contents\":[")
        for (index, item) in contents.enumerated() {
            if index > 0 { buffer.writeStaticString(",") }
            item.write(into: &buffer)
        }
        buffer.writeStaticString("]")
        return ResultBody(members: buffer, caching: caching)
    }

    private func prompt(_ params: Params, _ meta: JSONValue?) throws(RPCError) -> Invocation {
        let name = try params.string("name")
        guard let prompt = self.catalogue.prompts[name] else {
            let names = self.catalogue.prompts.keys.sorted().joined(separator: ", ")
            throw RPCError(.invalidParams, "There is no prompt \"\(name.prefix(64))\"; there are: \(names).")
        }
        let arguments = try FeatureRouter.texts(try params.object("arguments") ?? [:], of: "arguments")
        for argument in prompt.arguments where argument.isRequired && arguments[argument.name] == nil {
            throw RPCError(.invalidParams, "The prompt \"\(name)\" needs the argument \"\(argument.name)\".")
        }
        let work = prompt.handler.work {
            PromptCall(arguments: arguments, context: $0)
        } body: {
            $0.body(for: $1)
        }
        return Invocation(
            method: "prompts/get", name: name, isTool: false, work: work, progressToken: ProgressToken(meta: meta))
    }

    private func complete(_ params: Params) throws(RPCError) -> ResultBody {
        guard let reference = try params.object("ref"), let argument = try params.object("argument"),
            let name = argument["name"]?.stringValue, let value = argument["value"]?.stringValue
        else {
            throw RPCError(.invalidParams, "completion/complete needs params.ref and params.argument {name, value}.")
        }
        let chosen = try params.object("context")?["arguments"]?.objectValue ?? [:]
        let call = CompletionCall(name: name, value: value, chosen: try FeatureRouter.texts(chosen, of: "context"))
        let values = try self.completer(reference, argument: name)?(call) ?? []
        let shown = values.prefix(100)
        return ResultBody([
            "completion": [
                "values": .array(shown.map { .string($0) }), "total": JSONValue(values.count),
                "hasMore": .bool(values.count > shown.count),
            ]
        ])
    }

    private func completer(_ reference: JSONObject, argument: String) throws(RPCError) -> Completer? {
        switch reference["type"]?.stringValue {
        case "ref/prompt":
            guard let prompt = reference["name"]?.stringValue.flatMap({ self.catalogue.prompts[$0] }) else {
                throw RPCError(.invalidParams, "params.ref names no prompt of this server.")
            }
            return prompt.arguments.first { $0.name == argument }?.complete
        case "ref/resource":
            let uri = reference["uri"]?.stringValue
            guard let found = self.catalogue.templates.first(where: { $0.template.uriTemplate == uri }) else {
                if let uri, self.catalogue.resources[uri] != nil { return nil }
                throw RPCError(.invalidParams, "params.ref names no resource template of this server.")
            }
            return found.pattern.variables.contains(argument) ? found.template.complete : nil
        default: throw RPCError(.invalidParams, "params.ref.type must be \"ref/prompt\" or \"ref/resource\".")
        }
    }

    private static func texts(_ object: JSONObject, of key: String) throws(RPCError) -> [String: String] {
        var texts: [String: String] = [:]
        for (name, value) in object where !value.isNull {
            guard let text = value.stringValue else {
                throw RPCError(.invalidParams, "params.\(key).\(name.prefix(64)) must be a string, not \(value.kind).")
            }
            texts[name] = text
        }
        return texts
    }
}
