import NIOCore
import NIOHTTP1
import Testing

@testable import HTTPCache

/// Hits copy stored bytes into messages: nothing may be stored that would break one apart.
struct UncheckedFieldTests {
    private let now = Moment(steadyMilliseconds: 1000, wallMilliseconds: 1_800_000_000_000)
    private let request = CacheRequest(method: .GET, authority: "shop.example", target: "/a")

    private static let bad: [(String, String)] = [
        ("X", "a\rSet-Cookie: b"), ("X", "a\nb"), ("X", "a\r\nb: c"), ("X", "\0"), ("X", "a\u{7F}"), ("X\rY", "a"),
        ("X Y", "a"), ("", "a"), ("X:", "a"), ("ETag", "\"a\rb\""), ("X", "a\rYTransfer-Encoding: chunked\rYX: "),
    ]

    @Test("a field that is none keeps the answer from the store", arguments: Self.bad)
    func stored(name: String, value: String) throws {
        let cache = HTTPCache()
        guard case .forward(let plan) = cache.lookup(self.request, now: self.now),
            case .relay(_, let keeping?) = cache.received(
                status: .ok, headers: ["cache-control": "max-age=60", name: value], for: plan, now: self.now)
        else { return }
        #expect(!cache.keep(keeping, body: ByteBuffer(string: "body")) && cache.figures.entries == 0)
    }

    @Test("a field that is none in a 304 does not come into the store", arguments: Self.bad)
    func updated(name: String, value: String) throws {
        let cache = HTTPCache()
        let later = self.now.advanced(byMilliseconds: 5000)
        guard case .forward(let plan) = cache.lookup(self.request, now: self.now),
            case .relay(_, let keeping?) = cache.received(
                status: .ok, headers: ["cache-control": "max-age=1", "last-modified": "x"], for: plan, now: self.now),
            cache.keep(keeping, body: ByteBuffer(string: "body")),
            case .forward(let validation) = cache.lookup(self.request, now: later)
        else {
            Issue.record("nothing to validate")
            return
        }
        _ = cache.received(
            status: .notModified, headers: ["cache-control": "max-age=60", name: value], for: validation, now: later)
        guard case .answer(let answer) = cache.lookup(self.request, now: later) else { return }
        #expect(!answer.headers.contains { $0.name == name })
        #expect(!answer.headers.contains(name: "set-cookie"))
    }
}
