import JSON

/// What a request of 2026-07-28 says of itself in `params._meta`.
struct RequestMeta: Sendable, Equatable {
    static let revisionKey = "io.modelcontextprotocol/protocolVersion"
    static let capabilitiesKey = "io.modelcontextprotocol/clientCapabilities"
    static let logLevelKey = "io.modelcontextprotocol/logLevel"
    static let serverInfoKey = "io.modelcontextprotocol/serverInfo"
    static let subscriptionKey = "io.modelcontextprotocol/subscriptionId"

    /// As sent, whether it is served or not.
    let revision: String
    let capabilities: ClientCapabilities
    /// The least severe messages the request wants to be told; nil for none.
    let logLevel: LogLevel?

    /// - Throws: `-32602` that names what is missing or of the wrong type.
    init(_ meta: JSONValue?) throws(RPCError) {
        let missing = [Self.revisionKey, Self.capabilitiesKey].filter { meta?[$0] == nil }
        guard missing.isEmpty else {
            throw RPCError(
                .invalidParams, "params._meta lacks \(missing.map { "\"\($0)\"" }.joined(separator: " and ")).",
                data: ["missing": .array(missing.map { .string($0) })])
        }
        guard let revision = meta?[Self.revisionKey]?.stringValue else {
            throw RPCError(.invalidParams, "\"\(Self.revisionKey)\" must be a string.")
        }
        guard let capabilities = meta?[Self.capabilitiesKey], capabilities.objectValue != nil else {
            throw RPCError(.invalidParams, "\"\(Self.capabilitiesKey)\" must be an object; it may be empty.")
        }
        self.revision = revision
        self.capabilities = ClientCapabilities(capabilities, revision: .july2026)
        switch meta?[Self.logLevelKey] {
        case nil, .null: self.logLevel = nil
        case .some(let value):
            guard let level = value.stringValue.flatMap({ LogLevel(name: $0) }) else {
                throw RPCError(.invalidParams, "\"\(Self.logLevelKey)\" must be one of \(LogLevel.names).")
            }
            self.logLevel = level
        }
    }
}
