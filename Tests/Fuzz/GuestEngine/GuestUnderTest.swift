import CSeccomp
import Glibc

/// The guest's engine and prelude, ready to be forked from as the zygote's are, but without its walls.
///
/// The walls would forbid the sanitizer its work. The folders beside this file are links to those of the guest.
@safe
package final class GuestUnderTest {
    private let engine: Engine
    private let parent = getpid()

    package struct Unusable: Error { package let description: String }

    package init(files: [(path: String, text: String)]) throws(Unusable) {
        do throws(RunFailure) {
            self.engine = try Engine(files: FileTree(files))
        } catch { throw Unusable(description: error.message) }
    }

    /// Forks a process that serves `socket` and ends, with code 0 when it has answered.
    ///
    /// - Parameters:
    ///   - limits: as the host sends them with the fork.
    ///   - seconds: after which the process is killed by a signal.
    package func fork(serving socket: Int32, limits: [UInt8], seconds: UInt32) -> Int32 {
        let child = Glibc.fork()
        guard child == 0 else { return child }
        signal(SIGALRM, SIG_DFL)
        alarm(seconds)
        // An orphan of a fuzzer that was stopped would go on for a while.
        guard cseccomp_prctl(PR_SET_PDEATHSIG, UInt(SIGKILL)) == 0, getppid() == self.parent,
            let limits = RunLimits(limits)
        else { _exit(70) }
        var channel = Channel(descriptor: socket)
        do throws(Channel.Lost) {
            guard let frame = try channel.receive() else { _exit(71) }
            try GuestProcess.runScript(frame, limits: limits, engine: self.engine, channel: &channel)
        } catch { _exit(74) }
        _exit(0)
    }
}
