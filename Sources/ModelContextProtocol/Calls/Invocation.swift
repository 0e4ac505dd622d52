import JSON
import NIOCore

/// A request whose parameters have been read, ready to run as often as its handler needs.
struct Invocation: Sendable {
    /// The method and name for logs, such as `tools/call` and `run_code`.
    let method: String
    let name: String
    /// Whether a failure of the work is told as a tool result.
    let isTool: Bool
    let work: Work
    let progressToken: ProgressToken?
    /// How long the work may take before it goes on as a task, where the client can follow one; nil for ever.
    var taskAfter: Duration?

    enum Work: Sendable {
        case immediate(@Sendable (RequestContext) throws -> ResultBody)
        case suspending(@Sendable (RequestContext) async throws -> ResultBody)
    }

    /// How a handler's throwing ends a request: as an error, or as a tool's result that a model can read.
    func outcome(of error: any Error, for revision: ProtocolRevision) -> Result<ResultBody, RPCError> {
        switch error {
        case let error as RPCError: return .failure(error)
        case let error as MissingCapability:
            if revision.isModern {
                return .failure(
                    RPCError(
                        .missingClientCapability, error.advice,
                        data: ["requiredCapabilities": .object(error.required)]))
            }
            return self.failed(error.advice, .invalidParams, for: revision)
        case let error as ToolFailure: return self.failed(error.text, .internalError, for: revision)
        case let error as ResourceNotFound:
            let message = "There is no resource \"\(error.uri.prefix(200))\"."
            return .failure(RPCError(revision.resourceNotFound, message, data: ["uri": .string(error.uri)]))
        case is CancellationError: return .failure(RPCError(.cancelled, "The request was cancelled."))
        default:
            return self.failed("\(self.name) failed inside the server; try again.", .internalError, for: revision)
        }
    }

    /// A tool's failure is a result that a model reads; other methods have only errors.
    private func failed(
        _ text: String, _ code: RPCError.Code, for revision: ProtocolRevision
    ) -> Result<ResultBody, RPCError> {
        self.isTool
            ? .success(ToolResult.error(text).body(for: revision))
            : .failure(RPCError(code, text))
    }
}
