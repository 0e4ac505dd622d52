import NIOCore

/// Has streams comment that have been silent for a while: one timer for all streams of an event loop.
///
/// Bound to that event loop.
final class SilenceWatch {
    private let eventLoop: any EventLoop
    private let interval: TimeAmount
    private var pumps = RecencyList<OutputPump>()
    private var isScheduled = false

    /// - Parameter interval: how long a stream may be silent.
    init(eventLoop: any EventLoop, interval: TimeAmount) {
        self.eventLoop = eventLoop
        self.interval = interval
    }

    /// Watches a stream that speaks just now.
    func add(_ pump: OutputPump) -> RecencyList<OutputPump>.Place {
        let place = self.pumps.add(pump)
        self.schedule()
        return place
    }

    /// The stream has said something.
    func spoke(_ place: RecencyList<OutputPump>.Place) { self.pumps.use(place) }

    /// The stream has ended.
    func remove(_ place: RecencyList<OutputPump>.Place) { self.pumps.remove(place) }

    private func schedule() {
        guard !self.isScheduled, let oldest = self.pumps.oldest else { return }
        self.isScheduled = true
        let watch = NIOLoopBound(self, eventLoop: self.eventLoop)
        self.eventLoop.scheduleTask(deadline: oldest.lastWrite + self.interval) { watch.value.fired() }
    }

    private func fired() {
        self.isScheduled = false
        let due = NIODeadline.now() - self.interval
        // A comment counts as speaking, so each stream comes up once.
        while let oldest = self.pumps.oldest, oldest.lastWrite <= due { oldest.breakSilence() }
        self.schedule()
    }
}
