import Compression
import NIOCore
import NIOHTTP1
import Testing

@testable import HTTPCache

/// What tables of single requests do not show: purges, races, compression, limits.
struct CacheTests {
    private let now = Moment(steadyMilliseconds: 1_000_000, wallMilliseconds: 1_800_000_000_000)

    private func request(_ target: String, _ headers: HTTPHeaders = [:], method: HTTPMethod = .GET) -> CacheRequest {
        CacheRequest(method: method, authority: "shop.example", target: target, headers: headers)
    }

    private func plan(_ cache: HTTPCache, _ request: CacheRequest, at moment: Moment? = nil) throws -> ForwardPlan {
        guard case .forward(let plan) = cache.lookup(request, now: moment ?? self.now) else { throw Unexpected.answer }
        return plan
    }

    private func answer(_ cache: HTTPCache, _ request: CacheRequest, at moment: Moment? = nil) throws -> CachedAnswer {
        guard case .answer(let answer) = cache.lookup(request, now: moment ?? self.now) else {
            throw Unexpected.forward
        }
        return answer
    }

    private enum Unexpected: Error { case answer, forward, reception }

    @discardableResult
    private func store(
        _ cache: HTTPCache, _ request: CacheRequest, _ headers: HTTPHeaders = ["cache-control": "max-age=600"],
        body: String = "body"
    ) throws -> Bool {
        try self.finish(cache, self.plan(cache, request), headers, body: body)
    }

    private func finish(
        _ cache: HTTPCache, _ plan: ForwardPlan, _ headers: HTTPHeaders = ["cache-control": "max-age=600"],
        body: String = "body"
    ) throws -> Bool {
        guard case .relay(_, let keeping?) = cache.received(status: .ok, headers: headers, for: plan, now: self.now)
        else {
            throw Unexpected.reception
        }
        return cache.keep(keeping, body: ByteBuffer(string: body))
    }

    private func holds(_ cache: HTTPCache, _ target: String) -> Bool {
        if case .answer = cache.lookup(self.request(target), now: self.now) { true } else { false }
    }

    @Test("purges by target, by prefix, by group, and all")
    func purges() throws {
        let cache = HTTPCache()
        for target in ["/a/1", "/a/2", "/b"] { try self.store(cache, self.request(target)) }
        let grouped: HTTPHeaders = ["cache-control": "max-age=600", "cache-groups": "\"menu\""]
        try self.store(cache, self.request("/g"), grouped)
        #expect(cache.purge(.target("/b"), host: "SHOP.example") == 1)
        #expect(!self.holds(cache, "/b") && self.holds(cache, "/a/1") && self.holds(cache, "/g"))
        #expect(cache.purge(.target("/b"), host: "shop.example") == 0)
        #expect(cache.purge(.prefix("/a/"), host: "other.example") == 0)
        #expect(cache.purge(.prefix("/a/"), host: "shop.example") == 2)
        #expect(!self.holds(cache, "/a/1") && !self.holds(cache, "/a/2") && self.holds(cache, "/g"))
        #expect(cache.purge(.group("menu"), host: "other.example") == 0 && self.holds(cache, "/g"))
        #expect(cache.purge(.group("other")) == 0 && self.holds(cache, "/g"))
        #expect(cache.purge(.group("menu"), host: "shop.example") == 1 && !self.holds(cache, "/g"))
        try self.store(cache, self.request("/g"), grouped)
        #expect(cache.purge(.group("menu")) == 1 && !self.holds(cache, "/g"))
        try self.store(cache, self.request("/g"), grouped)
        #expect(self.holds(cache, "/g"))
        #expect(cache.purge(.target("/g")) == 1)
        for target in ["/a", "/b"] { try self.store(cache, self.request(target)) }
        #expect(cache.purge(.all) == 2 && cache.figures.entries == 0)
    }

    @Test("a purge takes all variants of a target, and of a group only those that belong to it")
    func purgesVariants() throws {
        let cache = HTTPCache()
        let fields: HTTPHeaders = ["cache-control": "max-age=600", "vary": "x"]
        func fill(_ names: [String] = ["1", "2", "3"]) throws {
            for name in names {
                var fields = fields
                if name == "2" { fields.add(name: "cache-groups", value: "\"menu\"") }
                try self.store(cache, self.request("/a", ["x": name]), fields)
            }
        }
        func held() -> [String] {
            ["1", "2", "3"].filter {
                if case .answer = cache.lookup(self.request("/a", ["x": $0]), now: self.now) { true } else { false }
            }
        }
        // Lines that have been stored before weigh less.
        try fill()
        #expect(cache.purge(.all) == 3)
        try fill()
        let before = cache.figures.bytes
        #expect(cache.purge(.group("menu")) == 1 && held() == ["1", "3"] && cache.figures.bytes < before)
        try fill(["2"])
        #expect(held() == ["1", "2", "3"] && cache.figures.bytes == before)
        #expect(cache.purge(.target("/a")) == 3 && held().isEmpty && cache.figures.bytes == 0)
        try fill()
        #expect(cache.purge(.target("/a"), host: "shop.example") == 3 && held().isEmpty)
    }

    @Test("a purge looks through many more entries than it looks at in one go")
    func purgesMany() throws {
        let cache = HTTPCache()
        for number in 0..<10_000 { try self.store(cache, self.request("/\(number % 2)/\(number)")) }
        #expect(cache.purge(.prefix("/1/")) == 5000 && cache.figures.entries == 5000)
        #expect(self.holds(cache, "/0/9998") && !self.holds(cache, "/1/9999"))
    }

    @Test("an answer asked for before its target changed is not stored")
    func overtaken() throws {
        let cache = HTTPCache()
        let slow = try self.plan(cache, self.request("/a"))
        let change = try self.plan(cache, self.request("/a", method: .PUT))
        _ = cache.received(status: .ok, headers: [:], for: change, now: self.now)
        #expect(try !self.finish(cache, slow))
        #expect(!self.holds(cache, "/a"))
        #expect(try self.store(cache, self.request("/a")) && self.holds(cache, "/a"))
    }

    @Test("an answer asked for before its group changed is not stored")
    func overtakenGroup() throws {
        let cache = HTTPCache()
        let slow = try self.plan(cache, self.request("/a"))
        cache.purge(.group("menu"), host: "shop.example")
        #expect(try !self.finish(cache, slow, ["cache-control": "max-age=600", "cache-groups": "\"menu\""]))
        let prefix = try self.plan(cache, self.request("/a"))
        cache.purge(.prefix("/"), host: "shop.example")
        #expect(try !self.finish(cache, prefix))
    }

    @Test("marks of many changes are lumped together, on the safe side")
    func markLimit() throws {
        let cache = HTTPCache()
        let slow = try self.plan(cache, self.request("/slow"))
        for number in 0..<17_000 { cache.purge(.target("/\(number)"), host: "shop.example") }
        #expect(try !self.finish(cache, slow))
        #expect(try self.store(cache, self.request("/slow")))
    }

    @Test("zones and authorities do not meet")
    func zones() throws {
        let cache = HTTPCache()
        guard case .forward(let plan) = cache.lookup(self.request("/a"), zone: "one", now: self.now) else {
            throw Unexpected.answer
        }
        #expect(try self.finish(cache, plan))
        guard case .answer = cache.lookup(self.request("/a"), zone: "one", now: self.now) else {
            throw Unexpected.forward
        }
        _ = try self.plan(cache, self.request("/a"))
        guard case .forward = cache.lookup(self.request("/a"), zone: "two", now: self.now) else {
            throw Unexpected.answer
        }
        let elsewhere = CacheRequest(method: .GET, authority: "else.example", target: "/a")
        guard case .forward = cache.lookup(elsewhere, zone: "one", now: self.now) else { throw Unexpected.answer }
    }

    @Test("what nobody takes compressed is kept plain")
    func plainOnly() throws {
        let cache = HTTPCache()
        let text = String(repeating: "espresso ", count: 300)
        for field in [[:], ["accept-encoding": "br"], ["accept-encoding": "gzip;q=0"]] as [HTTPHeaders] {
            try self.store(
                cache, self.request("/a", field), ["cache-control": "max-age=600", "content-type": "text/plain"],
                body: text)
            let answer = try self.answer(cache, self.request("/a", ["accept-encoding": "gzip"]))
            #expect(answer.isPrecomposed && answer.contentLength == text.utf8.count)
            #expect(!answer.headers.contains(name: "content-encoding"))
            cache.purge(.all)
        }
    }

    @Test("a 304 with a Vary of its own does not hide that there are two forms")
    func varyAfterValidation() throws {
        let cache = HTTPCache()
        let asked = self.request("/a", ["accept-encoding": "gzip"])
        let fields: HTTPHeaders = ["cache-control": "no-cache", "content-type": "text/plain", "etag": "\"v\""]
        try self.store(cache, asked, fields, body: String(repeating: "espresso ", count: 300))
        let plan = try self.plan(cache, asked)
        let news: HTTPHeaders = ["etag": "\"v\"", "vary": "X"]
        guard case .answer(let answer) = cache.received(status: .notModified, headers: news, for: plan, now: self.now)
        else { throw Unexpected.reception }
        #expect(answer.headers["vary"] == ["X", "Accept-Encoding"])
        #expect(answer.headers["content-encoding"] == ["gzip"] && answer.headers["etag"] == ["W/\"v\""])
    }

    @Test("text is kept compressed for who takes it, and given plain to the rest")
    func compression() throws {
        let cache = HTTPCache()
        let text = String(repeating: "espresso ", count: 300)
        try self.store(
            cache, self.request("/a", ["accept-encoding": "gzip"]),
            ["cache-control": "max-age=600", "content-type": "text/plain", "etag": "\"v\""],
            body: text)
        let plain = try self.answer(cache, self.request("/a"))
        #expect(
            plain.body.map { String(buffer: $0) } == text && plain.contentLength == text.utf8.count
                && !plain.isPrecomposed)
        #expect(plain.headers["etag"] == ["\"v\""] && plain.headers["vary"] == ["Accept-Encoding"])
        #expect(!plain.headers.contains(name: "content-encoding"))
        let packed = try self.answer(cache, self.request("/a", ["accept-encoding": "gzip"]))
        let body = try #require(packed.body)
        #expect(body.readableBytes < 200 && packed.contentLength == body.readableBytes && packed.isPrecomposed)
        #expect(try String(buffer: Gzip.decompress(body, limitBytes: 10_000)) == text)
        #expect(packed.headers["content-encoding"] == ["gzip"] && packed.headers["etag"] == ["W/\"v\""])
        let message = try #require(
            packed.http1Message(fields: "connection: close\r\n", allocator: ByteBufferAllocator()))
        let head = try #require(message.head.getString(at: 0, length: message.head.readableBytes - body.readableBytes))
        #expect(
            head.contains("\r\nETag: W/\"v\"\r\n") && head.contains("content-encoding: gzip\r\n")
                && head.hasSuffix("connection: close\r\n\r\n"))
        #expect(message.head.readableBytesView.suffix(body.readableBytes).elementsEqual(body.readableBytesView))
        let again = try self.answer(cache, self.request("/a", ["accept-encoding": "gzip", "if-none-match": "W/\"v\""]))
        #expect(again.status == .notModified && again.headers["etag"] == ["W/\"v\""])
        let part = try self.answer(cache, self.request("/a", ["accept-encoding": "gzip", "range": "bytes=9-16"]))
        #expect(
            part.body.map { String(buffer: $0) } == "espresso" && part.headers["content-range"] == ["bytes 9-16/2700"])
        #expect(!part.headers.contains(name: "content-encoding"))
    }

    @Test(
        "what must not be changed is not compressed",
        arguments: [
            ["content-type": "text/plain", "cache-control": "max-age=600, no-transform"], ["content-type": "image/png"],
            ["content-type": "text/plain", "content-encoding": "br"],
            ["content-type": "text/plain", "content-md5": "x"], [:],
        ] as [HTTPHeaders])
    func incompressible(headers: HTTPHeaders) throws {
        let cache = HTTPCache()
        var headers = headers
        if !headers.contains(name: "cache-control") { headers.add(name: "cache-control", value: "max-age=600") }
        let text = String(repeating: "espresso ", count: 300)
        try self.store(cache, self.request("/a"), headers, body: text)
        let answer = try self.answer(cache, self.request("/a", ["accept-encoding": "gzip"]))
        #expect(answer.body.map { String(buffer: $0) } == text)
        #expect(!answer.headers["content-encoding"].contains("gzip"))
    }

    @Test("large bodies are kept whole and given whole", arguments: [16_384, 16_385, 262_144, 262_145, 3_000_000])
    func largeBodies(count: Int) throws {
        let cache = HTTPCache()
        let body = String(repeating: "x", count: count)
        #expect(try self.store(cache, self.request("/a"), body: body))
        let answer = try self.answer(cache, self.request("/a"))
        #expect(answer.body.map { String(buffer: $0) } == body)
        let message = try #require(answer.http1Message(fields: "", allocator: ByteBufferAllocator()))
        let written =
            (message.head.getString(at: 0, length: message.head.readableBytes) ?? "")
            + (message.body.map { String(buffer: $0) } ?? "")
        #expect(written.hasSuffix("\r\n\r\n\(body)"))
    }

    @Test("a body beyond the limit is not kept")
    func bodyLimit() throws {
        var configuration = CacheConfiguration()
        configuration.largestBodyBytes = 10
        let cache = HTTPCache(configuration: configuration)
        #expect(try !self.store(cache, self.request("/a"), body: "01234567890"))
        #expect(try self.store(cache, self.request("/a"), body: "0123456789"))
    }

    @Test("no more variants than allowed")
    func variantLimit() throws {
        var configuration = CacheConfiguration()
        configuration.variantLimit = 3
        let cache = HTTPCache(configuration: configuration)
        for number in 0..<5 {
            try self.store(
                cache, self.request("/a", ["foo": "\(number)"]), ["cache-control": "max-age=600", "vary": "foo"],
                body: "\(number)")
        }
        for number in 2..<5 {
            #expect(
                try self.answer(cache, self.request("/a", ["foo": "\(number)"])).body.map { String(buffer: $0) }
                    == "\(number)")
        }
        _ = try self.plan(cache, self.request("/a", ["foo": "1"]))
        #expect(cache.figures.entries == 1)
    }

    @Test("the operator's lifetimes hold")
    func lifetimes() throws {
        var configuration = CacheConfiguration()
        configuration.defaultLifetime = 60
        configuration.negativeLifetime = 5
        let cache = HTTPCache(configuration: configuration)
        try self.store(cache, self.request("/a"), [:])
        #expect(try self.answer(cache, self.request("/a"), at: self.now.advanced(byMilliseconds: 59_000)).age == 59)
        _ = try self.plan(cache, self.request("/a"), at: self.now.advanced(byMilliseconds: 60_000))
        let missing = try self.plan(cache, self.request("/b"))
        guard
            case .relay(_, let keeping?) = cache.received(status: .notFound, headers: [:], for: missing, now: self.now)
        else {
            throw Unexpected.reception
        }
        cache.keep(keeping, body: ByteBuffer())
        #expect(
            try self.answer(cache, self.request("/b"), at: self.now.advanced(byMilliseconds: 4000)).status == .notFound)
        _ = try self.plan(cache, self.request("/b"), at: self.now.advanced(byMilliseconds: 5000))
        configuration.overridingLifetime = 10
        let strict = HTTPCache(configuration: configuration)
        try self.store(strict, self.request("/a"), ["cache-control": "max-age=600"])
        _ = try self.plan(strict, self.request("/a"), at: self.now.advanced(byMilliseconds: 10_000))
    }

    @Test(
        "where the operator wants that, an answer that sets a cookie is kept only when it is meant for all",
        arguments: [
            (["cache-control": "max-age=600"], false), (["expires": "Fri, 31 Dec 9999 23:59:59 GMT"], false),
            (["cache-control": "max-age=600, public"], true), (["cache-control": "s-maxage=600"], true),
            (["cache-control": "max-age=600", "cdn-cache-control": "max-age=600"], true),
            (["cache-control": "max-age=600", "surrogate-control": "max-age=600"], true),
        ] as [(HTTPHeaders, Bool)])
    func cookies(headers: HTTPHeaders, isKept: Bool) throws {
        for obeysOrigin in [true, false] {
            var configuration = CacheConfiguration()
            configuration.storesCookies = obeysOrigin
            let cache = HTTPCache(configuration: configuration)
            var headers = headers
            headers.add(name: "set-cookie", value: "a=b")
            let reception = cache.received(
                status: .ok, headers: headers, for: try self.plan(cache, self.request("/a")), now: self.now)
            guard case .relay(let note, let keeping) = reception else { throw Unexpected.reception }
            #expect((keeping != nil) == (isKept || obeysOrigin))
            #expect(note.detail == (keeping == nil ? "set-cookie" : nil))
        }
    }

    @Test("clients have no say where the operator wants that")
    func ignoredClients() throws {
        var configuration = CacheConfiguration()
        configuration.honoursRequestDirectives = false
        let cache = HTTPCache(configuration: configuration)
        try self.store(cache, self.request("/a"))
        for wish in ["no-cache", "max-age=0", "no-store", "min-fresh=9999"] {
            #expect(try self.answer(cache, self.request("/a", ["cache-control": wish])).status == .ok)
        }
    }

    @Test("one request refreshes a stale answer; the others are answered meanwhile")
    func oneRefresh() throws {
        let cache = HTTPCache()
        try self.store(
            cache, self.request("/a"), ["cache-control": "max-age=1, stale-while-revalidate=60", "etag": "\"a\""])
        let later = self.now.advanced(byMilliseconds: 5000)
        guard case .answerAndRefresh(let answer, let plan) = cache.lookup(self.request("/a"), now: later) else {
            throw Unexpected.forward
        }
        #expect(answer.cacheStatus.timeToLive == -4 && plan.isRefresh && plan.headers["if-none-match"] == ["\"a\""])
        for _ in 0..<3 { #expect(try self.answer(cache, self.request("/a"), at: later).age == 5) }
        #expect(cache.unanswered(plan, now: later) == nil)
        guard case .answerAndRefresh = cache.lookup(self.request("/a"), now: later) else { throw Unexpected.forward }
    }

    @Test("an age grows by the steady clock, whatever the wall clock does")
    func clockStep() throws {
        let cache = HTTPCache()
        try self.store(cache, self.request("/a"))
        var later = self.now.advanced(byMilliseconds: 30_000)
        later.wallMilliseconds -= 86_400_000
        #expect(try self.answer(cache, self.request("/a"), at: later).age == 30)
        later.wallMilliseconds += 2 * 86_400_000
        #expect(try self.answer(cache, self.request("/a"), at: later).age == 30)
    }

    @Test("a key too long for an entry is simply not stored")
    func longTarget() throws {
        let cache = HTTPCache()
        #expect(try !self.store(cache, self.request("/" + String(repeating: "a", count: 70_000))))
    }

    @Test("threads may ask and store at once")
    func threads() async throws {
        var configuration = CacheConfiguration()
        configuration.capacityBytes = 200_000
        let cache = HTTPCache(configuration: configuration)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seed in 0..<4 {
                group.addTask {
                    for step in 0..<3000 {
                        let target = "/\((step * (seed + 7)) % 400)"
                        switch cache.lookup(self.request(target), now: self.now) {
                        case .answer(let answer):
                            let body = answer.body.map { String(buffer: $0) }
                            #expect(body == "body of \(target)")
                        case .forward(let plan): _ = try self.finish(cache, plan, body: "body of \(target)")
                        default: Issue.record("neither answered nor forwarded")
                        }
                        if step.isMultiple(of: 500) { cache.purge(.prefix("/1"), host: "shop.example") }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(cache.figures.bytes <= 200_000)
    }
}
