import Sessions
import Testing

@testable import BiteTrack
@testable import ModelContextProtocol

struct CallerSessionsTests {
    private let clock = StillClock()
    private let ended = Shared<[String]>([])
    private let callers: CallerSessions
    private let bearer = Principal(authorization: "Bearer one")

    init() {
        var limits = SessionLimits()
        limits.idleTimeout = .seconds(60)
        limits.maximumCount = 3
        self.callers = CallerSessions(
            limits: limits, clock: self.clock,
            newAccount: { SessionAccount(id: $0, bucket: RunBucket(perMinute: 0, now: .zero)) },
            onEnd: { [ended] account in
                account.end()
                ended.value.append(account.key)
            })
    }

    private func find(_ principal: Principal = .anonymous, handle: String? = nil) throws -> CallerSessions.Found {
        try self.callers.find(.test(principal: principal), handle: handle)
    }

    @Test("an MCP session has one account, whatever handle it names, until it ends")
    func mcpSession() throws {
        let id = SessionID.generate()
        let context = RequestContext.test(.november2025, session: id)
        let first = try self.callers.find(context, handle: nil)
        let second = try self.callers.find(context, handle: "nonsense")
        #expect(first.account === second.account && first.account.id == id && first.newHandle == nil)
        #expect(self.callers.count == 0)
        self.callers.end(id)
        self.callers.end(id)
        #expect(self.ended.value == [id.rawValue])
        #expect(try self.callers.find(context, handle: nil).account !== first.account)
    }

    @Test("a bearer principal has one account and needs no handle")
    func bearerPrincipal() throws {
        let first = try self.find(self.bearer)
        #expect(first.newHandle == nil)
        #expect(try self.find(self.bearer).account === first.account)
        #expect(try self.find(Principal(authorization: "Bearer two")).account !== first.account)
        #expect(throws: ArgumentError.self) { try self.find(self.bearer, handle: first.account.key) }
        // The account's id is no handle for strangers either.
        #expect(throws: ArgumentError.self) { try self.find(handle: first.account.key) }
    }

    @Test("first calls of one principal at the same time find the same account")
    func race() async throws {
        for _ in 0..<20 {
            let principal = Principal(authorization: "Bearer \(SessionID.generate().rawValue)")
            let accounts = await withTaskGroup(of: SessionAccount?.self) { group in
                for _ in 0..<3 { group.addTask { try? self.find(principal).account } }
                return await group.reduce(into: [SessionAccount]()) { if let account = $1 { $0.append(account) } }
            }
            let alive = accounts.filter { !$0.hasEnded }
            #expect(accounts.count == 3 && Set(alive.map(ObjectIdentifier.init)).count == 1)
        }
    }

    @Test("an anonymous caller gets a handle with the first call and finds back with it")
    func anonymous() throws {
        let first = try self.find()
        let handle = try #require(first.newHandle)
        #expect(handle.utf8.count == 32)
        let second = try self.find(handle: handle)
        #expect(second.account === first.account && second.newHandle == nil)
        #expect(try self.find().account !== first.account)
        for wrong in ["", "x", handle + "x", String(handle.dropLast())] {
            let error = #expect(throws: ArgumentError.self) { try self.find(handle: wrong) }
            #expect(error?.description.contains("leave it out, log in again") == true)
        }
        #expect(throws: ArgumentError.self) { try self.find(self.bearer, handle: handle) }
    }

    @Test("an idle session ends, a used one does not, and its run's end counts as use")
    func expiry() throws {
        let idle = try self.find()
        let used = try self.find()
        let running = try self.find()
        self.clock.elapsed.value = .seconds(40)
        _ = try self.find(handle: used.newHandle)
        self.callers.didRun(CallerSessions.Found(account: running.account))
        self.clock.elapsed.value = .seconds(70)
        #expect(throws: ArgumentError.self) { try self.find(handle: idle.newHandle) }
        #expect(self.ended.value == [idle.account.key])
        #expect(try self.find(handle: used.newHandle).account === used.account)
        #expect(try self.find(handle: running.newHandle).account === running.account)
        self.clock.elapsed.value = .seconds(200)
        self.callers.sweep()
        #expect(Set(self.ended.value) == Set([idle, used, running].map(\.account.key)) && self.callers.count == 0)
    }

    @Test("a bearer principal whose session ended begins a new one")
    func bearerExpiry() throws {
        let first = try self.find(self.bearer)
        self.clock.elapsed.value = .seconds(61)
        #expect(try self.find(self.bearer).account !== first.account)
        #expect(self.ended.value == [first.account.key] && self.callers.count == 1)
    }

    @Test("over the cap sessions nobody came back to make room, the oldest first")
    func cap() throws {
        let known = try self.find()
        _ = try self.find(handle: known.newHandle)
        let (second, third) = (try self.find(), try self.find())
        for found in [second, third] { self.callers.didRun(found) }
        _ = try self.find()
        _ = try self.find(self.bearer)
        #expect(self.callers.count == 3 && self.ended.value == [second, third].map(\.account.key))
        #expect(try self.find(handle: known.newHandle).account === known.account)
    }

    @Test("what a run leaves behind after its session ended is wiped again")
    func lateRun() throws {
        let found = try self.find()
        self.clock.elapsed.value = .seconds(61)
        self.callers.sweep()
        self.callers.didRun(found)
        #expect(self.ended.value == [found.account.key, found.account.key])
    }

    @Test("the end of the service ends every session")
    func shutdown() async throws {
        let found = try self.find()
        // This clock lets nobody sleep, as a cancelled sleep.
        await #expect(throws: CancellationError.self) { try await self.callers.run() }
        #expect(self.ended.value == [found.account.key])
    }
}
