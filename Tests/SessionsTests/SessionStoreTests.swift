import Sessions
import Synchronization
import Testing

struct SessionStoreTests {
    /// What ended, in order.
    final class Endings: Sendable {
        private let list = Mutex<[String]>([])
        func append(_ ending: String) { self.list.withLock { $0.append(ending) } }
        var all: [String] { self.list.withLock { $0 } }
    }

    let clock = ManualClock()
    let endings = Endings()

    func makeStore(maximumCount: Int = 100) -> SessionStore<String> {
        var limits = SessionLimits()
        limits.idleTimeout = .seconds(60)
        limits.cleanupInterval = .seconds(10)
        limits.maximumCount = maximumCount
        return SessionStore(limits: limits, clock: self.clock) { [endings] session, reason in
            endings.append("\(session.state) \(reason.rawValue)")
        }
    }

    @Test("finds a session only for the principal that opened it")
    func principal() {
        let store = self.makeStore()
        let alice = Principal(authorization: "Bearer alice")
        let session = store.create(principal: alice) { _ in "alice's" }
        #expect(store.find(session.id.rawValue, principal: alice)?.state == "alice's")
        #expect(store.find(session.id.rawValue, principal: .anonymous) == nil)
        #expect(store.find(session.id.rawValue, principal: Principal(authorization: "Bearer bob")) == nil)
        #expect(store.find("unknown", principal: alice) == nil)
        #expect(self.endings.all == [])
    }

    @Test("expires what is idle, at the sweep or when somebody asks, and tells once")
    func expiry() {
        let store = self.makeStore()
        let first = store.create(principal: .anonymous) { _ in "first" }
        _ = store.create(principal: .anonymous) { _ in "second" }
        self.clock.advance(by: .seconds(59))
        #expect(store.find(first.id.rawValue, principal: .anonymous) != nil)
        self.clock.advance(by: .seconds(1))
        store.sweep()
        #expect(self.endings.all == ["second expired"])
        self.clock.advance(by: .seconds(59))
        #expect(store.find(first.id.rawValue, principal: .anonymous) == nil)
        store.sweep()
        #expect(self.endings.all == ["second expired", "first expired"])
        #expect(store.count == 0)
    }

    @Test("a stranger who guesses an id does not keep the session alive")
    func strangerDoesNotTouch() {
        let store = self.makeStore()
        let session = store.create(principal: Principal(authorization: "Bearer a")) { _ in "s" }
        self.clock.advance(by: .seconds(50))
        #expect(store.find(session.id.rawValue, principal: .anonymous) == nil)
        self.clock.advance(by: .seconds(10))
        store.sweep()
        #expect(self.endings.all == ["s expired"])
    }

    @Test("makes room at the upper bound")
    func eviction() {
        let store = self.makeStore(maximumCount: 2)
        for name in ["a", "b", "c"] { _ = store.create(principal: .anonymous) { _ in name } }
        #expect(self.endings.all == ["a evicted"])
        #expect(store.count == 2)
    }

    @Test("ends a session once; a callback may use the store")
    func ending() {
        let store = self.makeStore()
        let session = store.create(principal: .anonymous) { _ in "s" }
        #expect(store.end(session.id, reason: .closed))
        #expect(!store.end(session.id, reason: .closed))
        _ = store.create(principal: .anonymous) { _ in "t" }
        store.endAll(reason: .shutdown)
        #expect(self.endings.all == ["s closed", "t shutdown"])
        #expect(store.count == 0)
    }

    @Test("sweeps at its interval until cancelled", .timeLimit(.minutes(1)))
    func run() async {
        let store = self.makeStore()
        _ = store.create(principal: .anonymous) { _ in "idle" }
        let sweeper = Task { try await store.run() }
        for _ in 0..<6 {
            await self.clock.waitForSleeper()
            self.clock.advance(by: .seconds(10))
        }
        await self.clock.waitForSleeper()
        #expect(self.endings.all == ["idle expired"])
        sweeper.cancel()
        await #expect(throws: CancellationError.self) { try await sweeper.value }
    }

    @Test("ids are 32 characters of base64url, never twice, and print only their beginning")
    func ids() {
        let ids = (0..<1000).map { _ in SessionID.generate() }
        #expect(Set(ids).count == 1000)
        for id in ids {
            #expect(id.rawValue.utf8.count == 32)
            #expect(id.rawValue.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
            #expect(!"\(id)".contains(id.rawValue))
        }
    }
}
