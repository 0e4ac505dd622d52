import Testing

@testable import HTTPCache

struct ByteCappedStoreTests {
    private typealias Store = ByteCappedStore<Int, String>

    @Test("gives back what it was given, and counts its bytes")
    func keeps() {
        var store = Store(capacityBytes: 100_000)
        #expect(store.insert("one", for: 1, bytes: 100) && store.insert("two", for: 2, bytes: 200))
        #expect(store.find(1) == "one" && store.peek(2) == "two" && store.find(3) == nil)
        #expect(store.count == 2 && store.bytes == 300 + 2 * Store.slotBytes)
        store.insert("three", for: 1, bytes: 50)
        #expect(store.find(1) == "three" && store.count == 2 && store.bytes == 250 + 2 * Store.slotBytes)
        #expect(store.remove(1) == "three" && store.remove(1) == nil && store.count == 1)
        #expect(store.removeAll { key, _ in key == 2 } == 1 && store.bytes == 0)
    }

    @Test("never holds more than its budget, and refuses what would empty it")
    func budget() {
        var store = Store(capacityBytes: 10_000)
        for key in 0..<1000 {
            store.insert("\(key)", for: key, bytes: 10 + key % 700)
            #expect(store.bytes <= 10_000)
        }
        #expect(store.evictionCount > 900 && store.count > 0)
        #expect(!store.insert("huge", for: 1, bytes: 5001) && store.peek(1) == nil)
    }

    @Test("what is asked for again survives a scan")
    func scan() {
        var store = Store(capacityBytes: 100_000)
        for key in 0..<50 { store.insert("kept", for: key, bytes: 500) }
        for _ in 0..<2 { for key in 0..<50 { _ = store.find(key) } }
        for key in 1000..<5000 { store.insert("once", for: key, bytes: 500) }
        let survivors = (0..<50).count { store.peek($0) != nil }
        #expect(survivors == 50)
    }

    @Test("what comes back soon after it left is kept longer")
    func ghosts() {
        var store = Store(capacityBytes: 100_000)
        for key in 0..<400 { store.insert("first", for: key, bytes: 500) }
        let gone = (0..<400).filter { store.peek($0) == nil }.suffix(20)
        #expect(gone.count == 20)
        for key in gone { store.insert("again", for: key, bytes: 500) }
        for key in 1000..<1100 { store.insert("scan", for: key, bytes: 500) }
        #expect(gone.allSatisfy { store.peek($0) == "again" })
    }

    @Test("agrees with a dictionary over many random operations")
    func model() {
        var store = ByteCappedStore<Int, Int>(capacityBytes: 1 << 30)
        var model: [Int: Int] = [:]
        var random = SystemRandomNumberGenerator()
        for step in 0..<50_000 {
            let key = Int.random(in: 0..<3000, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0, 1:
                store.insert(step, for: key, bytes: key)
                model[key] = step
            case 2: #expect(store.remove(key) == model.removeValue(forKey: key))
            default: #expect(store.find(key) == model[key])
            }
        }
        #expect(store.count == model.count && model.allSatisfy { store.peek($0.key) == $0.value })
        #expect(store.bytes == model.keys.reduce(0) { $0 + $1 + ByteCappedStore<Int, Int>.slotBytes })
    }
}
