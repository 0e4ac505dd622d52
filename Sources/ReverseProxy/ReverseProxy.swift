package import HTTPServer
package import Logging
import NIOCore
package import NIOHTTP1
package import UpstreamPipeline

/// Passes the requests of ordinary clients on to one origin, with their own credentials and nothing of ours.
package struct ReverseProxy: HTTPHandler {
    package let configuration: ProxyConfiguration
    private let translation: RequestTranslation
    private let stage: any ProxyStage
    private let forwarder: Forwarder
    private let onRefusal: @Sendable () -> Void

    /// - Parameters:
    ///   - stage: what may answer in the origin's place.
    ///   - onRefusal: called for each request that is answered before it comes to the stage.
    package init(
        configuration: ProxyConfiguration, transport: any StreamTransport, stage: any ProxyStage = PassThrough(),
        logger: Logger, onRefusal: @escaping @Sendable () -> Void = {}
    ) {
        self.configuration = configuration
        self.translation = RequestTranslation(configuration: configuration)
        self.stage = stage
        self.forwarder = Forwarder(transport: transport, logger: logger)
        self.onRefusal = onRefusal
    }

    package func intake(_ method: HTTPMethod, path: String, headers: HTTPHeaders) -> BodyIntake {
        .streamed(limitBytes: self.configuration.requestBytes)
    }

    package func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        do throws(ProxyRefusal) {
            try self.translation.check(request)
        } catch {
            self.onRefusal()
            return responder.send(error.response)
        }
        if request.method == .GET || request.method == .HEAD, request.stream == nil, request.body.readableBytes == 0,
            self.stage.answerAtOnce(request, from: ProxyClient(responder: responder, takesTrailers: false))
        {
            return
        }
        switch self.translation.decide(checked: request) {
        case .answer(let response):
            self.onRefusal()
            responder.send(response)
        case .forward(var forwarded):
            let client = ProxyClient(responder: responder, takesTrailers: forwarded.takesTrailers)
            forwarded.onInterim = { client.sendInterim($0) }
            self.stage.handle(forwarded, from: client, through: self.forwarder)
        }
    }
}
