import Glibc
import HTTPCache

/// Reads the clocks of the machine.
enum SystemMoments {
    static var now: Moment {
        Moment(
            steadyMilliseconds: self.milliseconds(CLOCK_MONOTONIC_COARSE),
            wallMilliseconds: self.milliseconds(CLOCK_REALTIME_COARSE))
    }

    /// The coarse clocks are a few milliseconds behind and cost a memory read; ages count in seconds.
    private static func milliseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
