import FuzzSupport
import Dispatch
import Glibc
import NIOCore
import Synchronization

/// An event loop that one thread turns by hand, and whose time passes when the script says so.
final class ScriptedLoop: EventLoop {
    private struct Timer {
        let id: Int
        let action: @Sendable () -> Void
    }
    private struct State {
        var jobs: [@Sendable () -> Void] = []
        var timers: [Timer] = []
        var lastTimer = 0
        var isStopped = false
    }
    private let state = Mutex(State())
    private let arrived = DispatchSemaphore(value: 0)
    private let thread = pthread_self()

    var inEventLoop: Bool { pthread_equal(self.thread, pthread_self()) != 0 }

    func execute(_ task: @escaping @Sendable () -> Void) {
        self.state.withLock { if !$0.isStopped { $0.jobs.append(task) } }
        self.arrived.signal()
    }

    /// Forgets what is left and what still comes: jobs hold the handler, which holds the loop.
    func stop() {
        self.state.withLock { state in
            state.isStopped = true
            (state.jobs, state.timers) = ([], [])
        }
    }

    /// Runs the next job, for which it waits up to ten seconds.
    func turn() {
        guard self.arrived.wait(timeout: .now() + .seconds(10)) == .success else { finding("a call is never answered") }
        self.state.withLock { $0.jobs.removeFirst() }()
    }

    /// Lets the oldest timer go off; false when there is none.
    func fire() -> Bool {
        let timer = self.state.withLock { $0.timers.isEmpty ? nil : $0.timers.removeFirst() }
        timer?.action()
        return timer != nil
    }

    var timerCount: Int { self.state.withLock { $0.timers.count } }

    func scheduleTask<T>(deadline: NIODeadline, _ task: @escaping @Sendable () throws -> T) -> Scheduled<T> {
        let promise = self.makePromise(of: T.self)
        let id = self.state.withLock { state in
            state.lastTimer += 1
            state.timers.append(
                Timer(id: state.lastTimer) {
                    do { promise.assumeIsolated().succeed(try task()) } catch { promise.fail(error) }
                })
            return state.lastTimer
        }
        return Scheduled(promise: promise) { self.state.withLock { $0.timers.removeAll { $0.id == id } } }
    }

    func scheduleTask<T>(in delay: TimeAmount, _ task: @escaping @Sendable () throws -> T) -> Scheduled<T> {
        self.scheduleTask(deadline: .now() + delay, task)
    }

    func submit<T>(_ task: @escaping @Sendable () throws -> T) -> EventLoopFuture<T> {
        let promise = self.makePromise(of: T.self)
        self.execute { do { promise.assumeIsolated().succeed(try task()) } catch { promise.fail(error) } }
        return promise.futureResult
    }

    func shutdownGracefully(queue: DispatchQueue, _ callback: @escaping @Sendable ((any Error)?) -> Void) {
        callback(nil)
    }
}
