import NIOCore
import NIOHTTP1
import Streaming

/// A request as it came over the wire: whole, or with a body that still comes.
struct AssembledRequest {
    var head: HTTPRequestHead
    let target: RequestTarget
    var body = ByteBuffer()
    var trailers: HTTPHeaders = [:]
    var stream: BodyPipe?

    func request(on connection: ConnectionInfo) -> HTTPRequest {
        var request = HTTPRequest(
            method: self.head.method, path: self.target.path, query: self.target.query, headers: self.head.headers,
            body: self.body, connection: connection)
        request.version = self.head.version
        request.trailers = self.trailers
        request.stream = self.stream
        return request
    }
}
