/// Counts events from any thread.
package final class Counter: Sendable {
    private let count = ByteCounter()

    package init() {}

    package var value: Int { self.count.value }

    package func increment() { self.count.add(1) }

    /// Returns when the count is above zero and has not moved for a while.
    package func untilStill() async throws { try await self.count.untilStill() }
}
