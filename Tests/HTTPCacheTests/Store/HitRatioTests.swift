import Testing

@testable import HTTPCache

struct HitRatioTests {
    private static let trace: [TraceGenerator.Request] = {
        var generator = TraceGenerator(targets: 30_000, skew: 0.8)
        return generator.trace(count: 300_000)
    }()
    private static let totalBytes = Set(Self.trace).reduce(0) { $0 + $1.bytes }

    private func ratio<Store: RivalStore>(_: Store.Type, percent: Int) -> Double {
        var store = Store(capacityBytes: Self.totalBytes * percent / 100)
        var hits = 0
        for request in Self.trace where store.ask(request) { hits += 1 }
        return Double(hits) / Double(Self.trace.count)
    }

    @Test("hits at least as often as LRU, whatever the size", arguments: [1, 3, 10, 25])
    func ratios(percent: Int) {
        let own = self.ratio(ByteCappedStore<Int, Int>.self, percent: percent)
        let lru = self.ratio(LeastRecentlyUsed.self, percent: percent)
        let tiny = self.ratio(WindowTinyLFU.self, percent: percent)
        print("hit ratio at \(percent) % of all bytes: S3-FIFO \(own), LRU \(lru), W-TinyLFU \(tiny)")
        #expect(own >= lru)
        // A rival that cannot win shows that the comparison is one.
        #expect(tiny > 0.05 && lru > 0.05)
    }
}
