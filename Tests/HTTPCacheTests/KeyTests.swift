import NIOCore
import NIOHTTP1
import Testing

@testable import HTTPCache

struct KeyTests {
    @Test(
        "nothing moves from one part of a key into the next",
        arguments: [
            (("https", "victim", "/foo/bar"), ("https", "victim/foo", "/bar")),
            (("https", "victim", "/a b"), ("https", "victim/a", " b")),
            (("https", "a b", "/"), ("https a", "b", "/")), (("", "a", "/"), ("a", "", "/")),
            (("https", "victim:80", "/"), ("https", "victim", ":80/")),
            (("https", "victim", "/\u{301}a"), ("https", "victim/", "\u{301}a")),
        ])
    func apart(one: (String, String, String), other: (String, String, String)) {
        #expect(
            CacheKey.text(zone: one.0, authority: one.1, target: one.2)
                != CacheKey.text(zone: other.0, authority: other.1, target: other.2))
        #expect(
            CacheKey(zone: one.0, authority: one.1, target: one.2)
                != CacheKey(zone: other.0, authority: other.1, target: other.2))
    }

    @Test("a host with a path in it does not reach what is stored for the host")
    func hostWithPath() throws {
        let now = Moment(steadyMilliseconds: 1000, wallMilliseconds: 1_800_000_000_000)
        let cache = HTTPCache()
        let poisoning = CacheRequest(method: .GET, authority: "victim/foo", target: "/bar")
        guard case .forward(let plan) = cache.lookup(poisoning, now: now),
            case .relay(_, let keeping?) = cache.received(
                status: .ok, headers: ["cache-control": "max-age=600"], for: plan, now: now)
        else {
            Issue.record("not stored")
            return
        }
        #expect(cache.keep(keeping, body: ByteBuffer(string: "poison")))
        let asked = CacheRequest(method: .GET, authority: "victim", target: "/foo/bar")
        if case .answer = cache.lookup(asked, now: now) { Issue.record("answered with another's") }
    }
}
