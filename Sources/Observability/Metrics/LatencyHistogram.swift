import Synchronization

/// Counts durations in fixed buckets.
package final class LatencyHistogram: Sendable {
    /// Upper bounds of the buckets; one more bucket takes whatever is longer.
    package static let bounds: [Duration] =
        [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000].map { .milliseconds($0) }

    package struct Snapshot: Sendable, Equatable {
        /// As many as ``LatencyHistogram/bounds`` and one more; not cumulative.
        package var buckets: [Int]
        package var sum: Duration
        package var count: Int { self.buckets.reduce(0, +) }
    }

    private let state = Mutex(
        Snapshot(buckets: Array(repeating: 0, count: LatencyHistogram.bounds.count + 1), sum: .zero))

    package var snapshot: Snapshot { self.state.withLock { $0 } }

    package func record(_ duration: Duration) {
        let bucket = Self.bounds.firstIndex { duration <= $0 } ?? Self.bounds.count
        self.state.withLock { state in
            state.buckets[bucket] += 1
            state.sum += duration
        }
    }
}
