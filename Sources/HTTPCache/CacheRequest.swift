package import NIOHTTP1

/// What the cache needs to know of a request.
package struct CacheRequest: Sendable {
    package var method: HTTPMethod
    /// Host and port as the client named them.
    package var authority: String
    /// Path and query, as they came: the cache knows no two spellings of one target.
    package var target: String
    package var headers: HTTPHeaders
    /// Whether content came with it; a GET with content is passed on and never answered from here.
    package var hasBody: Bool

    package init(
        method: HTTPMethod, authority: String, target: String, headers: HTTPHeaders = [:], hasBody: Bool = false
    ) {
        self.method = method
        self.authority = authority
        self.target = target
        self.headers = headers
        self.hasBody = hasBody
    }
}
