package import NIOHTTP1
package import UpstreamPipeline

/// A client's request after every check, as a cache and the origin see it.
package struct ProxyRequest: Sendable {
    package var method: String
    /// `http` or `https`, as the client came.
    package var scheme: String
    /// The Host the client asked for; empty when it named none (HTTP/1.0).
    package var host: String
    /// Path and query as the client sent them.
    package var target: String
    /// Path and query as they go to the origin.
    package var originTarget: String
    /// End-to-end headers as they go to the origin: hop-by-hop ones are gone, `Via` and `Forwarded` are in.
    package var headers: HTTPHeaders
    package var body: StreamRequest.Body
    /// Whether the client takes trailers.
    package var takesTrailers: Bool
    /// Called with each interim answer, without what ends at this hop, from any thread.
    package var onInterim: (@Sendable (AnswerHead) -> Void)?

    package var streamRequest: StreamRequest {
        var request = StreamRequest(
            method: self.method, target: self.originTarget, headers: self.headers, body: self.body)
        request.onInterim = self.onInterim
        return request
    }
}
