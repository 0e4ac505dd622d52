/// Rows in the order they were added, found by id in constant time.
struct Table<Row: Identifiable & Sendable>: Sendable where Row.ID == ObjectID {
    private(set) var rows: [Row] = []
    private var positions: [ObjectID: Int] = [:]

    init(_ rows: [Row] = []) {
        for row in rows { self.append(row) }
    }

    subscript(id: ObjectID) -> Row? { self.positions[id].map { self.rows[$0] } }

    mutating func append(_ row: Row) {
        self.positions[row.id] = self.rows.count
        self.rows.append(row)
    }

    /// Changes the row `id` in place and returns it as it is then; nil when there is none.
    @discardableResult
    mutating func update(_ id: ObjectID, _ change: (inout Row) -> Void) -> Row? {
        guard let position = self.positions[id] else { return nil }
        change(&self.rows[position])
        return self.rows[position]
    }

    /// Removes the row `id`; false when there is none.
    @discardableResult
    mutating func remove(_ id: ObjectID) -> Bool {
        guard let position = self.positions.removeValue(forKey: id) else { return false }
        self.rows.remove(at: position)
        for later in position..<self.rows.count { self.positions[self.rows[later].id] = later }
        return true
    }
}
