package import NIOCore

/// A whole response that is kept as bytes, so that giving it again builds nothing.
package protocol PrecomposedResponse: Sendable {
    /// What it says, for clients of HTTP/2 and where the bytes do not fit.
    var response: HTTPResponse { get }

    /// The message in the words of HTTP/1.1, `Date` and length included: a first buffer to write, and a large body to
    /// write after it.
    ///
    /// - Parameter fields: header lines about the connection, each with its line end.
    /// - Returns: nil when it is to be composed from ``response``.
    func http1Message(fields: StaticString, allocator: ByteBufferAllocator) -> (head: ByteBuffer, body: ByteBuffer?)?
}
