import NIOCore

/// Calls back when a deadline that keeps moving has passed.
///
/// A deadline that moves away leaves the scheduled task alone, which looks again when it runs: a busy connection
/// schedules nothing. Bound to its event loop.
final class ConnectionTimer {
    private let eventLoop: any EventLoop
    private var scheduled: Scheduled<Void>?
    private var scheduledFor: NIODeadline?
    private var deadline: NIODeadline?
    private var onExpiry: (() -> Void)?

    init(eventLoop: any EventLoop, onExpiry: @escaping () -> Void) {
        self.eventLoop = eventLoop
        self.onExpiry = onExpiry
    }

    /// Moves the deadline; nil for none.
    func set(_ deadline: NIODeadline?) {
        self.deadline = deadline
        guard let deadline, self.onExpiry != nil else { return }
        if let scheduledFor, scheduledFor <= deadline { return }
        self.scheduled?.cancel()
        self.schedule(deadline)
    }

    /// Stops for good.
    func stop() {
        self.scheduled?.cancel()
        (self.scheduled, self.scheduledFor, self.deadline, self.onExpiry) = (nil, nil, nil, nil)
    }

    private func schedule(_ deadline: NIODeadline) {
        let timer = NIOLoopBound(self, eventLoop: self.eventLoop)
        self.scheduledFor = deadline
        self.scheduled = self.eventLoop.scheduleTask(deadline: deadline) { timer.value.fired() }
    }

    private func fired() {
        (self.scheduled, self.scheduledFor) = (nil, nil)
        guard let deadline else { return }
        if deadline <= .now() {
            self.deadline = nil
            self.onExpiry?()
        } else {
            self.schedule(deadline)
        }
    }
}
