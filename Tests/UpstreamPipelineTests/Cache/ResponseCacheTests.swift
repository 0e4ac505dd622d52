import NIOCore
import Testing

@testable import UpstreamPipeline

struct ResponseCacheTests {
    private let start = ContinuousClock.now

    private func answer(_ bytes: Int = 10, status: Int = 200) -> ResponseCache.Answer {
        ResponseCache.Answer(
            status: status, fields: AnswerFields(contentType: "application/json"),
            body: ByteBuffer(repeating: 0x61, count: bytes))
    }

    private func route(_ seconds: Int? = 60, groups: Set<String> = ["sales"]) -> Route {
        Route("GET", "/x", summary: "", timeToLive: seconds.map { .seconds($0) }, groups: groups)
    }

    @Test("gives an answer back until its time is over, and tells its age")
    func freshness() throws {
        var cache = ResponseCache(capacityBytes: 10_000)
        cache.store(self.answer(), key: "a", route: self.route(), askedIn: 0, now: self.start)
        let found = cache.find("a", now: self.start + .seconds(59))
        let hit = try #require(found)
        #expect(hit.answer == self.answer() && hit.age == .seconds(59))
        #expect(cache.find("a", now: self.start + .seconds(60)) == nil)
        #expect(cache.count == 0 && cache.bytes == 0)
        #expect(cache.find("b", now: self.start) == nil)
    }

    @Test(
        "keeps only successes of routes with a time to live", arguments: [(nil, 200), (0, 200), (60, 201), (60, 204)])
    func keeps(seconds: Int?, status: Int) {
        var cache = ResponseCache(capacityBytes: 10_000)
        cache.store(self.answer(status: status), key: "a", route: self.route(seconds), askedIn: 0, now: self.start)
        #expect(cache.count == 0)
    }

    @Test("drops the groups a write makes stale and no other")
    func invalidation() {
        var cache = ResponseCache(capacityBytes: 10_000)
        cache.store(self.answer(), key: "a", route: self.route(groups: ["sales", "x"]), askedIn: 0, now: self.start)
        cache.store(self.answer(), key: "b", route: self.route(groups: ["customers"]), askedIn: 0, now: self.start)
        cache.invalidate(["sales", "products"])
        #expect(cache.find("a", now: self.start) == nil)
        #expect(cache.find("b", now: self.start) != nil)
        cache.invalidate([])
        #expect(cache.epoch == 1)
    }

    @Test("does not keep what was asked before a write and answered after it")
    func race() {
        var cache = ResponseCache(capacityBytes: 10_000)
        let epoch = cache.epoch
        cache.invalidate(["sales"])
        cache.store(self.answer(), key: "a", route: self.route(), askedIn: epoch, now: self.start)
        #expect(cache.count == 0)
        cache.removeAll()
        #expect(cache.epoch == 2)
    }

    @Test("makes room by forgetting what nobody has asked for again")
    func eviction() {
        var cache = ResponseCache(capacityBytes: 20 * (1000 + 256 + 2))
        for number in 0..<10 {
            cache.store(self.answer(1000), key: "\(number)", route: self.route(), askedIn: 0, now: self.start)
            _ = cache.find("\(number)", now: self.start)
        }
        // Somebody reads through everything, once.
        for number in 100..<200 {
            cache.store(self.answer(1000), key: "\(number)", route: self.route(), askedIn: 0, now: self.start)
            #expect(cache.bytes <= cache.capacityBytes)
        }
        let left = (0..<10).count { cache.find("\($0)", now: self.start) != nil }
        #expect(left == 10)
    }

    @Test("a replaced answer is weighed once")
    func replacement() {
        var cache = ResponseCache(capacityBytes: 10_000)
        for size in [1000, 2000, 500] {
            cache.store(self.answer(size), key: "a", route: self.route(), askedIn: 0, now: self.start)
            #expect(cache.bytes == size + 256 + 1)
        }
        #expect(cache.count == 1)
    }

    @Test("an answer that would empty the cache is not kept")
    func tooBig() {
        var cache = ResponseCache(capacityBytes: 4000)
        cache.store(self.answer(), key: "a", route: self.route(), askedIn: 0, now: self.start)
        cache.store(self.answer(3000), key: "b", route: self.route(), askedIn: 0, now: self.start)
        #expect(cache.find("a", now: self.start) != nil && cache.count == 1)
    }

    @Test("never holds more bytes than allowed, and counts what it holds")
    func bound() {
        var (cache, random) = (ResponseCache(capacityBytes: 20_000), SplitMix(seed: 7))
        var now = self.start
        for step in 0..<5000 {
            let key = "k\(Int.random(in: 0..<60, using: &random))"
            switch Int.random(in: 0..<10, using: &random) {
            case 0: cache.invalidate(["g\(step % 3)"])
            case 1...4: _ = cache.find(key, now: now)
            default:
                let route = self.route(Int.random(in: 1...30, using: &random), groups: ["g\(step % 3)"])
                cache.store(
                    self.answer(Int.random(in: 0...4000, using: &random)), key: key, route: route,
                    askedIn: cache.epoch, now: now)
            }
            now += .milliseconds(100)
            #expect(cache.bytes <= 20_000)
        }
        cache.removeAll()
        #expect(cache.bytes == 0 && cache.count == 0)
    }

    @Test("an operator drops by route, by group or everything, and is told how many")
    func purge() {
        var cache = ResponseCache(capacityBytes: 100_000)
        for number in 0..<6 {
            let route = Route(
                "GET", "/\(number % 3)", summary: "", timeToLive: .seconds(60), groups: number < 4 ? ["a"] : ["b"])
            cache.store(self.answer(), key: "\(number)", route: route, askedIn: 0, now: self.start)
        }
        #expect(cache.purge(.route("GET /0")) == 2)
        #expect(cache.purge(.group("b")) == 2)
        #expect(cache.purge(.group("b")) == 0)
        #expect(cache.purge(.all) == 2 && cache.count == 0 && cache.bytes == 0)
        // What was asked for before is not stored after it.
        cache.store(self.answer(), key: "a", route: self.route(), askedIn: 0, now: self.start)
        #expect(cache.count == 0)
    }
}

extension ResponseCache.Found {
    fileprivate var answer: ResponseCache.Answer? { if case .answer(let answer) = self.stored { answer } else { nil } }
}
