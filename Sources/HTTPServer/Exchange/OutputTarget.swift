import NIOCore
import NIOHTTP1

/// The response an `OutputPump` writes to; one for each protocol.
protocol OutputTarget: AnyObject {
    /// Whether the client takes in what is written.
    var isWritable: Bool { get }

    func writeOutput(_ bytes: ByteBuffer, from pump: OutputPump)
    /// Everything that is there has been written.
    func flushOutput()
    /// Ends the response in good order.
    func endOutput(trailers: HTTPHeaders, from pump: OutputPump)
    /// Cuts the response off: the client does not read, or the rest of the body is not to be had.
    func abortOutput(_ pump: OutputPump)
}
