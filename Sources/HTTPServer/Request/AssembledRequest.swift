import NIOCore
import NIOHTTP1

/// A whole request as it came over the wire.
struct AssembledRequest {
    let head: HTTPRequestHead
    let target: RequestTarget
    let body: ByteBuffer

    func request(on connection: ConnectionInfo) -> HTTPRequest {
        HTTPRequest(
            method: self.head.method, path: self.target.path, query: self.target.query, headers: self.head.headers,
            body: self.body, connection: connection)
    }
}
