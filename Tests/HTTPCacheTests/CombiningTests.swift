import NIOCore
import NIOHTTP1
import Testing

@testable import HTTPCache

/// Parts of one representation that become one.
struct CombiningTests {
    private let now = Moment(steadyMilliseconds: 1_000_000, wallMilliseconds: 1_800_000_000_000)
    private let text = Array("0123456789abcdefghij".utf8)

    private func lookup(_ cache: HTTPCache, _ headers: HTTPHeaders = [:], _ method: HTTPMethod = .GET) -> CacheDecision
    {
        cache.lookup(
            CacheRequest(method: method, authority: "shop.example", target: "/a", headers: headers), now: self.now)
    }

    /// What a range, or the whole, is answered with from the store; nil when the origin must be asked.
    private func answer(_ cache: HTTPCache, _ range: Range<Int>? = nil) -> CachedAnswer? {
        let headers: HTTPHeaders = range.map { ["range": "bytes=\($0.lowerBound)-\($0.upperBound - 1)"] } ?? [:]
        return if case .answer(let answer) = self.lookup(cache, headers) { answer } else { nil }
    }

    private func body(_ answer: CachedAnswer?) -> String? { answer?.body.map { String(buffer: $0) } }

    private func store(
        _ cache: HTTPCache, _ range: Range<Int>, _ fields: HTTPHeaders = ["etag": "\"v\""], of length: String = "20"
    ) {
        let asked: HTTPHeaders = ["range": "bytes=\(range.lowerBound)-\(range.upperBound - 1)"]
        guard case .forward(let plan) = self.lookup(cache, asked) else { return }
        var headers: HTTPHeaders = [
            "cache-control": "max-age=60",
            "content-range": "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(length)",
        ]
        headers.add(contentsOf: fields)
        guard
            case .relay(_, let keeping?) = cache.received(
                status: .partialContent, headers: headers, for: plan, now: self.now)
        else {
            Issue.record("not to be kept")
            return
        }
        #expect(cache.keep(keeping, body: ByteBuffer(bytes: self.text[range])))
    }

    @Test("parts side by side are one, and the whole once nothing is missing")
    func whole() throws {
        let cache = HTTPCache()
        self.store(cache, 0..<8, ["etag": "\"v\"", "content-type": "text/plain", "x": "old"])
        #expect(self.answer(cache, 4..<12) == nil)
        self.store(cache, 8..<12)
        let part = try #require(self.answer(cache, 4..<12))
        #expect(part.status == .partialContent && self.body(part) == "456789ab")
        #expect(part.headers["content-range"] == ["bytes 4-11/20"] && part.contentLength == 8)
        #expect(self.answer(cache) == nil && self.answer(cache, 4..<13) == nil)
        self.store(cache, 10..<20, ["etag": "\"v\"", "x": "new"])
        let whole = try #require(self.answer(cache))
        #expect(whole.status == .ok && self.body(whole) == "0123456789abcdefghij")
        #expect(whole.headers["content-type"] == ["text/plain"] && whole.headers["x"] == ["new"])
        #expect(!whole.headers.contains(name: "content-range") && whole.contentLength == 20)
        guard case .answer(let head) = self.lookup(cache, [:], .HEAD) else {
            Issue.record("HEAD is not answered")
            return
        }
        #expect(head.contentLength == 20 && head.status == .ok)
        #expect(cache.figures.entries == 1)
    }

    @Test(
        "what is not surely of one representation stays apart",
        arguments: [
            ["etag": "\"w\""], ["etag": "W/\"v\""], [:], ["etag": "\"v\"", "vary": "x"],
        ] as [HTTPHeaders])
    func apart(fields: HTTPHeaders) {
        let cache = HTTPCache()
        self.store(cache, 0..<10)
        self.store(cache, 10..<20, fields)
        #expect(self.answer(cache) == nil && self.answer(cache, 5..<15) == nil)
        #expect(self.body(self.answer(cache, 12..<15)) == "cde")
    }

    @Test("nor do parts with a gap, of another or an unknown length, or too large together")
    func gap() {
        for (first, second, length) in [(0..<9, 10..<20, "20"), (0..<10, 10..<20, "21"), (0..<10, 10..<20, "*")] {
            let cache = HTTPCache()
            self.store(cache, first)
            self.store(cache, second, of: length)
            #expect(self.answer(cache) == nil && self.answer(cache, 5..<15) == nil, "\(length)")
            #expect(self.body(self.answer(cache, 2..<5)) == "234")
        }
        var configuration = CacheConfiguration()
        configuration.largestBodyBytes = 15
        let cache = HTTPCache(configuration: configuration)
        self.store(cache, 0..<10)
        self.store(cache, 10..<20)
        #expect(self.answer(cache, 5..<15) == nil && self.body(self.answer(cache, 2..<5)) == "234")
    }

    @Test("whatever parts come in whatever order, an answer is what the origin has there", arguments: 0..<50)
    func anyOrder(seed: Int) {
        var random = SystemRandomNumberGenerator()
        let cache = HTTPCache()
        var held: Set<Int> = []
        for _ in 0..<12 {
            let first = Int.random(in: 0..<20, using: &random)
            // Never all of it at once: what is asked for as a part is kept as one.
            let range = first..<Int.random(in: first + 1...min(first + 19, 20), using: &random)
            if self.answer(cache, range) == nil { self.store(cache, range) }
            held.formUnion(range)
            #expect(self.body(self.answer(cache, range)) == String(decoding: self.text[range], as: UTF8.self))
            let asked = Int.random(in: 0..<20, using: &random)
            let other = asked..<Int.random(in: asked + 1...20, using: &random)
            #expect((self.answer(cache, other) != nil) == held.isSuperset(of: other), "\(held.sorted()) \(other)")
            if let answer = self.answer(cache, other) {
                #expect(self.body(answer) == String(decoding: self.text[other], as: UTF8.self))
            }
            #expect((self.answer(cache) != nil) == (held.count == 20))
        }
    }
}
