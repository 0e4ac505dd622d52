import CodeSandbox
import Testing

struct RunQueueTests {
    @Test func startsThenWaitsThenRefusesAndServesInOrder() {
        var queue = RunQueue(places: 2, capacity: 2)
        let seen1 = queue.open()
        #expect(seen1 == [])
        let seen2 = (1...5).map { queue.arrive($0, of: "a") }
        #expect(seen2 == [.start, .start, .wait, .wait, .refuse])
        let seen3 = queue.leave()
        #expect(seen3 == [3])
        let seen4 = queue.arrive(6, of: "a")
        #expect(seen4 == .wait)
        let seen5 = queue.leave()
        #expect(seen5 == [4])
        let seen6 = queue.leave()
        #expect(seen6 == [6])
        let seen7 = queue.leave()
        #expect(seen7 == [])
        let seen8 = queue.arrive(7, of: "a")
        #expect(seen8 == .start)
    }

    @Test func whoeverWaitsCanLeave() {
        var queue = RunQueue(places: 1, capacity: 5)
        _ = queue.open()
        let seen9 = (1...3).map { queue.arrive($0, of: "a") }
        #expect(seen9 == [.start, .wait, .wait])
        let seen10 = queue.abandon(2, of: "a")
        #expect(seen10)
        let seen11 = queue.abandon(2, of: "a")
        #expect(!seen11)
        let seen12 = queue.abandon(1, of: "a")
        #expect(!seen12)
        let seen13 = queue.leave()
        #expect(seen13 == [3])
    }

    @Test("those who wait take turns, however many runs each of them wants")
    func turns() {
        var queue = RunQueue(places: 1, capacity: 10)
        _ = queue.open()
        let arrivals = [(1, "a"), (2, "a"), (3, "a"), (4, "a"), (5, "b"), (6, "c"), (7, "b")]
        for (ticket, owner) in arrivals { _ = queue.arrive(UInt64(ticket), of: owner) }
        let hasLeft = queue.abandon(6, of: "c")
        #expect(hasLeft)
        var order: [UInt64] = []
        for _ in 0..<6 { order += queue.leave() }
        #expect(order == [2, 5, 3, 7, 4])
    }

    @Test func withoutAZygoteEverybodyWaits() {
        var queue = RunQueue(places: 2, capacity: 5)
        let seen14 = queue.arrive(1, of: "a")
        #expect(seen14 == .wait)
        let seen15 = queue.open()
        #expect(seen15 == [1])
        queue.close()
        let seen16 = queue.arrive(2, of: "a")
        #expect(seen16 == .wait)
        let seen17 = queue.leave()
        #expect(seen17 == [])
        let seen18 = queue.open()
        #expect(seen18 == [2])
    }

    @Test func anEarlierWaiterGoesBeforeANewcomer() {
        var queue = RunQueue(places: 1, capacity: 5)
        let seen19 = queue.arrive(1, of: "a")
        #expect(seen19 == .wait)
        let seen20 = queue.arrive(2, of: "a")
        #expect(seen20 == .wait)
        let seen21 = queue.open()
        #expect(seen21 == [1])
        let seen22 = queue.arrive(3, of: "a")
        #expect(seen22 == .wait)
        let seen23 = queue.leave()
        #expect(seen23 == [2])
    }
}

struct RestartBackoffTests {
    @Test func theFirstRestartIsAtOnceAndRepeatedOnesWaitLonger() {
        var backoff = RestartBackoff()
        let delays = (0..<12).map { _ in backoff.died(after: .zero) }
        #expect(Array(delays.prefix(4)) == [.zero, .milliseconds(50), .milliseconds(100), .milliseconds(200)])
        #expect(delays.last == .seconds(5))
        let recovered = backoff.died(after: .seconds(60))
        #expect(recovered == .zero)
    }
}
