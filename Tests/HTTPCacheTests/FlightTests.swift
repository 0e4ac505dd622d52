import NIOHTTP1
import Testing

@testable import HTTPCache

struct FlightTests {
    private let cache = HTTPCache()
    private let start = Moment(steadyMilliseconds: 0, wallMilliseconds: 1_800_000_000_000)
    private var table: FlightTable<Int>

    init() { self.table = FlightTable(configuration: CacheConfiguration()) }

    private func plan(_ target: String = "/a", _ headers: HTTPHeaders = [:], method: HTTPMethod = .GET) -> ForwardPlan {
        let request = CacheRequest(method: method, authority: "a.example", target: target, headers: headers)
        guard case .forward(let plan) = self.cache.lookup(request, now: self.start) else { preconditionFailure() }
        return plan
    }

    @Test("the first leads, the rest wait and are woken together")
    mutating func collapses() {
        guard case .lead(let flight) = self.table.board(self.plan(), as: 1, now: self.start) else {
            Issue.record("the first does not lead")
            return
        }
        for waiter in 2...5 { #expect(self.table.board(self.plan(), as: waiter, now: self.start) == .wait) }
        #expect(self.table.waitingCount == 4)
        #expect(self.table.land(flight, isKept: true, now: self.start).sorted() == [2, 3, 4, 5])
        #expect(self.table.waitingCount == 0 && self.table.land(flight, isKept: true, now: self.start) == [])
    }

    @Test("another target does not wait")
    mutating func targets() {
        _ = self.table.board(self.plan("/a"), as: 1, now: self.start)
        guard case .lead = self.table.board(self.plan("/b"), as: 2, now: self.start) else {
            Issue.record("waits for another target")
            return
        }
    }

    @Test("after an answer that is not kept, nobody waits for that target for a while")
    mutating func uncacheable() {
        guard case .lead(let flight) = self.table.board(self.plan(), as: 1, now: self.start) else { return }
        _ = self.table.board(self.plan(), as: 2, now: self.start)
        #expect(self.table.land(flight, isKept: false, now: self.start) == [2])
        for waiter in 3...4 { #expect(self.table.board(self.plan(), as: waiter, now: self.start) == .alone) }
        let later = self.start.advanced(byMilliseconds: 10_000)
        guard case .lead = self.table.board(self.plan(), as: 5, now: later) else {
            Issue.record("the memory does not fade")
            return
        }
    }

    @Test("whoever has waited too long goes on alone, and the flight goes on")
    mutating func overdue() {
        guard case .lead(let flight) = self.table.board(self.plan(), as: 1, now: self.start) else { return }
        _ = self.table.board(self.plan(), as: 2, now: self.start)
        let middle = self.start.advanced(byMilliseconds: 3000)
        _ = self.table.board(self.plan(), as: 3, now: middle)
        #expect(self.table.overdue(now: middle) == [])
        #expect(self.table.overdue(now: self.start.advanced(byMilliseconds: 5000)) == [2])
        #expect(self.table.land(flight, isKept: true, now: middle) == [3])
    }

    @Test("a client that leaves is not woken")
    mutating func leaves() {
        guard case .lead(let flight) = self.table.board(self.plan(), as: 1, now: self.start) else { return }
        _ = self.table.board(self.plan(), as: 2, now: self.start)
        self.table.leave(2, self.plan())
        #expect(self.table.land(flight, isKept: true, now: self.start) == [])
    }

    @Test(
        "what is asked with conditions, ranges or credentials neither waits nor lets others wait",
        arguments: [
            ["if-none-match": "\"a\""], ["if-modified-since": "x"], ["range": "bytes=0-1"], ["authorization": "x"],
            ["cache-control": "no-cache"], ["cache-control": "no-store"], ["if-match": "\"a\""],
        ] as [HTTPHeaders])
    mutating func particular(headers: HTTPHeaders) {
        #expect(self.table.board(self.plan("/a", headers), as: 1, now: self.start) == .alone)
        _ = self.table.board(self.plan(), as: 2, now: self.start)
        #expect(self.table.board(self.plan("/a", headers), as: 3, now: self.start) == .alone)
    }

    @Test("a request that changes something never waits")
    mutating func unsafe() {
        _ = self.table.board(self.plan(), as: 1, now: self.start)
        #expect(self.table.board(self.plan(method: .POST), as: 2, now: self.start) == .alone)
    }
}
