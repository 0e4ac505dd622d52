import NIOHTTP1

/// Decides which era a request to the MCP endpoint belongs to, and what it is there.
///
/// The body is the source of truth and the version header a cross-check, so a request whose header a proxy removed is
/// still understood. Knows no session: whether one is alive is asked afterwards.
struct RequestClassifier {
    /// What to do with a request by its HTTP method.
    enum MethodDecision: Equatable {
        case message, openStream, endSession
        case notAllowed(allow: String)
    }
    /// What a POST carries.
    enum Decision: Equatable {
        /// A legacy handshake.
        case initialize(RequestID)
        case request(RequestID, method: String)
        case notification(method: String)
        /// An answer to a request of ours.
        case response
        /// A request of 2026-07-28 that describes itself.
        case modernRequest(RequestID, method: String)
        case modernNotification
        /// Answered 400.
        case refused(RPCError, id: RequestID?)
    }

    static func classify(method: HTTPMethod, version: HeaderField) -> MethodDecision {
        let isModern = version.value.flatMap { ProtocolRevision(rawValue: $0) }?.isModern ?? false
        switch method {
        case .POST: return .message
        case .GET, .DELETE: return isModern ? .notAllowed(allow: "POST") : method == .GET ? .openStream : .endSession
        default: return .notAllowed(allow: isModern ? "POST" : "GET, POST, DELETE")
        }
    }

    static func classify(_ body: MessageScanner.Body, version: HeaderField) -> Decision {
        let message: ScannedMessage
        switch body {
        case .batch: return .refused(self.batch, id: nil)
        case .scalar: return .refused(RPCError(.invalidRequest, "A JSON-RPC message is a JSON object."), id: nil)
        case .message(let object): message = object
        }
        guard message.isVersion2 else {
            return .refused(RPCError(.invalidRequest, "\"jsonrpc\" must be \"2.0\"."), id: message.requestID)
        }
        switch (message.id, message.method, message.hasOutcome) {
        case (_, .absent, true): return self.legacy(version, id: nil) ?? .response
        case (_, .absent, false):
            let error = RPCError(.invalidRequest, "The message has neither a method nor a result nor an error.")
            return .refused(error, id: message.requestID)
        case (_, .malformed, _):
            return .refused(RPCError(.invalidRequest, "\"method\" must be a string."), id: message.requestID)
        case (_, .named, true):
            let error = RPCError(.invalidRequest, "A message has either a method or an outcome, not both.")
            return .refused(error, id: message.requestID)
        case (.malformed, .named, false):
            let error = RPCError(
                .invalidRequest,
                "\"id\" must be a string of at most \(RequestID.maximumBytes) bytes or an integer; "
                    + "leave it out for a notification.")
            return .refused(error, id: nil)
        case (.absent, .named(let method), false):
            if self.isModern(version) || message.claimedRevision != nil { return .modernNotification }
            return self.legacy(version, id: nil) ?? .notification(method: method)
        case (.valid(let id), .named(let method), false):
            if message.claimedRevision != nil { return .modernRequest(id, method: method) }
            return self.classifyLegacy(id, method: method, version: version)
        }
    }

    private static func classifyLegacy(_ id: RequestID, method: String, version: HeaderField) -> Decision {
        switch (self.isModern(version), method) {
        case (true, "initialize"):
            let error = RPCError(
                .headerMismatch,
                "\"initialize\" opens a session of \(ProtocolRevision.legacyNames), "
                    + "but MCP-Protocol-Version says \(version.value ?? ""): leave the header out.")
            return .refused(error, id: id)
        case (true, _):
            let error = RPCError(
                .invalidParams,
                "params._meta lacks \"io.modelcontextprotocol/protocolVersion\" "
                    + "and \"io.modelcontextprotocol/clientCapabilities\".")
            return .refused(error, id: id)
        case (false, "initialize"): return self.legacy(version, id: id) ?? .initialize(id)
        case (false, _): return self.legacy(version, id: id) ?? .request(id, method: method)
        }
    }

    /// A refusal when the version header does not allow legacy traffic; nil when it does, or says nothing.
    static func legacy(_ version: HeaderField, id: RequestID?) -> Decision? {
        switch version {
        case .absent: return nil
        case .single(let text) where ProtocolRevision(rawValue: text).map { !$0.isModern } ?? false: return nil
        case .single(let text):
            let error = RPCError(
                .invalidRequest,
                "MCP-Protocol-Version \"\(text.prefix(32))\" is not supported here; "
                    + "supported: \(ProtocolRevision.legacyNames).")
            return .refused(error, id: id)
        case .conflicting:
            return .refused(RPCError(.invalidRequest, "MCP-Protocol-Version is given twice."), id: id)
        }
    }

    private static func isModern(_ version: HeaderField) -> Bool {
        version.value.flatMap { ProtocolRevision(rawValue: $0) }?.isModern ?? false
    }

    private static let batch = RPCError(
        .invalidRequest, "Batches are not served: send each message in a request of its own.")
}
