import JSON
import NIOHTTP1

/// A request of a scenario and its answer, with what the protocol says of the one by the other.
///
/// Reads the body with the strict parser rather than as the server does, so that two readers must agree.
struct PlayedStep {
    /// Which of the two families of revisions a request belongs to; unknown when the body cannot be told strictly.
    enum Era { case legacy, modern, unknown }

    private static let modernRevision = "2026-07-28"

    let step: Step
    let visit: Visit
    /// Whether the server had been shut down when the request came.
    let hasStopped: Bool
    let value: JSONValue?
    let era: Era

    init(step: Step, visit: Visit, hasStopped: Bool) {
        let value = step.value
        (self.step, self.visit, self.hasStopped, self.value) = (step, visit, hasStopped, value)
        let blanks: Set<Character> = [" ", "\t"]
        let versions = Set(step.headers["mcp-protocol-version"].map { $0.filter { !blanks.contains($0) } })
        let claim = value?["params"]?["_meta"]?["io.modelcontextprotocol/protocolVersion"]
        let isPosted = step.method == "POST" && ["/", "/mcp", "/mcp/"].contains(step.path)
        if isPosted, claim != nil || versions == [Self.modernRevision] {
            self.era = .modern
        } else {
            self.era = isPosted && (value == nil || versions.contains(Self.modernRevision)) ? .unknown : .legacy
        }
    }

    var isModern: Bool { self.era != .legacy }

    /// The id that every answer must carry: the body is one request.
    var requestID: JSONValue? {
        guard let value, value["method"]?.stringValue != nil, value["result"] == nil, value["error"] == nil else {
            return nil
        }
        switch value["id"] {
        case .string(let text) where text.utf8.count <= 1024: return value["id"]
        case .number(let number) where number.text.utf8.count <= 32 && !number.text.contains { ".eE".contains($0) }:
            return value["id"]
        default: return nil
        }
    }

    /// Whether the request is a sound handshake.
    var isHandshake: Bool {
        self.step.method == "POST" && self.requestID != nil && self.value?["method"] == "initialize"
            && self.value?["jsonrpc"] == "2.0" && self.value?["params"]?["protocolVersion"]?.stringValue != nil
    }

    /// Whether the answer is the one stream of an HTTP+SSE session.
    var isSharedStream: Bool { self.step.path.hasPrefix("/sse") && self.visit.reply.current.isStream }

    var opensSession: Bool {
        self.isSharedStream || self.visit.reply.current.headers.contains(name: "mcp-session-id")
    }

    /// Whether the message was accepted and its answer comes on the stream of its session.
    var owesOnStream: Bool {
        self.step.path.hasPrefix("/messages") && self.visit.reply.current.status == 202 && self.requestID != nil
    }

    /// Requests of the server's own that have come.
    var questions: Int { self.visit.reply.current.messages.count { $0["method"] != nil && $0["id"] != nil } }

    /// Whether nothing more is to be expected before the client speaks again.
    func isSettled(among shared: [PlayedStep]) -> Bool {
        if self.owesOnStream {
            return shared.allSatisfy { $0.visit.reply.current.hasEnded }
                || shared.contains { $0.visit.reply.current.messages.contains { self.isAnswer($0) } }
        }
        let reply = self.visit.reply.current
        guard reply.status != nil else { return false }
        return !reply.isStream || reply.hasEnded || self.step.method == "GET"
            || reply.messages.last?["method"] == "notifications/subscriptions/acknowledged"
    }

    /// Whether a message is the answer to this request.
    func isAnswer(_ message: JSONValue) -> Bool {
        message["id"] == self.requestID && (message["result"] != nil || message["error"] != nil)
    }
}
