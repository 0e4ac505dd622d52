import NIOCore
import NIOHTTP1
import Testing

@testable import HTTPCache

/// What the origin says to one client in a 304 or to a HEAD must not reach the others.
struct PersonalUpdateTests {
    private let now = Moment(steadyMilliseconds: 1000, wallMilliseconds: 1_800_000_000_000)
    private var later: Moment { self.now.advanced(byMilliseconds: 5000) }

    private func request(_ headers: HTTPHeaders = [:], method: HTTPMethod = .GET) -> CacheRequest {
        CacheRequest(method: method, authority: "shop.example", target: "/a", headers: headers)
    }

    private struct Unexpected: Error {}

    /// A cache with a stale answer that has a validator.
    private func staleCache(_ fields: HTTPHeaders = ["cache-control": "max-age=1"]) throws -> HTTPCache {
        let cache = HTTPCache()
        var headers = fields
        headers.add(name: "etag", value: "\"a\"")
        guard case .forward(let plan) = cache.lookup(self.request(), now: self.now),
            case .relay(_, let keeping?) = cache.received(status: .ok, headers: headers, for: plan, now: self.now),
            cache.keep(keeping, body: ByteBuffer(string: "body"))
        else { throw Unexpected() }
        return cache
    }

    private func receive(
        _ cache: HTTPCache, _ status: HTTPResponseStatus, _ news: HTTPHeaders, asking request: CacheRequest
    ) throws -> CacheReception {
        guard case .forward(let plan) = cache.lookup(request, now: self.later) else { throw Unexpected() }
        return cache.received(status: status, headers: news, for: plan, now: self.later)
    }

    /// What another client gets without the origin being asked.
    private func next(_ cache: HTTPCache) -> HTTPHeaders? {
        guard case .answer(let answer) = cache.lookup(self.request(), now: self.later) else { return nil }
        return answer.headers
    }

    @Test(
        "a 304 to somebody with credentials answers them and nobody else",
        arguments: ["private=\"set-cookie\", max-age=600", "max-age=600", "private, max-age=600", "no-store"])
    func credentials(cacheControl: String) throws {
        let cache = try self.staleCache()
        let reception = try self.receive(
            cache, .notModified, ["cache-control": cacheControl, "set-cookie": "sid=USER-B", "x-user": "B"],
            asking: self.request(["authorization": "Bearer B"]))
        guard case .answer(let own) = reception else { throw Unexpected() }
        #expect(own.headers["set-cookie"] == ["sid=USER-B"] && own.headers["x-user"] == ["B"])
        #expect(!own.cacheStatus.isStored && !own.isReusable)
        #expect(self.next(cache) == nil)
    }

    @Test("a 304 that allows sharing in spite of credentials is shared, without its cookie")
    func allowedCredentials() throws {
        let cache = try self.staleCache()
        _ = try self.receive(
            cache, .notModified, ["cache-control": "public, max-age=600", "set-cookie": "sid=USER-B", "x-new": "1"],
            asking: self.request(["authorization": "Bearer B"]))
        let headers = try #require(self.next(cache))
        #expect(headers["x-new"] == ["1"] && !headers.contains(name: "set-cookie"))
    }

    @Test(
        "a 304 that may not be stored drops what it speaks of",
        arguments: ["private, max-age=600", "no-store, max-age=600", "private", "no-store"])
    func unstorable(cacheControl: String) throws {
        let cache = try self.staleCache()
        let reception = try self.receive(
            cache, .notModified, ["cache-control": cacheControl, "x-user": "B"], asking: self.request())
        guard case .answer(let own) = reception else { throw Unexpected() }
        #expect(own.headers["x-user"] == ["B"] && own.body.map { String(buffer: $0) } == "body")
        #expect(self.next(cache) == nil && cache.figures.entries == 0)
    }

    @Test("a 304 with Vary: * drops what it speaks of")
    func vary() throws {
        let cache = try self.staleCache()
        _ = try self.receive(
            cache, .notModified, ["cache-control": "max-age=600", "vary": "*"], asking: self.request())
        #expect(self.next(cache) == nil)
    }

    @Test(
        "fields a 304 or HEAD keeps for its client are not shared",
        arguments: [
            "private=\"x-user\", max-age=600", "no-cache=\"X-User\", max-age=600",
            "max-age=600, private=\"set-cookie, x-user\"",
        ])
    func namedFields(cacheControl: String) throws {
        let news: HTTPHeaders = [
            "cache-control": cacheControl, "x-user": "B", "set-cookie": "sid=USER-B", "set-cookie2": "b", "x-new": "1",
        ]
        for isHead in [false, true] {
            let cache = try self.staleCache(["cache-control": "max-age=1", "x-user": "A"])
            let reception = try self.receive(
                cache, isHead ? .ok : .notModified, news, asking: self.request(method: isHead ? .HEAD : .GET))
            if case .answer(let own) = reception {
                #expect(own.headers["x-user"] == ["B"] && own.headers["set-cookie"] == ["sid=USER-B"])
            }
            let headers = try #require(self.next(cache))
            #expect(headers["x-new"] == ["1"] && !headers.contains(name: "x-user"))
            #expect(!headers.contains(name: "set-cookie") && !headers.contains(name: "set-cookie2"))
        }
    }

    @Test("a cookie that was stored stays when a 304 sets another")
    func storedCookie() throws {
        let cache = try self.staleCache(["cache-control": "max-age=1", "set-cookie": "shop=1"])
        let reception = try self.receive(
            cache, .notModified, ["cache-control": "max-age=600", "set-cookie": "sid=B"], asking: self.request())
        guard case .answer(let own) = reception else { throw Unexpected() }
        #expect(own.headers["set-cookie"] == ["sid=B"] && own.cacheStatus.isStored)
        #expect(self.next(cache)?["set-cookie"] == ["shop=1"])
    }

    @Test(
        "a HEAD whose answer may not be shared updates nothing",
        arguments: [
            ("no-store", [:], 0), ("private, max-age=600", [:], 0), ("max-age=600", ["authorization": "Bearer B"], 1),
            ("no-store, max-age=600", ["authorization": "Bearer B"], 0),
        ] as [(String, HTTPHeaders, Int)])
    func heads(cacheControl: String, fields: HTTPHeaders, entries: Int) throws {
        let cache = try self.staleCache()
        _ = try self.receive(
            cache, .ok, ["cache-control": cacheControl, "set-cookie": "sid=B", "x-user": "B", "etag": "\"a\""],
            asking: self.request(fields, method: .HEAD))
        #expect(self.next(cache) == nil && cache.figures.entries == entries)
    }
}
