import Synchronization

/// Header lines that many stored responses have in common, once for all of them.
///
/// Most of what an origin says about its answers is the same for each: `Server`, `Content-Type`, `Cache-Control`. Nothing
/// writes to the memory after it was filled, which is why it may be shared between threads.
final class CommonLines: @unchecked Sendable {
    private let memory: ManagedBuffer<Int, UInt8>

    init(_ lines: String) {
        let count = lines.utf8.count
        self.memory = ManagedBuffer<Int, UInt8>.create(minimumCapacity: count) { _ in count }
        unsafe self.memory.withUnsafeMutablePointerToElements { start in
            var output = unsafe RegionWriter(UnsafeMutableRawBufferPointer(start: start, count: count))
            output.append(lines)
        }
    }

    var count: Int { self.memory.header }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe self.memory.withUnsafeMutablePointers { count, start in
            unsafe body(UnsafeRawBufferPointer(start: start, count: count.pointee))
        }
    }

    /// Fields that hardly ever say the same of two responses, in lower case.
    static let individual: Set<String> = [
        "content-digest", "content-disposition", "content-location", "content-md5", "content-range", "expires",
        "last-modified", "link", "location", "repr-digest", "set-cookie", "traceparent", "x-correlation-id",
        "x-request-id",
    ]
}

/// Finds lines again that have been stored before.
///
/// What is seen for the first time is only remembered, by its hash: an origin that says something else each time must
/// not fill the table, nor cost its entries more than the lines themselves.
final class CommonLineTable: Sendable {
    private struct State {
        var shared: [Int: CommonLines] = [:]
        var seen: Set<Int> = []
    }
    private let state = Mutex(State())
    /// Both start anew when they are full; entries keep what they use.
    private static let mostShared = 256
    private static let mostSeen = 1024
    /// What sharing costs itself.
    private static let worthwhileBytes = 32

    /// - Returns: nil when an entry had better keep the lines itself.
    func shared(_ lines: String) -> CommonLines? {
        guard lines.utf8.count >= Self.worthwhileBytes else { return nil }
        // The seed of a process is secret, so nobody can choose lines that meet.
        let hash = lines.hashValue
        return self.state.withLock { state in
            if let found = state.shared[hash] {
                return unsafe found.withBytes { unsafe $0.elementsEqual(lines.utf8) } ? found : nil
            }
            guard state.seen.contains(hash) else {
                if state.seen.count >= Self.mostSeen { state.seen.removeAll() }
                state.seen.insert(hash)
                return nil
            }
            if state.shared.count >= Self.mostShared { state.shared.removeAll() }
            let made = CommonLines(lines)
            state.shared[hash] = made
            return made
        }
    }
}
