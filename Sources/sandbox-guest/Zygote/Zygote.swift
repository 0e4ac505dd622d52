import CSeccomp
import Glibc

/// The process every run is forked from: engine, prelude and files are ready in it.
struct Zygote {
    private var control: Channel
    private let signals: Int32
    private let engine: Engine
    private let lockdown: Lockdown
    /// In its own namespace, where there is one.
    private let pid: pid_t
    private var children: [pid_t: UInt32] = [:]

    /// Serves the host on `descriptor` until it hangs up.
    static func main(control descriptor: Int32) -> Never {
        guard cseccomp_close_range(UInt32(descriptor) + 1, UInt32.max) == 0 else { _exit(71) }
        // Swift's runtime would catch a crash and start another program for a report; a crash shall be a plain death.
        for number in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP] { signal(number, SIG_DFL) }
        var control = Channel(descriptor: descriptor)
        do throws(Channel.Lost) {
            guard let frame = try control.receive(), let configuration = ZygoteConfiguration(frame) else { _exit(65) }
            var zygote: Zygote
            do throws(RunFailure) {
                zygote = try Zygote(control: control, configuration)
            } catch {
                try control.send(.unusable, error.message.utf8)
                try control.flush()
                _exit(70)
            }
            try zygote.serve()
        } catch { _exit(74) }
        _exit(0)
    }

    /// Makes everything ready, then gives up every right that serving does not need.
    private init(control: Channel, _ configuration: ZygoteConfiguration) throws(RunFailure) {
        var walls = Walls(required: configuration.required)
        if !Confinement.hasEmptyEnvironment { walls.miss(.environment, "not empty") }
        Confinement.enterNamespaces(&walls)
        Confinement.goFirstWhenMemoryIsShort()
        self.pid = getpid()
        self.control = control
        // One time zone for every run, read now because no file can be opened later.
        unsafe setenv("TZ", "UTC0", 1)
        tzset()
        unsafe unsetenv("TZ")
        signal(SIGPIPE, SIG_IGN)
        self.signals = cseccomp_child_signals()
        guard self.signals >= 0 else { throw RunFailure(.guestLost, "signalfd failed: error \(errno)") }
        self.engine = try Engine(files: configuration.files)
        guard let mapped = Lockdown.currentlyMappedBytes() else {
            throw RunFailure(.guestLost, "/proc/self/statm cannot be read")
        }
        self.lockdown = Lockdown(
            filter: Confinement.guestFilter(&walls), mappedBytes: mapped, required: configuration.required)
        Confinement.raise(filter: .zygote(control: control.descriptor, signals: self.signals), &walls)
        if let refusal = walls.refusal {
            throw RunFailure(.guestLost, "a wall that is required does not stand: \(refusal)")
        }
    }

    // MARK: Serving

    private mutating func serve() throws(Channel.Lost) {
        try self.answer(.ready, id: 0, UInt32(self.pid))
        while true {
            var entries = [
                pollfd(fd: self.control.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: self.signals, events: Int16(POLLIN), revents: 0),
            ]
            guard unsafe poll(&entries, 2, -1) >= 0 || errno == EINTR else { throw Channel.Lost() }
            if entries[1].revents != 0 { try self.reap() }
            if entries[0].revents != 0 {
                guard let (frame, descriptor) = try self.control.receiveWithDescriptor() else { break }
                try self.handle(frame, descriptor: descriptor)
            }
            try self.control.flush()
        }
        // The host is gone: nothing may outlive it.
        for child in self.children.keys { Glibc.kill(child, SIGKILL) }
        while waitpid(-1, nil, 0) > 0 {}
    }

    private mutating func handle(_ frame: Frame, descriptor: Int32) throws(Channel.Lost) {
        defer { if descriptor >= 0 { close(descriptor) } }
        switch frame.type {
        case .fork:
            guard descriptor >= 0, let limits = RunLimits(frame.body) else {
                return try self.answer(.refused, id: frame.id, UInt32(EBADF))
            }
            let child = fork()
            if child == 0 {
                GuestProcess.main(
                    channel: descriptor, parent: self.pid, limits: limits, engine: self.engine, lockdown: self.lockdown)
            }
            guard child > 0 else { return try self.answer(.refused, id: frame.id, UInt32(errno)) }
            self.children[child] = frame.id
            try self.answer(.forked, id: frame.id, UInt32(child))
        case .kill:
            // Only this process reaps, so a child in the table is never another process with the same number.
            for (child, run) in self.children where run == frame.id { Glibc.kill(child, SIGKILL) }
        default: throw Channel.Lost()
        }
    }

    private mutating func reap() throws(Channel.Lost) {
        cseccomp_drain_signals(self.signals)
        var status: Int32 = 0
        while true {
            let child = unsafe waitpid(-1, &status, WNOHANG)
            guard child > 0 else { return }
            guard let run = self.children.removeValue(forKey: child) else { continue }
            try self.answer(.exited, id: run, UInt32(bitPattern: status))
        }
    }

    private mutating func answer(_ type: FrameType, id: UInt32, _ number: UInt32) throws(Channel.Lost) {
        var body = ByteWriter()
        body.write(number)
        try self.control.send(type, id: id, body.bytes)
        try self.control.flush()
    }
}
