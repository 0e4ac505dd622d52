import Synchronization

/// Whether anybody but the client has a use for an answer that is on its way.
final class Journey: Sendable {
    private let alone = Atomic(true)

    var isForClientAlone: Bool {
        get { self.alone.load(ordering: .acquiring) }
        set { self.alone.store(newValue, ordering: .releasing) }
    }
}
