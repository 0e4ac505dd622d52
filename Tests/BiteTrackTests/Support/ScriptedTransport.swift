import JSON
import NIOCore
import Synchronization
import UpstreamPipeline

/// An upstream that answers as it is told, and remembers what it was asked.
final class ScriptedTransport: Transport {
    typealias Answer = @Sendable (TransportRequest) throws(PipelineError) -> TransportResponse

    private let answer: Answer
    private let seen = Mutex<[String]>([])

    init(_ answer: @escaping Answer) { self.answer = answer }

    /// Methods and targets, in order.
    var requests: [String] { self.seen.withLock { $0 } }

    func exchange(_ request: TransportRequest) async throws(PipelineError) -> TransportResponse {
        self.seen.withLock { $0.append("\(request.method) \(request.target)") }
        return try self.answer(request)
    }

    static func json(_ status: Int, _ body: JSONValue) -> TransportResponse {
        TransportResponse(
            status: status, headers: [("content-type", "application/json; charset=utf-8")],
            body: ByteBuffer(bytes: body.serialized))
    }
}
