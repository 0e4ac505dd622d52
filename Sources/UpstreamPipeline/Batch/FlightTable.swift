/// Decides who asks upstream when several calls want the same at the same time: the first does, the others wait.
struct FlightTable<Key: Hashable> {
    typealias WaiterID = Int
    typealias FlightID = Int
    enum Arrival: Equatable { case start(FlightID), wait }
    enum Departure: Equatable { case nothing, abandon(FlightID) }

    private struct Flight {
        var key: Key
        var waiters: Set<WaiterID>
    }
    private var flights: [FlightID: Flight] = [:]
    private var byKey: [Key: FlightID] = [:]
    private var nextFlight = 0

    var count: Int { self.flights.count }

    /// A call arrives: it starts a flight, or waits for the one under way.
    mutating func join(_ key: Key, waiter: WaiterID) -> Arrival {
        if let id = self.byKey[key] {
            self.flights[id]?.waiters.insert(waiter)
            return .wait
        }
        let id = self.nextFlight
        self.nextFlight += 1
        self.flights[id] = Flight(key: key, waiters: [waiter])
        self.byKey[key] = id
        return .start(id)
    }

    /// A call gives up; the flight goes on for the others, and is abandoned with the last one.
    mutating func leave(_ key: Key, waiter: WaiterID) -> Departure {
        guard let id = self.byKey[key], self.flights[id]?.waiters.remove(waiter) != nil else { return .nothing }
        guard self.flights[id]?.waiters.isEmpty == true else { return .nothing }
        self.remove(id)
        return .abandon(id)
    }

    /// The answer is there: whom to give it, in no order.
    mutating func finish(_ id: FlightID) -> Set<WaiterID> {
        let waiters = self.flights[id]?.waiters ?? []
        self.remove(id)
        return waiters
    }

    /// Whether anybody still waits for it.
    func isUnderWay(_ id: FlightID) -> Bool { self.flights[id] != nil }

    func waiterCount(_ key: Key) -> Int { self.byKey[key].flatMap { self.flights[$0]?.waiters.count } ?? 0 }

    private mutating func remove(_ id: FlightID) {
        guard let flight = self.flights.removeValue(forKey: id) else { return }
        self.byKey[flight.key] = nil
    }
}
