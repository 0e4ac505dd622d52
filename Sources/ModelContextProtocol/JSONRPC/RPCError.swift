import JSON

/// A JSON-RPC error object.
struct RPCError: Error, Sendable, Equatable, CustomStringConvertible {
    enum Code: Int, Sendable {
        case parseError = -32700
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParams = -32602
        case internalError = -32603
        /// The request contradicts its own headers (2026-07-28).
        case headerMismatch = -32020
        /// The request was cancelled; a habit of the SDKs, taken from the Language Server Protocol.
        case cancelled = -32800
    }
    let code: Code
    /// Says what was wrong and what to do; safe to show.
    let message: String
    let data: JSONValue?

    init(_ code: Code, _ message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    init(_ error: JSONError, offset: Int = 0) {
        self.init(.parseError, "Not valid JSON: \(error.code.rawValue) at byte \(error.offset + offset).")
    }

    var description: String { "\(self.code.rawValue): \(self.message)" }
}
