import Glibc

/// A moment of a clock that only goes forward; a few milliseconds coarse, and cheap.
struct MonotonicTime {
    private let nanoseconds: Int

    static func now() -> MonotonicTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return MonotonicTime(nanoseconds: time.tv_sec * 1_000_000_000 + time.tv_nsec)
    }

    func elapsed(since start: MonotonicTime) -> Duration { .nanoseconds(self.nanoseconds - start.nanoseconds) }
}
