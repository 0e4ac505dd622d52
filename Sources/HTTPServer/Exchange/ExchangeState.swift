/// How far one exchange has come, and who wants to know when it breaks off.
struct ExchangeState {
    typealias Callback = @Sendable () -> Void

    private enum Phase {
        /// No answer yet; goes to `answered` or `disconnected`.
        case open
        /// An answer was given and is on its way; goes to `completed` or `disconnected`.
        case answered
        /// The client has everything.
        case completed
        /// The client went away first.
        case disconnected
    }

    private var phase = Phase.open
    private var callbacks: [Callback] = []

    var hasCallbacks: Bool { !self.callbacks.isEmpty }
    /// True until an answer was given; an answer to a client that is gone counts.
    private(set) var awaitsAnswer = true

    /// Claims the right to answer; false when somebody already has.
    mutating func answer() -> Bool {
        guard self.awaitsAnswer else { return false }
        self.awaitsAnswer = false
        if self.phase == .open { self.phase = .answered }
        return true
    }

    /// Remembers `callback`; true when the client is already gone and it must be called at once.
    mutating func add(_ callback: @escaping Callback) -> Bool {
        switch self.phase {
        case .open, .answered: self.callbacks.append(callback)
        case .completed: break
        case .disconnected: return true
        }
        return false
    }

    /// Returns whom there is nothing to tell any more: what they hold may lead back here when it goes, so that must
    /// happen outside a lock.
    @discardableResult
    mutating func complete() -> [Callback] {
        guard self.phase == .answered else { return [] }
        self.phase = .completed
        defer { self.callbacks = [] }
        return self.callbacks
    }

    /// Returns whom to tell.
    mutating func disconnect() -> [Callback] {
        guard self.phase == .open || self.phase == .answered else { return [] }
        self.phase = .disconnected
        defer { self.callbacks = [] }
        return self.callbacks
    }
}
