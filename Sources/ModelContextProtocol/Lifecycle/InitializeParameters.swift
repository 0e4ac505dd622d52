import JSON

/// What a client says of itself when it opens a session.
struct InitializeParameters: Equatable {
    let protocolVersion: String
    let capabilities: JSONValue?

    /// - Throws: `-32602` that names the first member missing or of the wrong type.
    init(_ params: Params) throws(RPCError) {
        guard let version = try params.value("protocolVersion")?.stringValue else {
            throw RPCError(.invalidParams, "params.protocolVersion must be a string such as \"2025-11-25\".")
        }
        self.capabilities = try params.object("capabilities").map { .object($0) }
        _ = try params.object("clientInfo")
        self.protocolVersion = version
    }

    /// What the session goes by from now on.
    var agreement: MCPSession.Agreement {
        let revision = ProtocolRevision.negotiated(requested: self.protocolVersion)
        return MCPSession.Agreement(
            revision: revision, client: ClientCapabilities(self.capabilities, revision: revision))
    }
}
