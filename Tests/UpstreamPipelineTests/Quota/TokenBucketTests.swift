import Testing

@testable import UpstreamPipeline

struct TokenBucketTests {
    private let start = ContinuousClock.now

    @Test("gives the whole limit at once, then one each time a token has come back")
    func burst() {
        var bucket = TokenBucket(limit: 100, window: .seconds(900))
        for _ in 0..<100 { #expect(bucket.take(now: self.start) == .granted) }
        #expect(bucket.take(now: self.start) == .refused(retryAfter: .seconds(9)))
        #expect(bucket.take(now: self.start + .seconds(8)) == .refused(retryAfter: .seconds(1)))
        #expect(bucket.take(now: self.start + .seconds(9)) == .granted)
        #expect(bucket.take(now: self.start + .seconds(9)) == .refused(retryAfter: .seconds(9)))
    }

    @Test("a long rest fills it no higher than the limit")
    func rest() {
        var bucket = TokenBucket(limit: 3, window: .seconds(30))
        #expect(bucket.take(now: self.start) == .granted)
        let later = self.start + .seconds(10_000)
        for _ in 0..<3 { #expect(bucket.take(now: later) == .granted) }
        #expect(bucket.take(now: later) != .granted)
    }

    @Test("tells what is left and when it is full")
    func budget() {
        var bucket = TokenBucket(limit: 10, window: .seconds(100))
        #expect(bucket.budget(now: self.start) == Budget(limit: 10, remaining: 10, resetsIn: .zero))
        for _ in 0..<4 { _ = bucket.take(now: self.start) }
        #expect(bucket.budget(now: self.start) == Budget(limit: 10, remaining: 6, resetsIn: .seconds(40)))
        #expect(bucket.budget(now: self.start + .seconds(9)).remaining == 6)
        #expect(bucket.budget(now: self.start + .seconds(10)).remaining == 7)
        bucket.giveBack()
        #expect(bucket.budget(now: self.start).remaining == 7)
    }

    @Test(
        "in no stretch of time does it give more than the limit and what came back meanwhile",
        arguments: [(1, 1), (3, 10), (7, 60), (100, 900)], [UInt64(1), 2, 3])
    func bound(numbers: (limit: Int, window: Int), seed: UInt64) {
        var (bucket, random) = (
            TokenBucket(limit: numbers.limit, window: .seconds(numbers.window)), SplitMix(seed: seed)
        )
        var (now, grants) = (self.start, [ContinuousClock.Instant]())
        for _ in 0..<3000 {
            // Bursts and pauses.
            if Int.random(in: 0..<4, using: &random) == 0 {
                now += .milliseconds(Int.random(in: 0...(numbers.window * 1000 / numbers.limit * 2), using: &random))
            }
            let left = bucket.budget(now: now).remaining
            switch bucket.take(now: now) {
            case .granted:
                #expect(left > 0)
                grants.append(now)
            case .refused(let retryAfter):
                #expect(left == 0 && retryAfter > .zero && retryAfter <= .seconds(numbers.window))
                var copy = bucket
                #expect(copy.take(now: now + retryAfter) == .granted)
            }
        }
        for (first, from) in grants.enumerated().filter({ $0.offset % 37 == 0 }) {
            for (last, to) in grants.enumerated().dropFirst(first) where last % 11 == 0 {
                let refilled = (to - from) / (.seconds(numbers.window) / numbers.limit)
                #expect(Double(last - first + 1) <= Double(numbers.limit) + refilled + 1e-6)
            }
        }
    }

    @Test("senseless numbers still make a bucket", arguments: [0, -5])
    func senseless(limit: Int) {
        var bucket = TokenBucket(limit: limit, window: .zero)
        #expect(bucket.take(now: self.start) == .granted)
    }
}
