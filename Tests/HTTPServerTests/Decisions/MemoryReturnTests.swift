import Testing

@testable import HTTPServer

struct MemoryReturnTests {
    @Test(
        "is due when at least half have ended, and enough of them",
        arguments: [
            ([1000, 501], false), ([1000, 500], true), ([1000, 0], true), ([200, 73], false), ([200, 72], true),
            ([127, 0], false), ([128, 0], true), ([100, 90, 100, 0], false), ([0], false), ([600, 400, 300], true),
        ])
    func due(counts: [Int], expected: Bool) {
        var memory = MemoryReturn()
        let due = counts.map { memory.connections($0) }
        #expect(due.last == expected && !due.dropLast().contains(true))
    }

    @Test("is asked for once, and again when as many more have ended")
    func again() {
        var memory = MemoryReturn()
        #expect(!memory.connections(1000) && memory.connections(400) && !memory.connections(100))
        memory.returned(400)
        #expect(!memory.connections(300) && memory.connections(150))
        memory.returned(150)
        #expect(!memory.connections(23) && memory.connections(22))
    }
}
