import Dispatch
import Glibc
import Synchronization

/// A program in a process of its own.
///
/// Spawned with clean signals and files as its standard descriptors: a test bundle starts many programs at once from
/// threads that block signals, and a program that held the bundle's own output would keep it from ending.
package final class ChildProcess: Sendable {
    package struct SpawnFailed: Error { package let program: String, code: Int32 }

    private enum State: Sendable {
        case running([CheckedContinuation<Int32, Never>])
        case ended(Int32)
    }

    package let processID: Int32
    private let state = Mutex(State.running([]))

    /// Starts `program`, a path or a name on the search path, with files as its three standard descriptors.
    package init(
        program: String, arguments: [String], environment: [String: String], folder: String = "/",
        input: String = "/dev/null", output: String, errors: String
    ) throws {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        unsafe posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        // env changes the folder, finds the program on the search path, and becomes it.
        let commandLine = ["/usr/bin/env", "--chdir", folder, program] + arguments
        var argumentList = unsafe commandLine.map { unsafe strdup($0) } + [nil]
        var environmentList = unsafe environment.map { unsafe strdup("\($0)=\($1)") } + [nil]
        defer { unsafe (argumentList + environmentList).forEach { unsafe free($0) } }
        var identifier: pid_t = 0
        let code = unsafe posix_spawn(
            &identifier, "/usr/bin/env", &actions, &attributes, &argumentList, &environmentList)
        guard code == 0 else { throw SpawnFailed(program: program, code: code) }
        self.processID = identifier
        // Waits on a thread of its own until the program ends, which every test sees to.
        Thread.detach { self.reap() }
    }

    private func reap() {
        var status: Int32 = 0
        while unsafe waitpid(self.processID, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        let code = signal == 0 ? (status >> 8) & 0xFF : -signal
        let waiting = self.state.withLock { state -> [CheckedContinuation<Int32, Never>] in
            defer { state = .ended(code) }
            if case .running(let waiting) = state { return waiting }
            return []
        }
        for continuation in waiting { continuation.resume(returning: code) }
    }

    package var isRunning: Bool {
        self.state.withLock { state in
            if case .running = state { true } else { false }
        }
    }

    /// The exit code, or minus the signal that ended the program.
    package func exitCode() async -> Int32 {
        await withCheckedContinuation { continuation in
            let code = self.state.withLock { state -> Int32? in
                switch state {
                case .ended(let code): return code
                case .running(let waiting):
                    state = .running(waiting + [continuation])
                    return nil
                }
            }
            if let code { continuation.resume(returning: code) }
        }
    }

    /// The same, but a program that takes longer than `seconds` is killed first.
    package func exitCode(within seconds: Double) async -> Int32 {
        let watchdog = DispatchWorkItem { self.send(SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: watchdog)
        defer { watchdog.cancel() }
        return await self.exitCode()
    }

    /// Sends a signal; does nothing once the program has ended.
    package func send(_ signal: Int32) { if self.isRunning { kill(self.processID, signal) } }
}

private enum Thread {
    /// Runs `body` on a new thread; `Dispatch`'s pool must not be filled with waiting.
    static func detach(_ body: @escaping @Sendable () -> Void) {
        let box = unsafe Unmanaged.passRetained(Box(body)).toOpaque()
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
                return nil
            }, box)
        precondition(code == 0, "no thread to be had")
        pthread_detach(thread)
    }

    private final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}
