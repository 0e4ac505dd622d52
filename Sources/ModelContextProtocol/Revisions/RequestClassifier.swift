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
    /// What one message is.
    enum Decision: Equatable {
        /// A legacy handshake.
        case initialize(RequestID)
        case request(RequestID, method: String)
        case notification(method: String)
        /// An answer to a request of ours.
        case response
        /// A request of 2026-07-28: it describes itself, or its header says that it should.
        case selfDescribing(RequestID, method: String)
        /// 2026-07-28 defines no notifications for this transport: they are dropped.
        case dropped
        /// Answered 400.
        case refused(RPCError, id: RequestID?)
    }

    static func classify(method: HTTPMethod, version: HeaderField) -> MethodDecision {
        switch method {
        case .POST: .message
        case .GET, .DELETE:
            self.isModern(version) ? .notAllowed(allow: "POST") : method == .GET ? .openStream : .endSession
        default: .notAllowed(allow: self.isModern(version) ? "POST" : "GET, POST, DELETE")
        }
    }

    static func classify(_ message: ScannedMessage, version: HeaderField) -> Decision {
        guard message.isVersion2 else {
            return .refused(RPCError(.invalidRequest, "\"jsonrpc\" must be \"2.0\"."), id: message.requestID)
        }
        switch (message.id, message.method, message.hasOutcome) {
        case (_, .absent, true):
            guard !self.isModern(version) else {
                let error = RPCError(.invalidRequest, "Requests of this revision take no answers by POST.")
                return .refused(error, id: nil)
            }
            return self.legacy(version, id: nil) ?? .response
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
            if self.isModern(version) || message.isSelfDescribing { return .dropped }
            return self.legacy(version, id: nil) ?? .notification(method: method)
        case (.valid(let id), .named(let method), false):
            return self.classify(message, id, method: method, version: version)
        }
    }

    private static func classify(
        _ message: ScannedMessage, _ id: RequestID, method: String, version: HeaderField
    ) -> Decision {
        if message.isSelfDescribing { return .selfDescribing(id, method: method) }
        guard self.isModern(version) else {
            if let refusal = self.legacy(version, id: id) { return refusal }
            return method == "initialize" ? .initialize(id) : .request(id, method: method)
        }
        guard method == "initialize" else { return .selfDescribing(id, method: method) }
        let error = RPCError(
            .headerMismatch,
            "\"initialize\" opens a session of \(ProtocolRevision.legacyNames), "
                + "but MCP-Protocol-Version says \(version.value ?? ""): leave the header out.")
        return .refused(error, id: id)
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
                    + "supported: \(ProtocolRevision.allCases.map(\.rawValue).joined(separator: ", ")).")
            return .refused(error, id: id)
        case .conflicting:
            return .refused(RPCError(.invalidRequest, "MCP-Protocol-Version is given twice."), id: id)
        }
    }

    static func isModern(_ version: HeaderField) -> Bool {
        version.value.flatMap { ProtocolRevision(rawValue: $0) }?.isModern ?? false
    }
}
