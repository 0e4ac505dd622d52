import Histogram
import NIOCore
import NIOPosix

/// Runs one scenario on a number of connections for a time, all on one event loop: a closed loop without think time.
final class LoadRun {
    /// How long after the end a call may still take.
    private static let grace = TimeAmount.seconds(30)

    private let loop: any EventLoop
    private let scenario: Scenario
    private let deadline: NIODeadline
    /// Answers after which it is enough, whatever time is left.
    private let requests: Int
    private let promise: EventLoopPromise<Void>
    private var running: Int
    private(set) var latency = Histogram<UInt32>(highestTrackableValue: 120_000_000)
    private(set) var errors = 0
    private(set) var firstError: String?

    private init(scenario: Scenario, connections: Int, seconds: Int, requests: Int, loop: any EventLoop) {
        self.loop = loop
        self.scenario = scenario
        self.running = connections
        self.deadline = .now() + .seconds(Int64(seconds))
        self.requests = requests
        self.promise = loop.makePromise()
    }

    /// Measures; a connection that cannot be opened or prepared counts as one error and does not take part.
    static func measure(
        _ scenario: Scenario, target: LoadTarget, name: String, connections: Int, seconds: Int,
        requests: Int = .max, account: (email: String, password: String) = ("", "")
    ) async throws -> Measurement {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let workers = try await LoadRun.open(
            scenario, target: target, connections: connections,
            preparation: scenario.preparation(email: account.email, password: account.password), loop: loop)
        return try await loop.flatSubmit {
            let run = LoadRun(
                scenario: scenario, connections: connections, seconds: seconds, requests: requests, loop: loop)
            let started = NIODeadline.now()
            run.start(workers.value)
            let bound = NIOLoopBound(run, eventLoop: loop)
            return run.promise.futureResult.map {
                let run = bound.value
                for case .success(let worker) in workers.value { worker.close() }
                return Measurement(
                    target: name, scenario: scenario.rawValue, connections: connections,
                    seconds: Double((NIODeadline.now() - started).nanoseconds) / 1e9, latency: run.latency,
                    errors: run.errors, firstError: run.firstError)
            }
        }.get()
    }

    struct Failure: Error { let text: String }
    typealias Opened = Result<MCPWorker, Failure>

    /// Opens and prepares all connections before the clock starts; for `connect` the workers stay closed.
    private static func open(
        _ scenario: Scenario, target: LoadTarget, connections: Int, preparation: ToolCall?, loop: any EventLoop
    ) async throws -> NIOLoopBound<[Opened]> {
        try await loop.flatSubmit {
            let futures = (0..<connections).map { _ in
                let promise = loop.makePromise(of: NIOLoopBound<Opened>.self)
                let worker = MCPWorker(target: target, loop: loop)
                let timeout = loop.assumeIsolated().scheduleTask(in: Self.grace) { worker.close() }
                func done(_ error: String?) {
                    timeout.cancel()
                    let outcome: Opened = error.map { .failure(Failure(text: $0)) } ?? .success(worker)
                    promise.succeed(NIOLoopBound(outcome, eventLoop: loop))
                }
                if scenario == .connect {
                    done(nil)
                } else if !scenario.needsSession {
                    worker.connect(then: done)
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

    private func start(_ workers: [Opened]) {
        let timeout = self.loop.assumeIsolated().scheduleTask(deadline: self.deadline + Self.grace) {
            self.count("\(self.running) calls were not answered in time")
            self.promise.succeed()
        }
        self.promise.futureResult.whenComplete { _ in timeout.cancel() }
        for outcome in workers {
            switch outcome {
            case .failure(let failure):
                self.count(failure.text)
                self.end()
            case .success(let worker):
                if self.scenario == .connect { self.reconnect(worker) } else { self.repeatRequest(worker) }
            }
        }
    }

    private func repeatRequest(_ worker: MCPWorker) {
        var started = NIODeadline.now()
        worker.prepare(self.scenario) { error in
            let now = NIODeadline.now()
            self.record(error, now - started)
            guard now < self.deadline, worker.isConnected, !self.isEnough else { return self.end() }
            started = now
            worker.callAgain()
        }
        worker.callAgain()
    }

    private func reconnect(_ worker: MCPWorker) {
        guard NIODeadline.now() < self.deadline, !self.isEnough else { return self.end() }
        let started = NIODeadline.now()
        worker.open { error in
            self.record(error, NIODeadline.now() - started)
            worker.close()
            // A server that refuses at once must not turn the loop into recursion.
            self.loop.assumeIsolated().execute { self.reconnect(worker) }
        }
    }

    private var isEnough: Bool { Int(self.latency.totalCount) + self.errors >= self.requests }

    private func record(_ error: String?, _ duration: TimeAmount) {
        if let error { self.count(error) } else { self.latency.record(UInt64(max(0, duration.nanoseconds / 1000))) }
    }

    private func count(_ error: String) {
        self.errors += 1
        if self.firstError == nil { self.firstError = error }
    }

    private func end() {
        self.running -= 1
        if self.running == 0 { self.promise.succeed() }
    }
}
