/// Decides which runs start, which wait and which are refused.
///
/// Whoever asks waits in a line of their own, and the lines take turns: many runs of one do not delay the first run of
/// another. Within a line, first come, first served.
package struct RunQueue: Sendable {
    package enum Arrival: Sendable, Equatable { case start, wait, refuse }

    private let places: Int
    private let capacity: Int
    private var occupied = 0
    private var lines: [String: [UInt64]] = [:]
    /// Whose turn it is, soonest first; everybody here has a line.
    private var turns: [String] = []
    private var waitingCount = 0
    /// Closed while there is no zygote: everybody waits.
    private var isOpen = false

    package init(places: Int, capacity: Int) {
        self.places = places
        self.capacity = capacity
    }

    package mutating func arrive(_ ticket: UInt64, of owner: String) -> Arrival {
        if self.isOpen, self.occupied < self.places, self.turns.isEmpty {
            self.occupied += 1
            return .start
        }
        guard self.waitingCount < self.capacity else { return .refuse }
        if self.lines[owner] == nil { self.turns.append(owner) }
        self.lines[owner, default: []].append(ticket)
        self.waitingCount += 1
        return .wait
    }

    /// Takes back a run that still waits; false when it has started already.
    package mutating func abandon(_ ticket: UInt64, of owner: String) -> Bool {
        guard let index = self.lines[owner]?.firstIndex(of: ticket) else { return false }
        self.take(at: index, of: owner)
        if self.lines[owner] == nil { self.turns.removeAll { $0 == owner } }
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
        var admitted: [UInt64] = []
        while self.isOpen, self.occupied < self.places, !self.turns.isEmpty {
            let owner = self.turns.removeFirst()
            admitted.append(self.take(at: 0, of: owner))
            if self.lines[owner] != nil { self.turns.append(owner) }
            self.occupied += 1
        }
        return admitted
    }

    @discardableResult
    private mutating func take(at index: Int, of owner: String) -> UInt64 {
        var line = self.lines[owner] ?? []
        let ticket = line.remove(at: index)
        self.lines[owner] = line.isEmpty ? nil : line
        self.waitingCount -= 1
        return ticket
    }
}
