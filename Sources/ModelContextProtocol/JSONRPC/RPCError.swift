package import JSON

/// A JSON-RPC error: what went wrong with a request itself, not with the work it asked for.
package struct RPCError: Error, Equatable, CustomStringConvertible, Sendable {
    /// JSON-RPC 2.0 section 5.1, and the codes the protocol adds.
    package enum Code: Int, Sendable {
        case parseError = -32700
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParams = -32602
        case internalError = -32603
        /// Up to 2025-11-25; later revisions say `invalidParams`.
        case resourceNotFound = -32002
        /// A routing header does not say what the body says (2026-07-28).
        case headerMismatch = -32020
        /// The client does not declare what the request cannot do without (2026-07-28).
        case missingClientCapability = -32021
        /// A self-describing request of a revision that is not served (2026-07-28).
        case unsupportedVersion = -32022
        /// The request was cancelled; a habit of the SDKs, taken from the Language Server Protocol.
        case cancelled = -32800
    }
    package let code: Code
    /// Says what was wrong and what to do; safe to show.
    package let message: String
    package let data: JSONValue?

    package init(_ code: Code, _ message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    init(_ error: JSONError, offset: Int = 0) {
        self.init(.parseError, "Not valid JSON: \(error.code.rawValue) at byte \(error.offset + offset).")
    }

    package var description: String { "\(self.code.rawValue): \(self.message)" }
}
