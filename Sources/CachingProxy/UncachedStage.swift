package import ReverseProxy
import UpstreamPipeline

/// Asks the origin for everything, compresses what comes, and counts.
package struct UncachedStage: ProxyStage {
    private let counters: ProxyCounters
    private let coding: AnswerCoding

    package init(coding: AnswerCoding, counters: ProxyCounters = ProxyCounters()) {
        self.coding = coding
        self.counters = counters
    }

    package func handle(_ request: ProxyRequest, from client: ProxyClient, through forwarder: Forwarder) {
        let exchange = forwarder.forward(request) { result in
            switch result {
            case .success(var answer):
                self.counters.count(.bypass)
                self.counters.originAnswered(answer.head.status)
                if self.coding.apply(to: &answer.head, for: request) {
                    answer.body = self.coding.compressed(answer.body, on: client.eventLoop).output
                }
                client.send(answer)
            case .failure(let refusal):
                self.counters.count(refusal)
                self.counters.originFailed(refusal)
                client.refuse(refusal)
            }
        }
        client.onDisconnect { exchange.cancel() }
    }
}
