import Logging
import NIOHTTP1
import Observability
package import UpstreamPipeline

/// Asks the origin.
package struct Forwarder: Sendable {
    private let transport: any StreamTransport
    private let logger: Logger

    init(transport: any StreamTransport, logger: Logger) {
        self.transport = transport
        self.logger = logger
    }

    /// Sends the request and calls `onAnswer` once, from any thread, when the head of the answer is whole.
    ///
    /// - Returns: what gives the exchange up before there is an answer; after that, closing the answer's body does.
    package func forward(
        _ request: ProxyRequest, onAnswer: @escaping @Sendable (Result<ProxyAnswer, ProxyRefusal>) -> Void
    ) -> any StreamExchange {
        self.transport.start(request.streamRequest) { [logger] result in
            switch result {
            case .success(let answer):
                onAnswer(
                    .success(ProxyAnswer(head: AnswerTranslation.endToEnd(answer.head), body: answer.body)))
            case .failure(let error):
                let refusal = ProxyRefusal(error)
                logger.info(
                    "the origin gave no usable answer",
                    metadata: [
                        LogKey.phase: "transport", LogKey.status: "\(refusal.status.code)",
                        LogKey.errorCode: "\(refusal.proxyError)",
                    ])
                onAnswer(.failure(refusal))
            }
        }
    }
}
