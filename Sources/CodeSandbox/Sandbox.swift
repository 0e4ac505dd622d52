package import Logging
import NIOCore
import NIOPosix
import Synchronization

/// Runs scripts, each in a process of its own that can do nothing but compute and ask the host.
package final class Sandbox: Sendable {
    private let configuration: SandboxConfiguration
    private let limits: RunLimits
    private let guestExecutable: String
    private let files: [VirtualFile]
    private let logger: Logger
    private let state: Mutex<State>

    private enum Admission: Sendable { case admitted, refused(RunFailure) }

    private struct State {
        var queue: RunQueue
        var waiters: [UInt64: CheckedContinuation<Admission, Never>] = [:]
        var lastTicket: UInt64 = 0
        var lastGuest: UInt32 = 0
        var zygote: ZygoteProcess?
        var readySince: ContinuousClock.Instant?
        var backoff = RestartBackoff()
        var prepared: [Guest] = []
        /// Guests whose process occupies a place.
        var leased: Set<UInt32> = []
        /// Guests being forked ahead, and those of them that ended before they were ready.
        var preparing: Set<UInt32> = []
        var stillborn: Set<UInt32> = []
        var isShutDown = false
    }

    /// - Parameters:
    ///   - guestExecutable: path of the `sandbox-guest` program.
    ///   - files: the virtual tree scripts may import and read.
    package init(configuration: SandboxConfiguration, guestExecutable: String, files: [VirtualFile], logger: Logger) {
        self.configuration = configuration
        self.limits = RunLimits(configuration)
        self.guestExecutable = guestExecutable
        self.files = files
        self.logger = logger
        let queue = RunQueue(places: configuration.concurrentRuns, capacity: configuration.waitingRuns)
        self.state = Mutex(State(queue: queue))
    }

    // MARK: Life

    /// Tries on this host, in throwaway processes, what no script must be able to do.
    ///
    /// Needs no sandbox, so it may go on while one is made.
    ///
    /// - Parameter executable: path of the `sandbox-guest` program.
    /// - Throws: ``SandboxError`` when nothing could be tried.
    package static func tryWalls(of executable: String) async throws -> WallReport {
        do { return try await SelfTest.run(executable: executable) } catch let error as SystemError {
            throw SandboxError("the sandbox could not be tried: \(error)")
        }
    }

    /// As ``tryWalls(of:)``.
    ///
    /// - Throws: ``SandboxError`` also when a wall that `policy` insists on does not hold.
    package static func proveWalls(of executable: String, under policy: WallPolicy) async throws -> WallReport {
        let report = try await self.tryWalls(of: executable)
        guard let refusal = report.refusal(under: policy) else { return report }
        throw SandboxError(
            "the sandbox does not hold on this host: \(refusal); sandbox.walls = "
                + "\"\(policy.rawValue)\" insists on it")
    }

    /// Starts the zygote and waits until it is ready.
    ///
    /// - Throws: ``SandboxError`` when the program cannot be started or a wall that is insisted on cannot be raised.
    package func start() async throws {
        do {
            try await self.startZygote()
        } catch let error as SandboxError {
            throw error
        } catch { throw SandboxError("the sandbox could not be started: \(error)") }
    }

    private func startZygote() async throws {
        let zygote = try await ZygoteProcess.start(
            executable: self.guestExecutable, files: self.files, walls: self.configuration.walls)
        let admitted = self.state.withLock { state -> [CheckedContinuation<Admission, Never>]? in
            guard !state.isShutDown else { return nil }
            state.zygote = zygote
            state.readySince = .now
            return Self.take(state.queue.open(), from: &state)
        }
        guard let admitted else { return await zygote.end() }
        for waiter in admitted { waiter.resume(returning: .admitted) }
        zygote.closed.whenComplete { _ in self.zygoteClosed(zygote) }
        self.prepareGuests()
    }

    /// Starts a new zygote in place of one that ended; does nothing when that is under way.
    private func zygoteClosed(_ zygote: ZygoteProcess) {
        let isOurs = self.state.withLock { state in
            guard state.zygote === zygote else { return false }
            state.zygote = nil
            state.prepared = []
            state.queue.close()
            return true
        }
        guard isOurs else { return }
        self.logger.error("the sandbox's zygote ended and is started again")
        // Ends when a zygote is ready or the sandbox shuts down; nobody needs to wait for it.
        Task {
            // It ends by itself; killing it first would leave its child to whoever adopts orphans here.
            await ZygoteProcess.reap(zygote.process)
            await self.restart()
        }
    }

    private func restart() async {
        while true {
            let delay = self.state.withLock { state -> Duration? in
                guard !state.isShutDown else { return nil }
                let lifetime = state.readySince.map { ContinuousClock.now - $0 } ?? .zero
                state.readySince = nil
                return state.backoff.died(after: lifetime)
            }
            guard let delay else { return }
            try? await Task.sleep(for: delay)
            do {
                return try await self.startZygote()
            } catch { self.logger.error("the sandbox's zygote could not be started", metadata: ["error": "\(error)"]) }
        }
    }

    /// Kills what runs and ends the zygote.
    package func shutdown() async {
        let (zygote, waiters) = self.state.withLock { state in
            state.isShutDown = true
            state.queue.close()
            defer {
                state.zygote = nil
                state.prepared = []
                state.waiters = [:]
            }
            return (state.zygote, Array(state.waiters.values))
        }
        for waiter in waiters { waiter.resume(returning: .refused(Self.shutdownFailure)) }
        await zygote?.end()
    }

    // MARK: Runs

    /// Runs one script to its end, its time limit or its cancellation (of the calling task, which kills the guest).
    package func run(_ request: RunRequest) async -> RunOutcome {
        var attempt = 1
        while true {
            if case .refused(let failure) = await self.admission(of: request.owner) {
                return RunOutcome(ending: .failure(failure))
            }
            let id = self.state.withLock { state in
                state.lastGuest &+= 1
                state.leased.insert(state.lastGuest)
                return state.lastGuest
            }
            let ending = await self.run(request, as: id)
            self.prepareGuests()
            // A run that had asked nothing of the host when the zygote died can simply begin again.
            if case .zygoteLost(let outcome, let zygote) = ending {
                if let zygote { self.zygoteClosed(zygote) }
                attempt += 1
                guard attempt > 2 || outcome.usage.hostCalls > 0 || Task.isCancelled else { continue }
                return outcome
            }
            if case .finished(let outcome) = ending { return outcome }
        }
    }

    private enum Attempt {
        case finished(RunOutcome)
        case zygoteLost(RunOutcome, ZygoteProcess?)
    }

    private func run(_ request: RunRequest, as id: UInt32) async -> Attempt {
        let zygote = self.state.withLock { $0.zygote }
        guard let zygote else {
            self.freePlace(of: id)
            return .zygoteLost(RunOutcome(ending: .failure(GuestExit.zygoteLost.failure)), nil)
        }
        do {
            let guest = try await self.guest(for: id, from: zygote)
            let (outcome, isZygoteLost) = await guest.run(request)
            return isZygoteLost ? .zygoteLost(outcome, zygote) : .finished(outcome)
        } catch {
            self.freePlace(of: id)
            self.logger.warning("no guest could be had for a run", metadata: ["error": "\(error)"])
            let failure = RunFailure(.busy, "No process could be had to run the script. Try again in a moment.")
            let outcome = RunOutcome(ending: .failure(failure))
            return zygote.isClosed ? .zygoteLost(outcome, zygote) : .finished(outcome)
        }
    }

    // MARK: Guests

    /// A guest that was forked ahead, or a new one; its end frees the place of `id`.
    private func guest(for id: UInt32, from zygote: ZygoteProcess) async throws -> Guest {
        let prepared = self.state.withLock { state -> Guest? in
            while let guest = state.prepared.popLast() {
                guard guest.isAlive, state.leased.remove(id) != nil else { continue }
                // The place now belongs to the process that will run the script.
                state.leased.insert(guest.id)
                return guest
            }
            return nil
        }
        if let prepared { return prepared }
        return try await self.forkGuest(id, from: zygote)
    }

    private func forkGuest(_ id: UInt32, from zygote: ZygoteProcess) async throws -> Guest {
        try await Guest.fork(id, from: zygote, limits: self.limits) { self.freePlace(of: id) }
    }

    /// Forks guests ahead until there are as many as configured.
    private func prepareGuests() {
        let (zygote, ids) = self.state.withLock { state -> (ZygoteProcess?, [UInt32]) in
            let missing = self.configuration.preparedGuests - state.prepared.count - state.preparing.count
            guard state.zygote != nil, missing > 0 else { return (nil, []) }
            let ids = (1...UInt32(missing)).map { state.lastGuest &+ $0 }
            state.lastGuest &+= UInt32(missing)
            state.preparing.formUnion(ids)
            return (state.zygote, ids)
        }
        guard let zygote else { return }
        for id in ids {
            // Ends by itself after one fork; what it made waits in `prepared`.
            Task {
                let guest = try? await self.forkGuest(id, from: zygote)
                let isWanted = self.state.withLock { state in
                    state.preparing.remove(id)
                    let isStillborn = state.stillborn.remove(id) != nil
                    guard let guest, !isStillborn, state.zygote === zygote else { return false }
                    state.prepared.append(guest)
                    return true
                }
                if !isWanted { guest?.dismiss() }
            }
        }
    }

    // MARK: Places

    private func admission(of owner: String) async -> Admission {
        let ticket = self.state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        let busy = RunFailure(
            .busy,
            "\(self.configuration.concurrentRuns) scripts may run at the same time, all of those run already, and this "
                + "one was not reached within \(self.configuration.queueTimeout.shortText). Try again in a few seconds."
        )
        let full = RunFailure(
            .busy,
            "\(self.configuration.concurrentRuns) scripts may run at the same time and "
                + "\(self.configuration.waitingRuns) wait for that, and so many do. Try again in a few seconds.")
        let overdue = MultiThreadedEventLoopGroup.singleton.next().scheduleTask(
            in: .milliseconds(self.configuration.queueTimeout.milliseconds)
        ) { self.abandon(ticket, of: owner, busy) }
        defer { overdue.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let decision: Admission? = self.state.withLock { state in
                    if state.isShutDown { return .refused(Self.shutdownFailure) }
                    if Task.isCancelled { return .refused(Self.cancelFailure) }
                    switch state.queue.arrive(ticket, of: owner) {
                    case .start: return .admitted
                    case .refuse: return .refused(full)
                    case .wait:
                        state.waiters[ticket] = continuation
                        return nil
                    }
                }
                if let decision { continuation.resume(returning: decision) }
            }
        } onCancel: {
            self.abandon(ticket, of: owner, Self.cancelFailure)
        }
    }

    private func abandon(_ ticket: UInt64, of owner: String, _ failure: RunFailure) {
        let waiter = self.state.withLock { state in
            state.queue.abandon(ticket, of: owner) ? state.waiters.removeValue(forKey: ticket) : nil
        }
        waiter?.resume(returning: .refused(failure))
    }

    /// A leased process is gone, or never came to be; does nothing the second time.
    private func freePlace(of id: UInt32) {
        let admitted = self.state.withLock { state -> [CheckedContinuation<Admission, Never>] in
            if state.leased.remove(id) != nil { return Self.take(state.queue.leave(), from: &state) }
            // A guest that was forked ahead and is gone must never be leased: nobody would free its place.
            if state.preparing.contains(id) { state.stillborn.insert(id) }
            state.prepared.removeAll { $0.id == id }
            return []
        }
        for waiter in admitted { waiter.resume(returning: .admitted) }
    }

    private static func take(
        _ tickets: [UInt64], from state: inout State
    ) -> [CheckedContinuation<Admission, Never>] {
        tickets.compactMap { state.waiters.removeValue(forKey: $0) }
    }

    private static let shutdownFailure = RunFailure(.cancelled, "The service is shutting down.")
    private static let cancelFailure = RunFailure(.cancelled, "The run was cancelled.")

    // MARK: For tests that count and kill processes

    /// Whether nothing runs and nothing is being forked.
    var isSettled: Bool {
        self.state.withLock { state in
            state.leased.isEmpty && state.preparing.isEmpty
                && state.prepared.count == self.configuration.preparedGuests
        }
    }

    var zygoteProcessID: Int32? { self.state.withLock { $0.zygote?.process.pid } }

    /// Processes that run a script now, as far as the zygote has said.
    var runningProcessIDs: [Int32] {
        let (zygote, leased) = self.state.withLock { ($0.zygote, $0.leased) }
        return leased.compactMap { zygote?.processID(of: $0) }
    }
}
