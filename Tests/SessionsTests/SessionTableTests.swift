import Testing

@testable import Sessions

struct SessionTableTests {
    @Test("evicts the newcomer idle longest")
    func evictsOldestNewcomer() {
        var table = SessionTable<Int>(maximumCount: 2)
        #expect(table.insert("a", 1, now: .seconds(1)) == nil)
        #expect(table.insert("b", 2, now: .seconds(2)) == nil)
        #expect(table.insert("c", 3, now: .seconds(3)) == 1)
        #expect(table.peek("a") == nil)
        #expect(table.count == 2)
    }

    @Test("a flood of newcomers does not push out a session in use")
    func sparesKnownSessions() {
        var table = SessionTable<Int>(maximumCount: 3)
        _ = table.insert("worker", 0, now: .seconds(1))
        table.touch("worker", now: .seconds(1))
        for index in 1...100 { _ = table.insert("flood\(index)", index, now: .seconds(2)) }
        #expect(table.peek("worker") == 0)
        #expect(table.count == 3)
    }

    @Test("without newcomers the known session idle longest makes room")
    func evictsOldestKnown() {
        var table = SessionTable<Int>(maximumCount: 2)
        for (index, key) in ["a", "b"].enumerated() {
            _ = table.insert(key, index, now: .seconds(1))
            table.touch(key, now: .seconds(1))
        }
        table.touch("a", now: .seconds(2))
        #expect(table.insert("c", 2, now: .seconds(3)) == 1)
        #expect(table.peek("a") == 0)
    }

    @Test("removes exactly what has been idle for the time-out")
    func idle() {
        var table = SessionTable<String>(maximumCount: 10)
        for (key, start) in [("a", 0), ("b", 1), ("c", 2)] { _ = table.insert(key, key, now: .seconds(start)) }
        table.touch("a", now: .seconds(9))
        #expect(table.removeIdle(longerThan: .seconds(10), now: .seconds(10)) == [])
        #expect(table.removeIdle(longerThan: .seconds(10), now: .seconds(12)) == ["b", "c"])
        #expect(table.removeIdle(longerThan: .seconds(10), now: .seconds(18)) == [])
        #expect(table.removeIdle(longerThan: .seconds(10), now: .seconds(19)) == ["a"])
        #expect(table.count == 0)
    }

    @Test("a use finds what lives and is wanted, and takes out what has been idle too long")
    func use() {
        var table = SessionTable<String>(maximumCount: 10)
        _ = table.insert("a", "A", now: .zero)
        func use(_ key: String, at seconds: Int, wanted: Bool = true, mayGo: Bool = true) -> String {
            let use = table.use(
                key, idleTimeout: .seconds(10), now: .seconds(seconds), isWanted: { _ in wanted }, mayGo: { _ in mayGo }
            )
            return switch use {
            case .live(let value): "live \(value)"
            case .expired(let value): "expired \(value)"
            case .absent: "absent"
            }
        }
        #expect(use("a", at: 9) == "live A" && use("b", at: 9) == "absent")
        #expect(use("a", at: 12, wanted: false) == "absent")
        // Being asked for without being wanted was no use.
        #expect(use("a", at: 19, mayGo: false) == "live A")
        #expect(use("a", at: 28) == "live A" && use("a", at: 38) == "expired A" && use("a", at: 38) == "absent")
        #expect(table.count == 0)
    }

    @Test("keeps its chains whole through removals in the middle and reuse of places")
    func removals() {
        var table = SessionTable<Int>(maximumCount: 100)
        for index in 0..<10 { _ = table.insert("\(index)", index, now: .seconds(index)) }
        for index in [0, 5, 9] { #expect(table.remove("\(index)") == index) }
        #expect(table.remove("5") == nil)
        for index in 10..<13 { _ = table.insert("\(index)", index, now: .seconds(index)) }
        let order = table.removeIdle(longerThan: .zero, now: .seconds(20))
        #expect(order == [1, 2, 3, 4, 6, 7, 8, 10, 11, 12])
    }

    @Test("gives back everything when emptied")
    func removeAll() {
        var table = SessionTable<Int>(maximumCount: 3)
        for index in 0..<3 { _ = table.insert("\(index)", index, now: .zero) }
        #expect(table.removeAll().sorted() == [0, 1, 2])
        #expect(table.count == 0)
        #expect(table.insert("x", 9, now: .zero) == nil)
    }
}
