import FuzzSupport
import JSON
import NIOHTTP1

/// What must hold of every answer, whatever was asked.
extension PlayedStep {
    private static let statuses: Set<Int> = [200, 202, 204, 400, 401, 403, 404, 405, 406, 409, 413, 415, 503]

    func check() {
        let reply = self.visit.reply.current
        self.demand(reply.answers == 1 || (reply.clientHasLeft && reply.answers == 0), "\(reply.answers) answers")
        guard let status = reply.status else { return }
        self.demand(Self.statuses.contains(status), "status \(status)")
        self.demand(status == 503 || !self.hasStopped || [204, 403].contains(status), "\(status) after the end")
        self.demand(status != 503 || self.hasStopped, "503 before the end")
        for (name, value) in reply.headers {
            let isSound = value.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 9 }
            self.demand(isSound, "the header \(name) cannot be sent")
        }
        if reply.isStream { self.checkStream(reply) } else { self.checkBody(reply, status) }
        for message in reply.messages { self.check(message) }
        if reply.headers.contains(name: "mcp-session-id") {
            self.demand(self.isHandshake && self.era == .legacy, "a session for something other than a handshake")
            self.demand(reply.messages.contains { $0["result"] != nil }, "a session for a handshake that failed")
        }
        self.checkIDs(reply, status)
    }

    // MARK: Forms

    private func checkStream(_ reply: Reply.State) {
        self.demand(reply.parser.isBetweenEvents, "the stream ends within an event")
        for (index, event) in reply.parser.events.enumerated() {
            switch String(decoding: event.type, as: UTF8.self) {
            case "endpoint": self.demand(self.isSharedStream && index == 0, "an endpoint where there is none")
            case "message": self.demand(Self.parses(event.data), "an event that is not JSON")
            default: self.demand(event.data.isEmpty && !event.id.isEmpty, "an event of no known type")
            }
        }
    }

    private func checkBody(_ reply: Reply.State, _ status: Int) {
        if reply.headers.first(name: "content-type") == "application/json" {
            self.demand(Self.parses(reply.body), "a body that is not JSON")
            self.demand(!reply.messages.isEmpty, "an empty batch")
        } else {
            let isPlain = reply.body.isEmpty || (status == 202 && reply.body == Array("Accepted".utf8))
            self.demand([202, 204].contains(status) && isPlain, "a \(status) that is not JSON")
        }
        self.demand(status != 405 || reply.headers.contains(name: "allow"), "a 405 without Allow")
    }

    private static func parses(_ text: [UInt8]) -> Bool {
        (try? JSONValue(parsing: text, maximumDepth: 200)) != nil
    }

    // MARK: Messages

    private func check(_ message: JSONValue) {
        self.demand(message["jsonrpc"] == "2.0", "a message without its version: \(message.text)")
        let id = message["id"]
        if let method = message["method"] {
            self.demand(method.stringValue != nil, "a method that is no string")
            self.demand(message["result"] == nil && message["error"] == nil, "a request with an outcome")
            self.demand(message["params"].map { $0.objectValue != nil } ?? true, "params that are no object")
        } else if let result = message["result"] {
            self.demand(result.objectValue != nil, "a result that is no object")
            self.demand(id?.stringValue != nil || id?.intValue != nil || id != nil, "a result without an id")
            self.demand(message["error"] == nil, "a result with an error")
            switch self.era {
            case .legacy: self.demand(result["resultType"] == nil, "a legacy result with a type")
            case .modern: self.demand(result["resultType"]?.stringValue != nil, "a result without a type")
            case .unknown: break
            }
        } else {
            let error = message["error"]
            self.demand(error?["code"]?.intValue != nil, "an error without a code: \(message.text)")
            self.demand(error?["message"]?.stringValue != nil, "an error without a message")
        }
        if let id { self.demand(!id.isNull, "an id that is null") }
    }

    /// One request has one answer, which carries its id; so do refusals of what could be read.
    private func checkIDs(_ reply: Reply.State, _ status: Int) {
        guard self.step.method == "POST", ["/", "/mcp", "/mcp/"].contains(self.step.path), let requestID else { return }
        let outcomes = reply.messages.filter { $0["result"] != nil || $0["error"] != nil }
        // Other refusals come before the body is read.
        guard [200, 400, 404].contains(status) else { return }
        // Past this number of members the scanner gives a message up.
        guard self.value?["params"]?.objectValue?.count ?? 0 <= 256 else { return }
        self.demand(outcomes.count <= 1, "\(outcomes.count) answers to one request")
        self.demand(reply.isStream || outcomes.count == 1, "no answer in the body")
        for outcome in outcomes {
            self.demand(outcome["id"] == requestID, "the id \(requestID.text) became \(outcome["id"]?.text ?? "none")")
        }
    }

    private func demand(_ isKept: Bool, _ what: @autoclosure () -> String) {
        promise(isKept, "\(self.step.method) \(self.step.path): \(what())")
    }
}
