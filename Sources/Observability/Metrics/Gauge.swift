import Synchronization

/// A number that rises and falls.
package final class Gauge: Sendable {
    private let current = Atomic(0)

    package var value: Int { self.current.load(ordering: .relaxed) }

    package func set(_ value: Int) { self.current.store(value, ordering: .relaxed) }
    package func add(_ amount: Int) { self.current.wrappingAdd(amount, ordering: .relaxed) }
}
