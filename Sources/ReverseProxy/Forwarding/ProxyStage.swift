package import HTTPServer
package import Streaming
package import UpstreamPipeline

/// An origin's answer, without what ends at this hop.
package struct ProxyAnswer: Sendable {
    /// End-to-end headers, `Via` in; no framing headers, which follow from ``AnswerHead/contentLength``.
    package var head: AnswerHead
    /// The body as the origin coded it.
    ///
    /// Closing it gives the exchange up; a failure means that it broke off.
    package var body: BodyPipe

    package init(head: AnswerHead, body: BodyPipe) {
        self.head = head
        self.body = body
    }
}

/// What stands between the checks of a request and its origin: nothing, or a cache.
package protocol ProxyStage: Sendable {
    /// Called on the client's event loop for a request without content, checked but not yet translated for the origin.
    ///
    /// - Returns: whether the client has been answered; else ``handle(_:from:through:)`` follows.
    func answerAtOnce(_ request: HTTPRequest, from client: ProxyClient) -> Bool

    /// Called on the client's event loop; answers `client` exactly once, from any thread.
    func handle(_ request: ProxyRequest, from client: ProxyClient, through forwarder: Forwarder)
}

extension ProxyStage {
    package func answerAtOnce(_ request: HTTPRequest, from client: ProxyClient) -> Bool { false }
}

/// Passes every request on.
package struct PassThrough: ProxyStage {
    package init() {}

    package func handle(_ request: ProxyRequest, from client: ProxyClient, through forwarder: Forwarder) {
        let exchange = forwarder.forward(request) { result in
            switch result {
            case .success(let answer): client.send(answer)
            case .failure(let refusal): client.refuse(refusal)
            }
        }
        client.onDisconnect { exchange.cancel() }
    }
}
