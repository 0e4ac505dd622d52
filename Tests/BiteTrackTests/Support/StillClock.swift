/// A clock that stands still until it is set; nobody can sleep on it.
final class StillClock: Clock {
    typealias Duration = Swift.Duration

    struct Instant: InstantProtocol {
        let offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: self.offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - self.offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }
    let elapsed = Shared(Duration.zero)
    let minimumResolution = Duration.nanoseconds(1)

    var now: Instant { Instant(offset: self.elapsed.value) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws { throw CancellationError() }
}
