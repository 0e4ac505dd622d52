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
        let stream: EventStream
    }
    private struct State {
        var listeners: [Int: Listener] = [:]
        var last = 0
        var reserved = 0
    }
    private let maximumCount: Int
    private let encoder: MessageEncoder
    private let state = Mutex(State())

    init(maximumCount: Int, encoder: MessageEncoder) {
        self.maximumCount = maximumCount
        self.encoder = encoder
    }

    var count: Int { self.state.withLock { $0.listeners.count } }

    /// Whether another stream may be opened; it then counts until ``listen(_:_:principal:on:)`` takes its place.
    func reserve() -> Bool {
        self.state.withLock { state in
            guard state.listeners.count + state.reserved < self.maximumCount else { return false }
            state.reserved += 1
            return true
        }
    }

    /// Tells a stream what it will be told, and from then on tells it.
    func listen(_ id: RequestID, _ filter: ListenFilter, principal: Principal, on stream: EventStream) {
        let params: JSONValue = [
            "_meta": [RequestMeta.subscriptionKey: id.value], "notifications": .object(filter.json),
        ]
        let acknowledgement = MessageEncoder.notification("notifications/subscriptions/acknowledged", params: params)
        let number = self.state.withLock { state in
            state.last += 1
            state.reserved -= 1
            state.listeners[state.last] = Listener(id: id, principal: principal, filter: filter, stream: stream)
            // Nothing may come before it and nothing after it may be lost: so it is queued under the lock.
            stream.send(ServerSentEvent(event: "message", data: acknowledgement))
            return state.last
        }
        stream.onClose { [weak self] in _ = self?.state.withLock { $0.listeners.removeValue(forKey: number) } }
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

    /// Ends every stream in good order.
    func endAll() {
        let listeners = self.state.withLock { state in
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners {
            let body = ResultBody(meta: [RequestMeta.subscriptionKey: listener.id.value])
            let message = self.encoder.response(id: listener.id, body)
            listener.stream.send(ServerSentEvent(event: "message", data: message))
            listener.stream.finish()
        }
    }
}
