import NIOCore
import NIOPosix
import Synchronization

/// Counts bytes from any thread.
package final class ByteCounter: Sendable {
    private let count = Atomic(0)

    package init() {}

    package var value: Int { self.count.load(ordering: .relaxed) }

    package func add(_ bytes: Int) { self.count.add(bytes, ordering: .relaxed) }

    /// Returns when some have come and none has for a while.
    package func untilStill() async throws {
        var last = -1
        while self.value == 0 || self.value != last {
            last = self.value
            try await MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: .milliseconds(150)) {}.futureResult
                .get()
        }
    }
}
