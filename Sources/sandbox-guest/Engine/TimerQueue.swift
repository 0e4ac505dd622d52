/// Which `setTimeout` callbacks are due, in the order JavaScript promises: by time, then by age.
struct TimerQueue<Callback> {
    private struct Entry {
        let id: Int32
        let due: Int64
        let callback: Callback
    }
    private var entries: [Entry] = []
    private var lastID: Int32 = 0

    var isEmpty: Bool { self.entries.isEmpty }
    var nextDue: Int64? { self.entries.first?.due }

    mutating func add(due: Int64, _ callback: Callback) -> Int32 {
        self.lastID &+= 1
        let index = self.entries.firstIndex { $0.due > due } ?? self.entries.endIndex
        self.entries.insert(Entry(id: self.lastID, due: due, callback: callback), at: index)
        return self.lastID
    }

    mutating func remove(_ id: Int32) { self.entries.removeAll { $0.id == id } }

    /// Takes out the first callback that is due.
    mutating func popDue(now: Int64) -> Callback? {
        guard let first = self.entries.first, first.due <= now else { return nil }
        return self.entries.removeFirst().callback
    }
}
