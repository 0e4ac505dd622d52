import HTTPCache
import NIOCore
import ReverseProxy
import Synchronization

/// The requests that wait for another one's answer, and who wakes them.
final class WaitingRequests: Sendable {
    typealias Flight = FlightTable<UInt64>.Flight

    private struct State {
        var table: FlightTable<UInt64>
        var visits: [UInt64: (visit: CacheVisit, plan: ForwardPlan)] = [:]
        var lastNumber: UInt64 = 0
    }

    private let state: Mutex<State>
    private let waitMilliseconds: Int64

    init(configuration: CacheConfiguration) {
        self.state = Mutex(State(table: FlightTable(configuration: configuration)))
        self.waitMilliseconds = configuration.collapsedWaitMilliseconds
    }

    /// Decides for a visit; one that waits goes on by itself when its time is over or its turn has come.
    func board(_ visit: CacheVisit, _ plan: ForwardPlan, now: Moment) -> FlightTable<UInt64>.Boarding {
        let (boarding, number) = self.state.withLock { state in
            state.lastNumber += 1
            let boarding = state.table.board(plan, as: state.lastNumber, now: now)
            if boarding == .wait { state.visits[state.lastNumber] = (visit, plan) }
            return (boarding, state.lastNumber)
        }
        guard boarding == .wait else { return boarding }
        visit.client.onDisconnect { self.leave(number) }
        visit.client.eventLoop.scheduleTask(in: .milliseconds(self.waitMilliseconds)) {
            guard let (visit, plan) = self.leave(number) else { return }
            visit.ask(plan, flight: nil)
        }
        return boarding
    }

    /// Wakes all who wait for the flight: they look again, and ask the origin side by side when nothing is there.
    func land(_ flight: Flight?, isKept: Bool) {
        guard let flight else { return }
        let woken = self.state.withLock { state in
            state.table.land(flight, isKept: isKept, now: SystemMoments.now).compactMap {
                state.visits.removeValue(forKey: $0)
            }
        }
        for (visit, _) in woken { visit.client.eventLoop.execute { visit.begin(mayWait: false) } }
    }

    /// Wakes those who wait for a flight that comes to no end because its client does not read.
    ///
    /// One of them leads the others from here on; who has been through this before asks alone.
    func abandon(_ flight: Flight) {
        let woken = self.state.withLock { state in
            // What it brings may yet be stored: the target is no uncacheable one.
            state.table.land(flight, isKept: true, now: SystemMoments.now).compactMap {
                state.visits.removeValue(forKey: $0)
            }
        }
        for (visit, _) in woken {
            var visit = visit
            let mayWait = !visit.hasWaited
            visit.hasWaited = true
            visit.client.eventLoop.execute { [visit] in visit.begin(mayWait: mayWait) }
        }
    }

    @discardableResult
    private func leave(_ number: UInt64) -> (visit: CacheVisit, plan: ForwardPlan)? {
        self.state.withLock { state in
            guard let (visit, plan) = state.visits.removeValue(forKey: number) else { return nil }
            state.table.leave(number, plan)
            return (visit, plan)
        }
    }
}
