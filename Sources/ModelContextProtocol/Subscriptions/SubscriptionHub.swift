import HTTPServer
import JSON
import NIOCore
import Sessions
import Synchronization

/// The open `subscriptions/listen` streams, and the way a change reaches those that want it.
final class SubscriptionHub: Sendable {
    private struct Listener: Sendable {
        let id: RequestID
        let principal: Principal
        let filter: ListenFilter
        let stream: StreamAttachment
    }
    private struct State {
        var listeners: [Int: Listener] = [:]
        /// Streams of each principal, those about to be opened included.
        var counts: [Principal: Int] = [:]
        var total = 0
        var last = 0
        var hasEnded = false
    }
    private let maximumCount: Int
    private let encoder: MessageEncoder
    private let state = Mutex(State())

    init(maximumCount: Int, encoder: MessageEncoder) {
        self.maximumCount = maximumCount
        self.encoder = encoder
    }

    /// Takes a place for a stream; it is given back when the stream of ``listen(_:_:principal:on:)`` closes.
    ///
    /// Nobody may take the places of all others: a quarter is for everybody else.
    func reserve(_ principal: Principal) -> Bool {
        self.state.withLock { state in
            let own = state.counts[principal] ?? 0
            guard !state.hasEnded, state.total < self.maximumCount, own < self.maximumCount - self.maximumCount / 4
            else {
                return false
            }
            state.counts[principal] = own + 1
            state.total += 1
            return true
        }
    }

    private func release(_ principal: Principal, _ number: Int) {
        self.state.withLock { state in
            let own = (state.counts[principal] ?? 0) - 1
            state.counts[principal] = own > 0 ? own : nil
            state.total -= 1
            state.listeners[number] = nil
        }
    }

    /// Tells a stream what it will be told, and from then on tells it.
    func listen(_ id: RequestID, _ filter: ListenFilter, principal: Principal, on stream: StreamAttachment) {
        let params: JSONValue = [
            "_meta": [RequestMeta.subscriptionKey: id.value], "notifications": .object(filter.json),
        ]
        let acknowledgement = MessageEncoder.notification("notifications/subscriptions/acknowledged", params: params)
        let listener = Listener(id: id, principal: principal, filter: filter, stream: stream)
        let (number, hasEnded) = self.state.withLock { state in
            state.last += 1
            // Nothing may come before it and nothing after it may be lost: so it is queued under the lock.
            stream.send(ServerSentEvent(event: "message", data: acknowledgement))
            if !state.hasEnded { state.listeners[state.last] = listener }
            return (state.last, state.hasEnded)
        }
        stream.onClose { [weak self] in self?.release(principal, number) }
        if hasEnded { self.end(listener) }
    }

    func publish(_ change: Change) {
        let wanting = self.state.withLock { state in
            state.listeners.values.filter { listener in
                if case .task(let task) = change, task.principal != listener.principal { return false }
                return listener.filter.wants(change)
            }
        }
        for listener in wanting {
            var parameters = change.parameters
            parameters["_meta"] = [RequestMeta.subscriptionKey: listener.id.value]
            let message = MessageEncoder.notification(change.method, params: .object(parameters))
            listener.stream.send(ServerSentEvent(event: "message", data: message))
        }
    }

    /// Ends every stream in good order; none is opened after that.
    func endAll() {
        let listeners = self.state.withLock { state in
            state.hasEnded = true
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners { self.end(listener) }
    }

    private func end(_ listener: Listener) {
        let body = ResultBody(meta: [RequestMeta.subscriptionKey: listener.id.value])
        let message = self.encoder.response(id: listener.id, body)
        listener.stream.send(ServerSentEvent(event: "message", data: message))
        listener.stream.finish()
    }
}
