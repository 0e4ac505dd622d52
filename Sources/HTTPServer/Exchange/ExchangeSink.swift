import NIOCore
import NIOHTTP1

/// Where the answer to an exchange goes; one for each protocol.
///
/// Used on the event loop only.
protocol ExchangeSink: AnyObject {
    /// Whether the client takes in what is written.
    var isWritable: Bool { get }

    func send(_ response: HTTPResponse, for exchange: Exchange)
    func startEvents(_ queue: EventQueue, headers: HTTPHeaders, for exchange: Exchange)
    /// Event bytes may be waiting in the queue, or it has been finished.
    func eventsQueued(for exchange: Exchange)
}
