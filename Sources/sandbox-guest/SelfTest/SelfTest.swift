import CSeccomp
import Glibc

/// Raises every wall as the zygote and its guests do, tries in throwaway processes what must not be possible, and prints
/// what held.
///
/// One line a finding: `wall NAME held`, or `wall NAME missing REASON`; `held NAME` or `open NAME` for a forbidden
/// thing a guest tried, `zygote held NAME` for one the zygote tried; `can NAME` or `cannot NAME` for what must be
/// possible, without which the other lines would prove nothing. The exit code is 0 when nothing is `open` or `cannot`.
struct SelfTest {
    private let lockdown: Lockdown
    /// What the throwaway guests get for a channel.
    private let channel: Int32
    private var failures = 0

    static func main() -> Never {
        var pair: (Int32, Int32) = (-1, -1)
        let made = unsafe withUnsafeMutablePointer(to: &pair) { pointer in
            unsafe pointer.withMemoryRebound(to: Int32.self, capacity: 2) {
                unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, $0)
            }
        }
        var walls = Walls(required: [])
        if !Confinement.hasEmptyEnvironment { walls.miss(.environment, "not empty") }
        Confinement.enterNamespaces(&walls)
        guard made == 0, let mapped = Lockdown.currentlyMappedBytes() else {
            print("cannot begin (error \(errno))")
            exit(1)
        }
        let lockdown = Lockdown(
            filter: Confinement.guestFilter(&walls), mappedBytes: mapped, required: Set(Wall.allCases))
        var test = SelfTest(lockdown: lockdown, channel: pair.1)
        Confinement.raiseAllButFilter(&walls)
        test.probe(&walls)
        // The guest's filter alone first, then what the zygote's is worth.
        test.attemptAsGuest(&walls)
        Confinement.installFilter(.zygote(control: STDOUT_FILENO, signals: STDIN_FILENO), &walls)
        test.attemptAsZygote(filtered: walls.missing[.zygoteFilter] == nil, &walls)
        for wall in Wall.allCases {
            test.say("wall \(wall.rawValue) \(walls.missing[wall].map { "missing \($0)" } ?? "held")")
        }
        _exit(test.failures == 0 ? 0 : 1)
    }

    private init(lockdown: Lockdown, channel: Int32) {
        self.lockdown = lockdown
        self.channel = channel
    }

    // MARK: Findings

    /// Looks at each wall from behind it, with no filter that would answer first.
    private func probe(_ walls: inout Walls) {
        for (wall, holds) in Probe.all where walls.missing[wall] == nil {
            let status = self.status(of: self.start(filters: false) { holds() ? 0 : 1 })
            if status != 0 { walls.miss(wall, "raised, but does not hold (status \(status))") }
        }
    }

    private mutating func attemptAsGuest(_ walls: inout Walls) {
        // A few at the same time: each costs the birth and the death of a process.
        var running: [(Attempt, pid_t)] = []
        for attempt in Attempt.forbidden + [nil, nil, nil, nil] {
            if running.count == 4 || attempt == nil, !running.isEmpty {
                let (attempt, child) = running.removeFirst()
                let held = Self.isForbiddenCall(self.status(of: child))
                self.say(held, "held \(attempt.name)", "open \(attempt.name)")
                if !held { walls.miss(.guestFilter, "lets through \(attempt.name)") }
            }
            if let attempt { running.append((attempt, self.start { attempt.perform() == -1 ? 2 : 0 })) }
        }
    }

    private mutating func attemptAsZygote(filtered: Bool, _ walls: inout Walls) {
        for attempt in filtered ? Attempt.forbiddenToZygote : [] {
            let child = self.start(lockedDown: false) { attempt.perform() == -1 ? 1 : 0 }
            let held = Self.isForbiddenCall(self.status(of: child))
            self.say(held, "zygote held \(attempt.name)", "zygote open \(attempt.name)")
            if !held { walls.miss(.zygoteFilter, "lets through \(attempt.name)") }
        }
        // Behind both filters, as a run is.
        for attempt in Attempt.allowed {
            let status = self.status(of: self.start { attempt.perform() == -1 ? 1 : 0 })
            self.say(status == 0, "can \(attempt.name)", "cannot \(attempt.name) (status \(status))")
        }
    }

    private mutating func say(_ isGood: Bool, _ good: String, _ bad: String) {
        self.say(isGood ? good : bad)
        if !isGood { self.failures += 1 }
    }

    /// Without the C library's buffers, which ask the kernel about their file first.
    private func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = unsafe write(STDOUT_FILENO, bytes, bytes.count)
    }

    /// Killed by SIGSYS, with or without the note that a core would have been written.
    private static func isForbiddenCall(_ status: Int32) -> Bool { status & 0x7F == SIGSYS }

    // MARK: Throwaway processes

    /// A process that stands where a guest does, or its zygote, does one thing and ends with what that returns.
    private func start(lockedDown: Bool = true, filters: Bool = true, _ deed: () -> Int32) -> pid_t {
        let parent = getpid()
        let child = fork()
        guard child == 0 else { return child }
        guard let limits = RunLimits(Self.limits) else { _exit(9) }
        if lockedDown {
            do throws(Lockdown.Failed) {
                try self.lockdown.raise(channel: self.channel, parent: parent, limits: limits, filters: filters)
            } catch { _exit(7) }
        }
        _exit(deed())
    }

    private func status(of child: pid_t) -> Int32 {
        var status: Int32 = -1
        while unsafe waitpid(child, &status, 0) < 0 { if errno != EINTR { return -1 } }
        return status
    }

    private static let limits: [UInt8] = {
        var writer = ByteWriter()
        writer.write(UInt64(64 << 20))
        writer.write(UInt64(1 << 20))
        writer.write(UInt32(1))
        writer.write(UInt32(1))
        writer.write(UInt32(5))
        return writer.bytes
    }()
}
