/// An inventory drop as one endpoint shows it at one moment.
struct DropRendering {
    let store: Store
    /// Undo times depend on the clock.
    let now: Timestamp
    var showsPrice = true
    var showsDroppedByEmail = false
    var showsUndoneByEmail = false

    func render(_ drop: InventoryDrop, into text: inout JSONText) {
        text.object {
            $0.key("productId")
            self.store.renderProduct(drop.productID, showsPrice: self.showsPrice, into: &$0)
            $0.member("productName", drop.productName)
            $0.member("quantityDropped", drop.quantityDropped)
            $0.member("originalQuantity", drop.originalQuantity)
            $0.member("remainingQuantity", drop.remainingQuantity)
            $0.member("pricePerUnit", drop.pricePerUnit)
            $0.member("totalValueLost", drop.totalValueLost)
            $0.member("reason", drop.reason.rawValue)
            $0.member("notes", ifPresent: drop.notes)
            $0.key("droppedBy")
            self.store.renderSeller(drop.droppedBy, showsEmail: self.showsDroppedByEmail, into: &$0)
            $0.member("droppedAt", drop.droppedAt)
            $0.member("canBeUndone", !drop.isUndone)
            $0.member("undoExpiresAt", drop.undoExpiresAt)
            $0.member("isUndone", drop.isUndone)
            if let undo = drop.undo {
                $0.key("undoneBy")
                self.store.renderSeller(undo.by, showsEmail: self.showsUndoneByEmail, into: &$0)
                $0.member("undoneAt", undo.at)
                $0.member("undoReason", undo.reason)
            }
            $0.member("productionDate", ifPresent: drop.productionDate)
            $0.member("expirationDate", ifPresent: drop.expirationDate)
            $0.member("batchId", ifPresent: drop.batchID)
            $0.member("isTestData", false)
            $0.member("createdAt", drop.droppedAt)
            $0.member("updatedAt", drop.updatedAt)
            self.renderVirtuals(of: drop, into: &$0)
            $0.member("id", drop.id)
        }
    }

    private func renderVirtuals(of drop: InventoryDrop, into text: inout JSONText) {
        if drop.originalQuantity > 0 {
            let share = Double(drop.quantityDropped) / Double(drop.originalQuantity) * 100
            text.member("dropPercentage", JSNumber.fixed2(share))
        } else {
            text.member("dropPercentage", 0)
        }
        text.member("undoAvailable", drop.canUndo(at: self.now))
        text.member("undoTimeRemaining", drop.undoMinutesLeft(at: self.now))
        text.member("isPartialDrop", drop.isPartial)
        let daysSinceProduction = drop.productionDate.map {
            (drop.droppedAt.milliseconds - $0.milliseconds).flooredQuotient(by: Timestamp.millisecondsPerDay)
        }
        text.member("daysSinceProduction", daysSinceProduction)
    }
}
