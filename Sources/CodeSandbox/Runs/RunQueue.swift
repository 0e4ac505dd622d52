/// Decides which runs start, which wait and which are refused; first come, first served.
package struct RunQueue: Sendable {
    package enum Arrival: Sendable, Equatable { case start, wait, refuse }

    private let places: Int
    private let capacity: Int
    private var occupied = 0
    private var waiting: [UInt64] = []
    /// Closed while there is no zygote: everybody waits.
    private var isOpen = false

    package init(places: Int, capacity: Int) {
        self.places = places
        self.capacity = capacity
    }

    package mutating func arrive(_ ticket: UInt64) -> Arrival {
        if self.isOpen, self.occupied < self.places, self.waiting.isEmpty {
            self.occupied += 1
            return .start
        }
        guard self.waiting.count < self.capacity else { return .refuse }
        self.waiting.append(ticket)
        return .wait
    }

    /// Takes back a run that still waits; false when it has started already.
    package mutating func abandon(_ ticket: UInt64) -> Bool {
        guard let index = self.waiting.firstIndex(of: ticket) else { return false }
        self.waiting.remove(at: index)
        return true
    }

    /// A place became free; the runs that start now.
    package mutating func leave() -> [UInt64] {
        self.occupied -= 1
        return self.admit()
    }

    package mutating func open() -> [UInt64] {
        self.isOpen = true
        return self.admit()
    }

    package mutating func close() { self.isOpen = false }

    private mutating func admit() -> [UInt64] {
        guard self.isOpen else { return [] }
        let count = min(max(0, self.places - self.occupied), self.waiting.count)
        defer { self.waiting.removeFirst(count) }
        self.occupied += count
        return Array(self.waiting.prefix(count))
    }
}
