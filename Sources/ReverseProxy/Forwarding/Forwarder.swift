import Logging
import NIOHTTP1
import Observability
import Streaming
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
        self.transport.start(request.streamRequest) { result in
            switch result {
            case .success(let answer):
                let head = AnswerTranslation.endToEnd(answer.head)
                // Before anybody stores it or takes it for an answer.
                guard AnswerTranslation.isSendable(head) else {
                    answer.body.close()
                    return self.refuse(ProxyRefusal(.exchange(.notHTTP)), onAnswer)
                }
                onAnswer(.success(ProxyAnswer(head: head, body: answer.body)))
            case .failure(let error): self.refuse(ProxyRefusal(error), onAnswer)
            }
        }
    }

    private func refuse(_ refusal: ProxyRefusal, _ onAnswer: (Result<ProxyAnswer, ProxyRefusal>) -> Void) {
        self.logger.info(
            "the origin gave no usable answer",
            metadata: [
                LogKey.phase: "transport", LogKey.status: "\(refusal.status.code)",
                LogKey.errorCode: "\(refusal.proxyError)",
            ])
        onAnswer(.failure(refusal))
    }
}
