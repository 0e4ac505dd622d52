import Synchronization
import TestSupport
import Testing
import WireTestSupport

@testable import UpstreamPipeline

struct SingleFlightTests {
    /// Something to wait at until it is opened.
    private final class Door: Sendable {
        private let (stream, continuation) = AsyncStream<Void>.makeStream()
        func open() { self.continuation.finish() }
        func pass() async { for await _ in self.stream {} }
    }

    @Test("fifty callers of the same cost one operation", .timeLimit(.minutes(1)))
    func counts() async {
        let (flight, door, runs) = (SingleFlight<String, Int>(), Door(), Counter())
        let shared = await withTaskGroup { group in
            for _ in 0..<50 {
                group.addTask {
                    let (outcome, isShared) = await flight.run("a") {
                        runs.add()
                        await door.pass()
                        return .success(7)
                    }
                    #expect((try? outcome.get()) == 7)
                    return isShared
                }
            }
            await flight.waiters(50, "a")
            door.open()
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(runs.value == 1 && shared == 49 && flight.count == 0)
    }

    @Test("other keys, and later callers, run for themselves", .timeLimit(.minutes(1)))
    func separate() async {
        let (flight, runs) = (SingleFlight<String, Int>(), Counter())
        for key in ["a", "a", "b"] {
            _ = await flight.run(key) {
                runs.add()
                return .success(1)
            }
        }
        #expect(runs.value == 3)
    }

    @Test("one cancelled caller leaves the others their answer", .timeLimit(.minutes(1)))
    func oneCancelled() async {
        let (flight, door, runs) = (SingleFlight<String, Int>(), Door(), Counter())
        let operation: @Sendable () async -> SingleFlight<String, Int>.Outcome = {
            runs.add()
            await door.pass()
            return Task.isCancelled ? .failure(.cancelled) : .success(7)
        }
        let first = Task { await flight.run("a", operation: operation).outcome }
        await flight.waiters(1, "a")
        let second = Task { await flight.run("a", operation: operation).outcome }
        await flight.waiters(2, "a")
        first.cancel()
        let cancelled = await first.value
        #expect(throws: PipelineError.self) { try cancelled.get() }
        door.open()
        #expect((try? await second.value.get()) == 7)
        #expect(runs.value == 1)
    }

    @Test("the last cancelled caller cancels the operation", .timeLimit(.minutes(1)))
    func allCancelled() async {
        let (flight, cancelled) = (SingleFlight<String, Int>(), Door())
        let callers = (0..<3).map { _ in
            Task {
                await flight.run("a") {
                    await withTaskCancellationHandler {
                        await cancelled.pass()
                    } onCancel: {
                        cancelled.open()
                    }
                    return .failure(.cancelled)
                }.outcome
            }
        }
        await flight.waiters(3, "a")
        for caller in callers { caller.cancel() }
        for caller in callers {
            let outcome = await caller.value
            #expect(throws: PipelineError.self) { try outcome.get() }
        }
        await cancelled.pass()
        #expect(flight.count == 0)
    }

    @Test("a caller cancelled beforehand does not wait", .timeLimit(.minutes(1)))
    func cancelledBefore() async {
        let flight = SingleFlight<String, Int>()
        let caller = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await flight.run("a") {
                await Door().pass()
                return .failure(.cancelled)
            }.outcome
        }
        let outcome = await caller.value
        #expect(throws: PipelineError.self) { try outcome.get() }
    }
}

/// Counts from any thread.
final class Counter: Sendable {
    private let count = Atomic(0)
    var value: Int { self.count.load(ordering: .relaxed) }
    func add() { self.count.add(1, ordering: .relaxed) }
}

extension SingleFlight {
    /// Waits until so many callers wait for `key`.
    fileprivate func waiters(_ count: Int, _ key: Key) async {
        await eventually { self.waiterCount(key) >= count }
    }
}
