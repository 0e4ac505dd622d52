import Histogram
import NIOCore
import NIOPosix

/// Runs one scenario with a number of sessions for a time, all on one event loop: a closed loop without think time.
final class LoadRun {
    private let loop: any EventLoop
    private let scenario: Scenario
    private let target: LoadTarget
    private let deadline: NIODeadline
    private let promise: EventLoopPromise<Void>
    private var running: Int
    private(set) var latency = Histogram<UInt32>(highestTrackableValue: 120_000_000)
    private(set) var errors = 0
    private(set) var firstError: String?

    private init(
        scenario: Scenario, target: LoadTarget, sessions: Int, seconds: Int, loop: any EventLoop
    ) {
        self.loop = loop
        self.scenario = scenario
        self.target = target
        self.running = sessions
        self.deadline = .now() + .seconds(Int64(seconds))
        self.promise = loop.makePromise()
    }

    /// Measures; a session that cannot be opened or prepared counts as one error and does not take part.
    static func measure(
        _ scenario: Scenario, target: LoadTarget, name: String, sessions: Int, seconds: Int,
        account: (email: String, password: String)
    ) async throws -> Measurement {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let workers = try await LoadRun.open(
            scenario, target: target, sessions: sessions,
            preparation: scenario.preparation(email: account.email, password: account.password), loop: loop)
        return try await loop.flatSubmit {
            let run = LoadRun(scenario: scenario, target: target, sessions: sessions, seconds: seconds, loop: loop)
            let started = NIODeadline.now()
            for outcome in workers.value {
                switch outcome {
                case .success(let worker): run.next(worker)
                case .failure(let failure): run.end(error: failure.text)
                }
            }
            let bound = NIOLoopBound(run, eventLoop: loop)
            return run.promise.futureResult.map {
                let run = bound.value
                for case .success(let worker) in workers.value { worker.close() }
                return Measurement(
                    target: name, scenario: scenario.rawValue, sessions: sessions,
                    seconds: Double((NIODeadline.now() - started).nanoseconds) / 1e9, latency: run.latency,
                    errors: run.errors, firstError: run.firstError)
            }
        }.get()
    }

    struct Failure: Error { let text: String }
    typealias Opened = Result<MCPWorker, Failure>

    /// Opens and prepares all sessions before the clock starts; for `connect` the workers stay closed.
    private static func open(
        _ scenario: Scenario, target: LoadTarget, sessions: Int, preparation: ByteBuffer?, loop: any EventLoop
    ) async throws -> NIOLoopBound<[Opened]> {
        try await loop.flatSubmit {
            let futures = (0..<sessions).map { _ in
                let promise = loop.makePromise(of: NIOLoopBound<Opened>.self)
                let worker = MCPWorker(target: target, loop: loop)
                func done(_ error: String?) {
                    let outcome: Opened = error.map { .failure(Failure(text: $0)) } ?? .success(worker)
                    promise.succeed(NIOLoopBound(outcome, eventLoop: loop))
                }
                if scenario == .connect {
                    done(nil)
                } else {
                    worker.open { error in
                        guard error == nil, let preparation else { return done(error) }
                        worker.call(preparation, then: done)
                    }
                }
                return promise.futureResult
            }
            return EventLoopFuture.whenAllSucceed(futures, on: loop).map { bound in
                NIOLoopBound(bound.map(\.value), eventLoop: loop)
            }
        }.get()
    }

    private func next(_ worker: MCPWorker) {
        guard NIODeadline.now() < self.deadline else { return self.end(error: nil) }
        let started = NIODeadline.now()
        let finish: (String?) -> Void = { error in
            if let error {
                self.count(error)
            } else {
                self.latency.record(UInt64((NIODeadline.now() - started).nanoseconds / 1000))
            }
            if self.scenario == .connect { worker.close() }
            // A server that refuses at once must not turn the loop into recursion.
            self.loop.assumeIsolated().execute { self.next(worker) }
        }
        if let body = self.scenario.body { worker.call(body, then: finish) } else { worker.open(then: finish) }
    }

    private func count(_ error: String) {
        self.errors += 1
        if self.firstError == nil { self.firstError = error }
    }

    private func end(error: String?) {
        if let error { self.count(error) }
        self.running -= 1
        if self.running == 0 { self.promise.succeed() }
    }
}
