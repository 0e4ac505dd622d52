package import ReverseProxy
import UpstreamPipeline

/// Asks the origin for everything, and counts.
package struct UncachedStage: ProxyStage {
    private let counters: ProxyCounters

    package init(counters: ProxyCounters = ProxyCounters()) { self.counters = counters }

    package func handle(_ request: ProxyRequest, from client: ProxyClient, through forwarder: Forwarder) {
        let exchange = forwarder.forward(request) { result in
            switch result {
            case .success(let answer):
                self.counters.count(.bypass)
                self.counters.originAnswered(answer.head.status)
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
