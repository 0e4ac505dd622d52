/// Which `setTimeout` callbacks are due, in the order JavaScript promises: by time, then by age.
///
/// A heap, because a script can set more timers than a sorted list could take in before its time limit.
struct TimerQueue<Callback> {
    private struct Entry {
        let due: Int64
        let id: Int32

        func precedes(_ other: Entry) -> Bool { (self.due, self.id) < (other.due, other.id) }
    }
    /// Each entry precedes the two at twice its place plus one and plus two; the first one is never of a removed timer.
    private var heap: [Entry] = []
    private var callbacks: [Int32: Callback] = [:]
    private var lastID: Int32 = 0

    var isEmpty: Bool { self.heap.isEmpty }
    var nextDue: Int64? { self.heap.first?.due }

    mutating func add(due: Int64, _ callback: Callback) -> Int32 {
        self.lastID &+= 1
        self.callbacks[self.lastID] = callback
        self.heap.append(Entry(due: due, id: self.lastID))
        self.rise(from: self.heap.count - 1)
        return self.lastID
    }

    mutating func remove(_ id: Int32) {
        guard self.callbacks.removeValue(forKey: id) != nil else { return }
        self.dropRemoved()
    }

    /// Takes out the first callback that is due.
    mutating func popDue(now: Int64) -> Callback? {
        guard let first = self.heap.first, first.due <= now else { return nil }
        let callback = self.callbacks.removeValue(forKey: first.id)
        self.dropRemoved()
        return callback
    }

    /// Takes entries from the top that have lost their callback.
    private mutating func dropRemoved() {
        while let first = self.heap.first, self.callbacks[first.id] == nil {
            let last = self.heap.removeLast()
            guard !self.heap.isEmpty else { return }
            self.heap[0] = last
            self.sink()
        }
    }

    private mutating func rise(from start: Int) {
        var index = start
        while index > 0, self.heap[index].precedes(self.heap[(index - 1) / 2]) {
            self.heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private mutating func sink() {
        var index = 0
        while true {
            let children = [2 * index + 1, 2 * index + 2].filter { $0 < self.heap.count }
            guard let least = children.min(by: { self.heap[$0].precedes(self.heap[$1]) }),
                self.heap[least].precedes(self.heap[index])
            else { return }
            self.heap.swapAt(index, least)
            index = least
        }
    }
}
