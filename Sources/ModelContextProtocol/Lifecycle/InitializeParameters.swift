import JSON

/// What a client says of itself when it opens a session.
struct InitializeParameters: Equatable {
    let protocolVersion: String

    /// - Throws: `-32602` that names the first member missing or of the wrong type.
    init(_ params: JSONValue?) throws(RPCError) {
        guard let params = params?.objectValue else {
            throw RPCError(.invalidParams, "\"initialize\" needs params with a protocolVersion.")
        }
        guard let version = params["protocolVersion"]?.stringValue else {
            throw RPCError(.invalidParams, "params.protocolVersion must be a string such as \"2025-11-25\".")
        }
        for key in ["capabilities", "clientInfo"] {
            if let value = params[key], value.objectValue == nil {
                throw RPCError(.invalidParams, "params.\(key) must be an object, not \(value.kind).")
            }
        }
        self.protocolVersion = version
    }
}
