package import HTTPServer
import NIOCore
import NIOHTTP1
import Synchronization

/// The BiteTrack API again, in memory, with sample data: the upstream of demonstrations, tests and measurements.
///
/// Requests are answered on the event loop they arrive on, one at a time, from one value behind a lock.
package final class DemoAPI: HTTPHandler {
    private let service: Mutex<Service>
    private let latency: Duration
    private let now: @Sendable () -> Timestamp
    /// Requests that are never answered, kept until their client has gone.
    private let unanswered = Mutex<[ObjectIdentifier: HTTPResponder]>([:])

    package init(configuration: DemoConfiguration = DemoConfiguration()) {
        self.service = Mutex(Service(configuration))
        self.latency = configuration.latency
        self.now = configuration.now
    }

    package func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        let outcome = self.service.withLock { $0.answer(request, now: self.now()) }
        guard self.latency > .zero else { return self.finish(outcome, responder) }
        responder.eventLoop.scheduleTask(in: .nanoseconds(Int64(self.latency.wholeNanoseconds))) {
            self.finish(outcome, responder)
        }
    }

    private func finish(_ outcome: Service.Outcome, _ responder: HTTPResponder) {
        switch outcome {
        case .answer(let response): responder.send(response)
        case .silence: self.keepSilent(responder)
        case .cutOff: self.cutOff(responder)
        }
    }

    /// Closes the connection: the server does that to event streams that hold more than the listener allows, which is
    /// nothing at all here.
    private func cutOff(_ responder: HTTPResponder) {
        responder.startEventStream().send(ServerSentEvent(data: ByteBuffer(string: "cut")))
    }

    /// The answer to `request`, without latency; nil when a fault keeps it from being sent.
    package func respond(to request: HTTPRequest) -> HTTPResponse? {
        switch self.service.withLock({ $0.answer(request, now: self.now()) }) {
        case .answer(let response): response
        case .silence, .cutOff: nil
        }
    }

    private func keepSilent(_ responder: HTTPResponder) {
        let key = ObjectIdentifier(responder)
        self.unanswered.withLock { $0[key] = responder }
        responder.onDisconnect { [weak self] in
            _ = self?.unanswered.withLock { $0.removeValue(forKey: key) }
        }
    }

    // MARK: Faults

    /// Makes the next `requests` requests go wrong whose path, without the API's prefix, begins with `pathPrefix`.
    package func inject(_ fault: Fault, requests: Int = 1, pathPrefix: String = "/") {
        self.service.withLock { $0.faults.add(fault, requests: requests, pathPrefix: pathPrefix) }
    }

    /// Forgets planned faults and answers 503 to whoever still waits for nothing.
    package func clearFaults() {
        self.service.withLock { $0.faults.removeAll() }
        let waiting = self.unanswered.withLock { held in
            defer { held.removeAll() }
            return Array(held.values)
        }
        for responder in waiting { responder.send(HTTPResponse(status: .serviceUnavailable)) }
    }

    /// Clients a fault keeps without an answer.
    package var waitingClients: Int { self.unanswered.withLock { $0.count } }

    // MARK: What has been asked

    /// Requests that counted against a rate limit.
    package var requestCount: Int { self.service.withLock { $0.traffic.requests } }
    /// Requests the original process would have died of.
    package var dangerousRequests: Int { self.service.withLock { $0.traffic.dangerousRequests } }
    /// Requests by method and path without the API's prefix, such as `GET /sales`.
    package var requestCounts: [String: Int] { self.service.withLock { $0.traffic.byEndpoint } }
}

extension Duration {
    fileprivate var wholeNanoseconds: Int {
        let parts = self.components
        return Int(parts.seconds) * 1_000_000_000 + Int(parts.attoseconds / 1_000_000_000)
    }
}
