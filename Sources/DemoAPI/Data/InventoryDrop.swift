/// Stock thrown away, and whether that was taken back.
struct InventoryDrop: Sendable, Identifiable {
    let id: ObjectID
    let productID: ObjectID
    let productName: String
    let quantityDropped: Int
    let originalQuantity: Int
    let pricePerUnit: Double
    var reason: Reason
    var notes: String?
    let droppedBy: ObjectID
    let droppedAt: Timestamp
    var undo: Undo?
    var productionDate: Timestamp?
    var expirationDate: Timestamp?
    var batchID: String?
    var updatedAt: Timestamp

    /// Why stock was dropped.
    enum Reason: String, Sendable, CaseIterable {
        case expired
        case endOfDay = "end_of_day"
        case qualityIssue = "quality_issue"
        case damaged, contaminated, overproduction, other
    }

    /// Who took a drop back, and when.
    struct Undo: Sendable {
        let by: ObjectID
        let at: Timestamp
        let reason: String
    }

    /// How long a drop can be taken back.
    static let undoWindow: Duration = .seconds(8 * 3600)

    var remainingQuantity: Int { self.originalQuantity - self.quantityDropped }
    var totalValueLost: Double { Double(self.quantityDropped) * self.pricePerUnit }
    var undoExpiresAt: Timestamp { self.droppedAt + Self.undoWindow }
    var isUndone: Bool { self.undo != nil }
    var isPartial: Bool { self.remainingQuantity > 0 }

    func canUndo(at now: Timestamp) -> Bool { !self.isUndone && now < self.undoExpiresAt }

    /// Whole minutes left to undo; 479 right after the drop, because some of the last minute has always passed.
    func undoMinutesLeft(at now: Timestamp) -> Int {
        guard self.canUndo(at: now) else { return 0 }
        return (self.undoExpiresAt.milliseconds - now.milliseconds - 1) / 60_000
    }
}
