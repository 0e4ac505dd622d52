import Compression
package import HTTPCache
import HTTPSyntax
import NIOCore
import NIOHTTP1
import ReverseProxy
import Streaming
import UpstreamPipeline

/// Gives text that came uncompressed in gzip to clients that take it.
package struct AnswerCoding: Sendable {
    /// nil passes everything on as it came.
    private let minimumBytes: Int?
    private let compressors: CompressorPool

    package init(minimumBytes: Int?, level: Int) {
        self.minimumBytes = minimumBytes
        self.compressors = CompressorPool(level: level)
    }

    package init(_ configuration: CacheConfiguration) {
        self.init(minimumBytes: configuration.minimumCompressedBytes, level: configuration.compressionLevel)
    }

    /// Changes the head to what goes out.
    ///
    /// - Returns: whether its body is to be compressed by ``compressed(_:on:)``.
    func apply(to head: inout AnswerHead, for request: ProxyRequest) -> Bool {
        guard let minimumBytes else { return false }
        if head.status == 304 {
            if Recoding.confirmsCompressed(head.headers, asked: request.headers) { Recoding.weaken(&head.headers) }
            return false
        }
        guard head.contentLength.map({ $0 >= max(minimumBytes, 1) }) ?? true,
            Recoding.allows(status: head.status, headers: head.headers), !Recoding.isForbidden(by: request.headers)
        else { return false }
        Recoding.addVary(to: &head.headers)
        guard AcceptEncoding(request.headers["accept-encoding"]).prefersGzip else { return false }
        Recoding.describe(&head.headers)
        head.contentLength = nil
        return request.method != "HEAD"
    }

    /// The body in gzip, compressed on the client's event loop.
    func compressed(_ body: BodyPipe, on eventLoop: any EventLoop) -> CompressedBody {
        let compressed = CompressedBody(body, compressors: self.compressors, eventLoop: eventLoop)
        compressed.run()
        return compressed
    }
}
