import NIOCore
import Testing

@testable import UpstreamPipeline

struct ResponseCollectorTests {
    private func collector(body: Int = 100, headers: Int = 200, count: Int = 10) -> ResponseCollector {
        ResponseCollector(maximumHeaderBytes: headers, maximumHeaderCount: count, maximumBodyBytes: body)
    }
    private func feed(_ collector: inout ResponseCollector, _ lines: [String]) -> Bool {
        lines.allSatisfy { collector.takeHeader(($0 + "\r\n").utf8) }
    }

    private func feed(_ collector: inout ResponseCollector, bytes count: Int) -> Bool {
        [UInt8](repeating: 0x61, count: count).withUnsafeBytes { collector.takeBody($0) }
    }

    @Test("names come in lower case, values without blanks around them")
    func headers() {
        var collector = self.collector()
        #expect(!collector.hasBegun)
        #expect(self.feed(&collector, ["HTTP/1.1 200 OK", "Content-Type:  text/plain \t", "X:", "nonsense", ""]))
        #expect(collector.headers.map(\.name) == ["content-type", "x"])
        #expect(collector.headers.map(\.value) == ["text/plain", ""])
        #expect(collector.hasBegun)
    }

    @Test("interim answers and trailers leave no headers")
    func interim() {
        var collector = self.collector()
        #expect(self.feed(&collector, ["HTTP/1.1 103 Early Hints", "Link: x", ""]))
        #expect(self.feed(&collector, ["HTTP/1.1 200 OK", "A: 1", "", "Trailer: late", "HTTP/fake: 1", ""]))
        #expect(collector.headers.map(\.name) == ["a"])
    }

    @Test("too many and too large headers end it")
    func headerLimits() {
        var many = self.collector(count: 3)
        #expect(!self.feed(&many, ["HTTP/1.1 200 OK", "A: 1", "B: 2", "C: 3"]))
        #expect(many.refusal == .headersTooLarge)
        var large = self.collector(headers: 50)
        #expect(!self.feed(&large, ["HTTP/1.1 200 OK", "A: " + String(repeating: "x", count: 50)]))
        #expect(large.refusal == .headersTooLarge)
    }

    @Test("values that are no text do no harm; names that are none, and controls, end it")
    func invalid() {
        var collector = self.collector()
        let isTaken = collector.takeHeader([0x58, 0x3A, 0xC3, 0x0D, 0x0A])
        #expect(isTaken && collector.headers.count == 1)
        for line in ["\u{fc}: 1", ": 1", "X : 1", "X: a\rb", "X: a\u{0}", "HTTP/1.1 200 O\rK", "HTTP/1.1 101 S"] {
            var collector = self.collector()
            #expect(!self.feed(&collector, [line]) && collector.refusal == .malformed, "\(line)")
        }
    }

    @Test("the body may be as large as allowed and no larger")
    func bodyLimit() {
        var collector = self.collector(body: 5)
        #expect(self.feed(&collector, bytes: 3) && self.feed(&collector, bytes: 2))
        #expect(collector.body.readableBytes == 5 && collector.refusal == nil)
        #expect(!self.feed(&collector, bytes: 1))
        #expect(collector.refusal == .bodyTooLarge)
    }
}
