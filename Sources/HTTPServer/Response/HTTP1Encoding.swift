import HTTPSyntax
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
    static let chunkEnd = ByteBuffer(staticString: "\r\n")
    /// Chunks up to this size are copied into one buffer with their frame; larger ones are written beside it.
    static let copiedChunkBytes = 4096

    private static let lastChunk = ByteBuffer(staticString: "0\r\n\r\n")

    /// Bodies up to this size travel in the same buffer as the head.
    private static let inlineBodyBytes = 16 * 1024
    /// Status line, framing headers and line ends.
    private static let frameBytes = 256

    /// Status line and headers, and the body when it is small.
    ///
    /// - Returns: the first buffer to write, and a large body to write after it.
    static func encode(_ response: ComposedResponse, _ persistence: Persistence, isChunked: Bool = false)
        -> (ByteBuffer, body: ByteBuffer?)
    {
        let isInline = response.body.readableBytes <= self.inlineBodyBytes
        var size = self.frameBytes + (isInline ? response.body.readableBytes : 0)
        response.forEachHeader { size += $0.utf8.count + $1.utf8.count + 4 }
        var buffer = ByteBufferAllocator().buffer(capacity: size)
        unsafe buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 0) { target in
            var output = unsafe BoundedOutput(target)
            self.write(response, persistence, isChunked: isChunked, to: &output)
            if isInline { unsafe response.body.withUnsafeReadableBytes { unsafe output.append($0) } }
            return output.count
        }
        return (buffer, isInline ? nil : response.body)
    }

    private static func write(
        _ response: ComposedResponse, _ persistence: Persistence, isChunked: Bool, to output: inout BoundedOutput
    ) {
        output.append("HTTP/1.1 ")
        output.append(decimal: Int(response.status.code))
        output.append(" ")
        // Phrases of a handler's own are cut rather than trusted to be short.
        output.append(response.status.reasonPhrase, atMost: 64)
        output.append("\r\n")
        response.forEachHeader {
            output.append($0)
            output.append(": ")
            output.append($1)
            output.append("\r\n")
        }
        if isChunked { output.append("transfer-encoding: chunked\r\n") }
        switch persistence {
        case .keepAlive: break
        case .explicitKeepAlive: output.append("connection: keep-alive\r\n")
        case .close: output.append("connection: close\r\n")
        }
        output.append("\r\n")
    }

    /// What ends a chunked body: trailers that could break the message apart are left out.
    static func lastChunk(trailers: HTTPHeaders) -> ByteBuffer {
        guard !trailers.isEmpty else { return self.lastChunk }
        var buffer = ByteBuffer(string: "0\r\n")
        for (name, value) in trailers where FieldSyntax.isName(name) && FieldSyntax.isValue(value) {
            buffer.writeString("\(name): \(value)\r\n")
        }
        buffer.writeStaticString("\r\n")
        return buffer
    }

    static func chunkStart(_ bytes: Int) -> ByteBuffer { ByteBuffer(string: String(bytes, radix: 16) + "\r\n") }

    /// One chunk of a chunked body.
    static func chunk(_ bytes: ByteBuffer) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: bytes.readableBytes + 20)
        buffer.writeString(String(bytes.readableBytes, radix: 16))
        buffer.writeStaticString("\r\n")
        buffer.writeImmutableBuffer(bytes)
        buffer.writeStaticString("\r\n")
        return buffer
    }
}
