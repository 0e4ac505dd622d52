import Synchronization

/// How many bytes all sessions together keep for clients that come back.
final class ReplayBudget: Sendable {
    let bytesPerSession: Int
    private let maximumBytes: Int
    private let bytes = Atomic(0)

    init(bytesPerSession: Int, maximumBytes: Int) {
        self.bytesPerSession = bytesPerSession
        self.maximumBytes = maximumBytes
    }

    /// Whether more may be kept; a session that asks too late keeps nothing until others have let go.
    var hasRoom: Bool { self.used < self.maximumBytes }

    var used: Int { self.bytes.load(ordering: .relaxed) }

    func change(by count: Int) { if count != 0 { self.bytes.add(count, ordering: .relaxed) } }
}
