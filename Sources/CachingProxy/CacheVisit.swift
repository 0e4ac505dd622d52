import HTTPCache
import HTTPServer
import NIOCore
import NIOHTTP1
import ReverseProxy
import Streaming
import UpstreamPipeline

/// One request on its way past the cache.
struct CacheVisit: Sendable {
    let request: ProxyRequest
    let client: ProxyClient
    let forwarder: Forwarder
    let cache: HTTPCache
    let queue: WaitingRequests
    let counters: ProxyCounters
    let coding: AnswerCoding
    /// Whether it has waited for a leader that came to a standstill.
    var hasWaited = false

    /// - Parameter mayWait: false for a request that has waited for another one already.
    func begin(mayWait: Bool) {
        let now = SystemMoments.now
        // An origin may well answer otherwise over TLS: it is told which it is.
        switch self.cache.lookup(self.inquiry, zone: self.request.scheme, now: now) {
        case .answer(let answer):
            self.counters.count(ProxyCounters.outcome(of: answer.cacheStatus, hasWaited: !mayWait || self.hasWaited))
            self.client.send(answer)
            if answer.isWorthPacking { self.cache.pack(answer) }
        case .answerAndRefresh(let answer, let plan):
            self.counters.count(.stale)
            self.client.send(answer)
            self.refresh(plan)
        case .forward(let plan): self.forward(plan, mayWait: mayWait, now: now)
        case .gatewayTimeout:
            self.counters.count(.refused)
            self.client.refuse(
                ProxyRefusal(
                    .gatewayTimeout, "Nothing is stored, and the request forbids to ask the origin.",
                    proxyError: "http_request_denied"))
        }
    }

    private var inquiry: CacheRequest {
        var hasBody = true
        if case .none = self.request.body { hasBody = false }
        return CacheRequest(
            method: HTTPMethod(rawValue: self.request.method), authority: self.request.host,
            target: self.request.target, headers: self.request.headers, hasBody: hasBody)
    }

    private func forward(_ plan: ForwardPlan, mayWait: Bool, now: Moment) {
        guard mayWait else { return self.ask(plan, flight: nil) }
        switch self.queue.board(self, plan, now: now) {
        case .lead(let flight): self.ask(plan, flight: flight)
        case .wait: break
        case .alone: self.ask(plan, flight: nil)
        }
    }

    // MARK: Asking the origin

    /// - Parameter flight: what others wait for; it is landed on every way out.
    func ask(_ plan: ForwardPlan, flight: WaitingRequests.Flight?) {
        let journey = Journey()
        let exchange = self.forwarder.forward(self.translated(plan)) { result in
            switch result {
            case .success(let answer): self.received(answer, plan, flight, journey)
            case .failure(let refusal):
                self.counters.originFailed(refusal)
                if let answer = self.cache.unanswered(plan, now: SystemMoments.now) {
                    self.counters.count(.stale)
                    self.client.send(answer)
                } else {
                    self.counters.count(refusal)
                    self.client.refuse(refusal)
                }
                self.queue.land(flight, isKept: false)
            }
        }
        self.client.onDisconnect {
            // What others wait for, or the cache takes in, goes on without this client.
            if flight == nil, journey.isForClientAlone { exchange.cancel() }
        }
    }

    /// Asks behind an answer that has gone out already.
    private func refresh(_ plan: ForwardPlan) {
        var request = self.translated(plan)
        request.onInterim = nil
        _ = self.forwarder.forward(request) { result in
            let now = SystemMoments.now
            let answer: ProxyAnswer
            switch result {
            case .success(let success): answer = success
            case .failure(let refusal):
                self.counters.originFailed(refusal)
                _ = self.cache.unanswered(plan, now: now)
                return
            }
            self.counters.originAnswered(answer.head.status)
            let reception = self.cache.received(
                status: HTTPResponseStatus(statusCode: answer.head.status), headers: answer.head.fullHeaders, for: plan,
                now: now)
            guard case .relay(_, let keeping?) = reception else { return answer.body.close() }
            BodyTee(
                source: answer.body, target: nil, length: answer.head.contentLength, limitBytes: self.limitBytes,
                eventLoop: self.client.eventLoop
            ) { body in
                if let body { self.cache.keep(keeping, body: body) }
            }.run()
        }
    }

    private var limitBytes: Int { self.cache.configuration.largestBodyBytes }

    private func translated(_ plan: ForwardPlan) -> ProxyRequest {
        var request = self.request
        request.headers = plan.headers
        return request
    }

    // MARK: Its answer

    private func received(
        _ answer: ProxyAnswer, _ plan: ForwardPlan, _ flight: WaitingRequests.Flight?, _ journey: Journey
    ) {
        self.counters.originAnswered(answer.head.status)
        let reception = self.cache.received(
            status: HTTPResponseStatus(statusCode: answer.head.status), headers: answer.head.fullHeaders, for: plan,
            now: SystemMoments.now)
        switch reception {
        case .answer(let stored):
            answer.body.close()
            self.counters.count(ProxyCounters.outcome(of: stored.cacheStatus))
            self.client.send(stored)
            self.queue.land(flight, isKept: stored.isReusable)
        case .askAgain(let plan):
            answer.body.close()
            self.ask(plan, flight: flight)
        case .relay(let status, let keeping): self.relay(answer, status, keeping, flight, journey)
        }
    }

    private func relay(
        _ answer: ProxyAnswer, _ status: CacheStatus, _ keeping: Keeping?, _ flight: WaitingRequests.Flight?,
        _ journey: Journey
    ) {
        var answer = answer
        self.counters.count(ProxyCounters.outcome(of: status))
        answer.head.headers.add(name: "cache-status", value: "\(status)")
        let length = answer.head.contentLength
        let compressed =
            self.coding.apply(to: &answer.head, for: self.request)
            ? self.coding.compressed(answer.body, on: self.client.eventLoop) : nil
        if let compressed { answer.body = compressed.output }
        guard let keeping, length.map({ $0 <= self.limitBytes }) ?? true else {
            // Those who wait learn at once that there will be nothing for them.
            self.queue.land(flight, isKept: false)
            return self.client.send(answer)
        }
        journey.isForClientAlone = false
        var onStall: (@Sendable () -> Void)?
        if let flight { onStall = { self.queue.abandon(flight) } }
        let source = answer.body
        let target = BodyPipe()
        answer.body = target
        self.client.send(answer)
        BodyTee(
            source: source, target: target, length: answer.head.contentLength, limitBytes: self.limitBytes,
            eventLoop: self.client.eventLoop, onStall: onStall
        ) { body in
            let isKept = body.map { self.keep(keeping, $0, compressed) } ?? false
            self.queue.land(flight, isKept: isKept && keeping.isReusable)
        }.run()
    }

    private func keep(_ keeping: Keeping, _ body: ByteBuffer, _ compressed: CompressedBody?) -> Bool {
        guard let compressed else { return self.cache.keep(keeping, body: body) }
        return self.cache.keep(keeping, packed: body, plainBytes: compressed.plainBytes)
    }
}

extension AnswerHead {
    /// The headers, with the length among them.
    var fullHeaders: HTTPHeaders {
        var headers = self.headers
        if let length = self.contentLength { headers.add(name: "content-length", value: String(length)) }
        return headers
    }
}
