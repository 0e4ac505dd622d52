import NIOHTTP1

/// What must be remembered of a request until it is answered.
struct CurrentRequest {
    let exchange: Exchange
    let method: HTTPMethod
    let version: HTTPVersion
    let headers: HTTPHeaders
}
