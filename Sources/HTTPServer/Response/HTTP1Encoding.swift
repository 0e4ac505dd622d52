import NIOCore
import NIOHTTP1

/// HTTP/1.1 messages as bytes.
enum HTTP1Encoding {
    /// How the client learns whether the connection stays open.
    enum Persistence {
        /// HTTP/1.1 takes it for granted.
        case keepAlive
        /// HTTP/1.0 must be told.
        case explicitKeepAlive
        case close
    }

    static let interim100 = ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n")
    static let lastChunk = ByteBuffer(staticString: "0\r\n\r\n")

    /// Bodies up to this size travel in the same buffer as the head.
    private static let inlineBodyBytes = 16 * 1024

    /// Status line and headers, and the body when it is small.
    ///
    /// - Returns: the first buffer to write, and a large body to write after it.
    static func encode(_ response: HTTPResponse, _ persistence: Persistence, isChunked: Bool = false)
        -> (ByteBuffer, body: ByteBuffer?)
    {
        let isInline = response.body.readableBytes <= self.inlineBodyBytes
        var buffer = ByteBuffer()
        buffer.reserveCapacity(768 + (isInline ? response.body.readableBytes : 0))
        buffer.writeStaticString("HTTP/1.1 ")
        buffer.writeString(String(response.status.code))
        buffer.writeStaticString(" ")
        buffer.writeString(response.status.reasonPhrase)
        buffer.writeStaticString("\r\n")
        for (name, value) in response.headers {
            buffer.writeString(name)
            buffer.writeStaticString(": ")
            buffer.writeString(value)
            buffer.writeStaticString("\r\n")
        }
        if isChunked { buffer.writeStaticString("transfer-encoding: chunked\r\n") }
        switch persistence {
        case .keepAlive: break
        case .explicitKeepAlive: buffer.writeStaticString("connection: keep-alive\r\n")
        case .close: buffer.writeStaticString("connection: close\r\n")
        }
        buffer.writeStaticString("\r\n")
        guard isInline else { return (buffer, response.body) }
        buffer.writeImmutableBuffer(response.body)
        return (buffer, nil)
    }

    /// One chunk of a chunked body.
    static func chunk(_ bytes: ByteBuffer) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(bytes.readableBytes + 20)
        buffer.writeString(String(bytes.readableBytes, radix: 16))
        buffer.writeStaticString("\r\n")
        buffer.writeImmutableBuffer(bytes)
        buffer.writeStaticString("\r\n")
        return buffer
    }
}
