import JSON

/// What may never go over a wire, whatever was asked: members and forms of another revision.
struct WireRules {
    let wire: Wire

    static let cacheable: Set<String> = [
        "server/discover", "tools/list", "prompts/list", "resources/list", "resources/templates/list", "resources/read",
    ]

    /// What is wrong with the answer to `method`, and with what came before it.
    func violations(in reply: Reply, to method: String) -> [String] {
        var found = self.violations(in: reply.message)
        if let result = reply.result {
            found += self.wire.isModern ? self.modern(result, method) : self.legacy(result)
            found += Members(revision: self.wire.revision).unknown(in: result, of: method)
        }
        for message in reply.earlier { found += self.violations(in: message) }
        for event in reply.events { found += self.violations(in: event) }
        return found
    }

    /// The form of one JSON-RPC message.
    func violations(in message: JSONValue) -> [String] {
        var found: [String] = []
        if message["jsonrpc"] != "2.0" { found.append("jsonrpc is not 2.0") }
        let parts = ["method", "result", "error"].filter { message[$0] != nil }
        if parts.count != 1 { found.append("has \(parts)") }
        if message["id"] == .null { found.append("id is null") }
        if let error = message["error"], error["code"]?.isInteger != true || error["message"]?.stringValue == nil {
            found.append("error without code and message")
        }
        let allowed: Set<String> = ["jsonrpc", "id", "method", "params", "result", "error"]
        found += message.keys.subtracting(allowed).sorted().map { "unknown member \($0)" }
        if self.wire.isModern, message["method"] != nil, message["id"] != nil { found.append("a server request") }
        return found
    }

    /// The form of one server-sent event.
    func violations(in event: Event) -> [String] {
        var found: [String] = []
        if self.wire.isModern, event.id != nil || event.retry != nil { found.append("an event id or retry") }
        if (event.data ?? "").isEmpty, self.wire.revision != .v2025_11_25 { found.append("an event without data") }
        let type = self.wire.transport == .httpSSE ? ["message"] : [nil, "message"]
        if !type.contains(event.type) { found.append("event type \(event.type ?? "none")") }
        return found
    }

    private func modern(_ result: JSONValue, _ method: String) -> [String] {
        var found: [String] = []
        if result["resultType"]?.stringValue == nil { found.append("no resultType") }
        let info = result["_meta"]?[ModernRequest.serverInfoKey]
        if info?["name"]?.stringValue == nil || info?["version"]?.stringValue == nil {
            found.append("no serverInfo in _meta")
        }
        if result["serverInfo"] != nil { found.append("serverInfo outside _meta") }
        let isComplete = result["resultType"] == "complete"
        if WireRules.cacheable.contains(method), isComplete {
            if result["ttlMs"]?.isInteger != true || (result["ttlMs"]?.intValue ?? -1) < 0 { found.append("no ttlMs") }
            if !["public", "private"].contains(result["cacheScope"]?.stringValue) { found.append("no cacheScope") }
        }
        if result["resultType"] == "input_required", result["ttlMs"] != nil || result["cacheScope"] != nil {
            found.append("caching hints on input_required")
        }
        return found
    }

    private func legacy(_ result: JSONValue) -> [String] {
        let foreign = ["resultType", "ttlMs", "cacheScope", "inputRequests", "requestState"]
        var found = foreign.filter { result[$0] != nil }
        if let meta = result["_meta"] {
            found += meta.keys.filter { $0 == ModernRequest.serverInfoKey || $0 == ModernRequest.subscriptionKey }
        }
        return found
    }
}
