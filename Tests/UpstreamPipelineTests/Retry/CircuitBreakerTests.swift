import Testing

@testable import UpstreamPipeline

/// When an upstream in trouble is left alone, and how many repeats there may be.
struct CircuitBreakerTests {
    private let start = ContinuousClock.now

    @Test("five failures in a row open it; one call tries again, and waits double until one succeeds")
    func cycle() {
        var breaker = CircuitBreaker()
        for _ in 0..<4 { breaker.failed(now: self.start) }
        breaker.succeeded()
        for _ in 0..<4 { breaker.failed(now: self.start) }
        #expect(breaker.ask(now: self.start) == .go)
        breaker.failed(now: self.start)
        var now = self.start
        for seconds in [1, 2, 4, 8, 16, 32, 60, 60] {
            #expect(breaker.ask(now: now) == .wait(.seconds(seconds)))
            now += .seconds(seconds)
            #expect(breaker.ask(now: now) == .go && breaker.state == .halfOpen)
            #expect(breaker.ask(now: now) == .wait(.seconds(1)))
            breaker.failed(now: now)
        }
        now += .seconds(60)
        #expect(breaker.ask(now: now) == .go)
        breaker.succeeded()
        #expect(breaker.state == .closed && breaker.ask(now: now) == .go)
    }

    @Test("a trial whose caller went away makes room for another")
    func abandoned() {
        var breaker = CircuitBreaker()
        for _ in 0..<5 { breaker.failed(now: self.start) }
        let later = self.start + .seconds(1)
        #expect(breaker.ask(now: later) == .go)
        breaker.toldNothing(now: later)
        #expect(breaker.ask(now: later) == .go)
    }

    @Test("repeats are never more than a fifth of the calls and ten saved up", arguments: 1...20)
    func retryBudget(seed: Int) {
        var (budget, random, calls, repeats) = (RetryBudget(), SplitMix(seed: UInt64(seed)), 0, 0)
        for _ in 0..<2000 {
            if Int.random(in: 0..<3, using: &random) == 0 {
                calls += 1
                budget.countFirstTry()
            } else if budget.take() {
                repeats += 1
            }
            #expect(Double(repeats) <= 10.000_001 + 0.2 * Double(calls))
        }
        #expect(repeats > 100)
    }
}
