import Synchronization

@testable import DemoAPI

/// A clock that stands still until told otherwise.
final class TestClock: Sendable {
    /// A Wednesday afternoon in the shop, 17:30 UTC.
    static let start = Timestamp(year: 2025, month: 11, day: 19, hour: 17, minute: 30)
    private let time = Mutex(TestClock.start)

    var now: Timestamp { self.time.withLock { $0 } }
    func advance(_ duration: Duration) { self.time.withLock { $0 = $0 + duration } }
}
