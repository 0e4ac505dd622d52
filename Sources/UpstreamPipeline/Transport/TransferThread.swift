import Glibc

/// A thread of its own, for work that blocks.
@safe
struct TransferThread: ~Copyable {
    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    private let thread: pthread_t

    /// Starts the thread.
    ///
    /// It gets no signals, SIGPIPE included: OpenSSL writes to sockets whose peer may be gone.
    ///
    /// - Throws: ``TransportSetupError`` when the system has no more threads.
    init(_ body: @escaping @Sendable () -> Void) throws(TransportSetupError) {
        var (all, before, thread) = (sigset_t(), sigset_t(), pthread_t())
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_BLOCK, &all, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        let context = unsafe Unmanaged.passRetained(Work(body))
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            throw TransportSetupError("no thread for transfers (\(code))")
        }
        self.thread = thread
    }

    /// Waits for the end of the work.
    consuming func join() { pthread_join(self.thread, nil) }
}
