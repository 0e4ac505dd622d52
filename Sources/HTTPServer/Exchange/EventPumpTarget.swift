import NIOCore

/// The response an `EventPump` writes to; one for each protocol.
protocol EventPumpTarget: AnyObject {
    /// Whether the client takes in what is written.
    var isWritable: Bool { get }

    /// Writes and flushes.
    func writeEvents(_ bytes: ByteBuffer, from pump: EventPump)
    /// Ends the response in good order.
    func endEvents(_ pump: EventPump)
    /// Cuts the response off, because the client does not read.
    func abortEvents(_ pump: EventPump)
}
