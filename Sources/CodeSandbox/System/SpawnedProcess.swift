import Glibc

/// A child program that sees an empty environment and one descriptor of ours.
struct SpawnedProcess: Sendable {
    let pid: pid_t

    /// Starts `executable` with our descriptor as its `number`; standard input and output are otherwise empty, errors
    /// are ours.
    ///
    /// Descriptors that were opened without close-on-exec are for the program to close, first thing.
    init(executable: String, argument: String? = nil, channel: borrowing Descriptor, as number: Int32 = 3)
        throws(SystemError)
    {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for (descriptor, mode) in [(Int32(0), O_RDONLY), (1, O_WRONLY)] {
            unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", mode, 0)
        }
        unsafe posix_spawn_file_actions_adddup2(&actions, channel.number, number)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        // No inherited signal mask, no inherited dispositions, and a group of its own, so that Ctrl-C is for us alone.
        var none = sigset_t()
        unsafe sigemptyset(&none)
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        unsafe posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        var pid: pid_t = 0
        let result = unsafe executable.withCString { path in
            var arguments = unsafe [strdup(path)] + (argument.map { unsafe [strdup($0)] } ?? []) + [nil]
            defer { unsafe arguments.forEach { unsafe free($0) } }
            var environment: [UnsafeMutablePointer<CChar>?] = unsafe [nil]
            return unsafe posix_spawn(&pid, path, &actions, &attributes, &arguments, &environment)
        }
        guard result == 0 else { throw SystemError(result, "starting \(executable)") }
        self.pid = pid
    }

    func kill() { _ = Glibc.kill(self.pid, SIGKILL) }

    /// Waits for the end of the process; blocks, so never call it on an event loop.
    func wait() {
        var status: Int32 = 0
        while unsafe waitpid(self.pid, &status, 0) < 0 && errno == EINTR {}
    }
}
