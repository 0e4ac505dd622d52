import Testing

@testable import sandbox_guest

struct TimerHeapTests {
    /// Against the plain way: a list, searched from its start.
    @Test("thousands of timers, set and removed in any order, come as a sorted list would give them", arguments: 1...5)
    func order(seed: UInt64) {
        var state = seed
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var queue = TimerQueue<Int32>()
        var list: [(due: Int64, id: Int32)] = []
        var lastID: Int32 = 0
        for now in Int64(0)..<2000 {
            for _ in 0..<random(4) {
                lastID += 1
                let due = now + Int64(random(50))
                #expect(queue.add(due: due, lastID) == lastID)
                list.append((due, lastID))
            }
            if random(3) == 0, let removed = list.indices.randomElement(using: random) {
                queue.remove(list.remove(at: removed).id)
            }
            queue.remove(-1)
            let due = list.filter { $0.due <= now }.sorted { $0 < $1 }
            list.removeAll { $0.due <= now }
            var popped: [Int32] = []
            while let id = queue.popDue(now: now) { popped.append(id) }
            #expect(popped == due.map(\.id))
            #expect(queue.nextDue == list.map(\.due).min())
            #expect(queue.isEmpty == list.isEmpty)
        }
    }
}

extension Range<Int> {
    fileprivate func randomElement(using random: (Int) -> Int) -> Int? {
        self.isEmpty ? nil : self.lowerBound + random(self.count)
    }
}
