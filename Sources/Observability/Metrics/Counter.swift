import Synchronization

/// A number that only grows.
package final class Counter: Sendable {
    private let total = Atomic(0)

    package var value: Int { self.total.load(ordering: .relaxed) }

    package func increment(by amount: Int = 1) {
        precondition(amount >= 0, "a counter never shrinks")
        self.total.wrappingAdd(amount, ordering: .relaxed)
    }
}
