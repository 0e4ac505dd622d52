import NIOCore
import Streaming

/// Where the answer to an exchange goes; one for each protocol.
///
/// Used on the event loop only.
protocol ExchangeSink: AnyObject {
    /// Whether the client takes in what is written.
    var isWritable: Bool { get }

    func send(_ response: HTTPResponse, for exchange: Exchange)
    func startStream(_ pipe: BodyPipe, _ start: StreamStart, for exchange: Exchange)
    /// Bytes may be waiting in the pipe, or it has ended.
    func streamHasMore(for exchange: Exchange)
}
