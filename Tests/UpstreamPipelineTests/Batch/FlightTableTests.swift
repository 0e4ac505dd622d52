import Testing

@testable import UpstreamPipeline

struct FlightTableTests {
    @Test("the first starts, the others wait, all are answered")
    func sharing() {
        var table = FlightTable<String>()
        #expect(table.join("a", waiter: 1) == .start(0))
        #expect(table.join("a", waiter: 2) == .wait)
        #expect(table.join("b", waiter: 3) == .start(1))
        #expect(table.finish(0) == [1, 2])
        #expect(table.finish(0) == [])
        #expect(table.join("a", waiter: 4) == .start(2))
        #expect(table.count == 2)
    }

    @Test("only the last one to leave abandons the flight")
    func leaving() {
        var table = FlightTable<String>()
        _ = table.join("a", waiter: 1)
        _ = table.join("a", waiter: 2)
        #expect(table.leave("a", waiter: 1) == .nothing)
        #expect(table.leave("a", waiter: 1) == .nothing)
        #expect(table.isUnderWay(0))
        #expect(table.leave("a", waiter: 2) == .abandon(0))
        #expect(!table.isUnderWay(0) && table.count == 0)
    }

    @Test("leaving an old flight does not touch a new one of the same key")
    func succession() {
        var table = FlightTable<String>()
        _ = table.join("a", waiter: 1)
        _ = table.finish(0)
        _ = table.join("a", waiter: 2)
        #expect(table.leave("a", waiter: 1) == .nothing)
        #expect(table.isUnderWay(1))
    }
}
