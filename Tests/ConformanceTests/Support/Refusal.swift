import JSON
import Testing

/// How a request is turned away: the HTTP status and the JSON-RPC code.
struct Refusal: Equatable, Sendable, CustomTestStringConvertible {
    let status: Int
    let code: Int

    static let malformedMeta = Refusal(status: 400, code: -32602)
    static let headerMismatch = Refusal(status: 400, code: -32020)
    static let unsupportedVersion = Refusal(status: 400, code: -32022)
    static let unknownMethod = Refusal(status: 404, code: -32601)
    static let missingCapability = Refusal(status: 400, code: -32021)
    static let invalidRequest = Refusal(status: 400, code: -32600)
    static let unreadable = Refusal(status: 400, code: -32700)
    /// Errors of a handler have no HTTP status of their own.
    static let invalidParameters = Refusal(status: 200, code: -32602)

    var testDescription: String { "HTTP \(self.status), \(self.code)" }

    /// The answer is this refusal, as plain JSON, and carries `id`; nil when the request had none that could be read.
    func expect(
        _ answer: Answer, id: JSONValue?, _ comment: @autoclosure () -> Comment? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let comment = comment()
        #expect(
            answer.status == self.status && answer.errorCode == self.code, "\(answer) \(comment?.rawValue ?? "")",
            sourceLocation: sourceLocation)
        #expect(answer.result == nil, comment, sourceLocation: sourceLocation)
        if self.status >= 400 {
            #expect(answer.contentType == "application/json", comment, sourceLocation: sourceLocation)
        }
        let given = answer.reply?["id"]
        if let id {
            #expect(given == id, comment, sourceLocation: sourceLocation)
        } else {
            #expect(given == nil || given == .null, comment, sourceLocation: sourceLocation)
        }
        #expect(answer.error?["message"]?.stringValue?.isEmpty == false, comment, sourceLocation: sourceLocation)
    }
}
