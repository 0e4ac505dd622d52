/// How a guest process came to its end, as far as the zygote can tell.
package enum GuestExit: Sendable, Equatable {
    case exited(code: Int32)
    case killed(signal: Int32)
    /// It never began: the kernel gave no process.
    case refused(errno: Int32)
    /// The zygote itself died, and the guest with it.
    case zygoteLost
    /// Nobody said anything in time.
    case unknown

    /// - Parameter waitStatus: as `waitpid` gives it.
    package init(waitStatus status: Int32) {
        let signal = status & 0x7F
        self = signal == 0 ? .exited(code: (status >> 8) & 0xFF) : .killed(signal: signal)
    }

    /// What a run that lost its guest this way ends with.
    var failure: RunFailure {
        switch self {
        case .refused(let number):
            RunFailure(.busy, "No process could be had to run the script (error \(number)). Try again in a moment.")
        case .killed(signal: 31):
            RunFailure(.guestLost, "The script's process was killed because it tried a forbidden system call.")
        case .killed(signal: 24):
            RunFailure(
                .processorLimit,
                "The script used all the processor time it may, which is as long as it may run and 2 s more. Look for an "
                    + "endless loop, or work on less data.")
        case .killed(let signal):
            RunFailure(
                .guestLost, "The script's process was killed (signal \(signal)). The run has no result; try again.")
        case .exited(let code):
            RunFailure(.guestLost, "The script's process ended without a result (code \(code)). Try again.")
        case .zygoteLost:
            RunFailure(.guestLost, "The sandbox was restarted while the script ran. The run has no result; try again.")
        case .unknown: RunFailure(.guestLost, "The script's process was lost. The run has no result; try again.")
        }
    }
}
