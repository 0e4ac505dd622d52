import NIOCore
import NIOPosix
import Synchronization

/// Counts events from any thread.
package final class Counter: Sendable {
    private let count = Mutex(0)

    package init() {}

    package var value: Int { self.count.withLock { $0 } }

    package func increment() { self.count.withLock { $0 += 1 } }

    /// Returns when the count is above zero and has not moved for a while, as counted by event loop ticks.
    package func untilStill() async throws {
        var last = -1
        while self.value == 0 || self.value != last {
            last = self.value
            try await MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: .milliseconds(100)) {}.futureResult
                .get()
        }
    }
}
