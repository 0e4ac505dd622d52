/// Elements in the order of their last use; every operation takes constant time.
struct RecencyList<Element> {
    /// Names an element while it is in the list.
    struct Place: Equatable { fileprivate let index: Int }

    private struct Slot {
        var element: Element?
        var older: Int?
        var newer: Int?
    }

    private var slots: [Slot] = []
    private var free: [Int] = []
    private var oldestIndex: Int?
    private var newestIndex: Int?

    var count: Int { self.slots.count - self.free.count }

    /// The element whose last use is longest ago.
    var oldest: Element? { self.oldestIndex.flatMap { self.slots[$0].element } }

    /// Adds an element, used just now.
    mutating func add(_ element: Element) -> Place {
        let slot = Slot(element: element)
        let index: Int
        if let reused = self.free.popLast() {
            index = reused
            self.slots[index] = slot
        } else {
            index = self.slots.count
            self.slots.append(slot)
        }
        self.linkAsNewest(index)
        return Place(index: index)
    }

    /// Counts a use just now.
    mutating func use(_ place: Place) {
        guard place.index != self.newestIndex else { return }
        self.unlink(place.index)
        self.linkAsNewest(place.index)
    }

    mutating func remove(_ place: Place) {
        self.unlink(place.index)
        self.slots[place.index] = Slot()
        self.free.append(place.index)
        // Nobody holds a place any more: let go of the storage.
        if self.count == 0 { self = RecencyList() }
    }

    private mutating func linkAsNewest(_ index: Int) {
        self.slots[index].older = self.newestIndex
        self.slots[index].newer = nil
        if let newestIndex { self.slots[newestIndex].newer = index } else { self.oldestIndex = index }
        self.newestIndex = index
    }

    private mutating func unlink(_ index: Int) {
        let (older, newer) = (self.slots[index].older, self.slots[index].newer)
        if let older { self.slots[older].newer = newer } else { self.oldestIndex = newer }
        if let newer { self.slots[newer].older = older } else { self.newestIndex = older }
    }
}
