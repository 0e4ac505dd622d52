import NIOHTTP1

/// What must be remembered of a request until it is answered.
struct CurrentRequest {
    let exchange: Exchange
    let method: HTTPMethod
    let version: HTTPVersion
    /// Empty once they are not needed any more.
    var headers: HTTPHeaders
    /// Whether the head of the stream that answers it said that the connection stays open.
    var persists = false
    /// Whether that answer goes out in chunks.
    var isChunked = false
}
