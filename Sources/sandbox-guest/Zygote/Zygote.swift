import CSeccomp
import Glibc

/// The process every run is forked from: engine, prelude and files are ready in it.
struct Zygote {
    private var control: Channel
    private let signals: Int32
    private let engine: Engine
    private let lockdown: Lockdown
    private let pid = getpid()
    private var children: [pid_t: UInt32] = [:]

    /// Serves the host on `descriptor` until it hangs up.
    static func main(control descriptor: Int32) -> Never {
        guard cseccomp_close_range(UInt32(descriptor) + 1, UInt32.max) == 0 else { _exit(71) }
        // Swift's runtime would catch a crash and start another program for a report; a crash shall be a plain death.
        for number in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP] { signal(number, SIG_DFL) }
        var control = Channel(descriptor: descriptor)
        do throws(Channel.Lost) {
            guard let frame = try control.receive(), frame.type == .configure,
                let files = Self.files(in: frame.body)
            else { _exit(65) }
            var zygote: Zygote
            do throws(RunFailure) {
                zygote = try Zygote(control: control, files: files)
            } catch {
                try control.send(.unusable, error.message.utf8)
                try control.flush()
                _exit(70)
            }
            try zygote.serve()
        } catch { _exit(74) }
        _exit(0)
    }

    private init(control: Channel, files: FileTree) throws(RunFailure) {
        self.control = control
        // One time zone for every run, read now because no file can be opened later.
        unsafe setenv("TZ", "UTC0", 1)
        tzset()
        unsafe unsetenv("TZ")
        signal(SIGPIPE, SIG_IGN)
        self.signals = cseccomp_child_signals()
        guard self.signals >= 0 else { throw RunFailure(.guestLost, "signalfd failed: error \(errno)") }
        self.engine = try Engine(files: files)
        do throws(SystemCallFilter.Unavailable) {
            let filter = try SystemCallFilter(channel: Lockdown.channelDescriptor)
            guard let mapped = Lockdown.currentlyMappedBytes() else {
                throw SystemCallFilter.Unavailable(description: "/proc/self/statm cannot be read")
            }
            self.lockdown = Lockdown(filter: filter, mappedBytes: mapped)
        } catch { throw RunFailure(.guestLost, error.description) }
    }

    private static func files(in body: [UInt8]) -> FileTree? {
        var reader = ByteReader(body)
        guard let version = reader.read(UInt32.self), version == 1, let count = reader.read(UInt32.self) else {
            return nil
        }
        var files: [(path: String, text: String)] = []
        for _ in 0..<count {
            guard let path = reader.readPrefixedText(), let text = reader.readPrefixedText() else { return nil }
            files.append((path, text))
        }
        return FileTree(files)
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
