extension SampleDataGenerator {
    /// Sixty days of waste: most of it old, four drops taken back, three that still can be.
    mutating func makeDrops() {
        var drops = (0..<SamplePlan.drops).map { index in
            // From 59 days ago to the day before yesterday, in the hour after the shop closes.
            let daysAgo = 59 - index * 57 / (SamplePlan.drops - 1)
            let day = Timestamp(milliseconds: (self.localDay - daysAgo) * Timestamp.millisecondsPerDay)
            return self.drop(at: day.adding(milliseconds: self.closingHour()), index: index)
        }
        for (index, daysAgo) in [40, 30, 20, 10].enumerated() {
            let day = Timestamp(milliseconds: (self.localDay - daysAgo) * Timestamp.millisecondsPerDay)
            var drop = self.drop(at: day.adding(milliseconds: self.closingHour()), index: index)
            let minutes = self.random.integer(5...460)
            let reason = index == 0 ? "" : "Counted twice"
            drop.undo = InventoryDrop.Undo(
                by: drop.droppedBy, at: drop.droppedAt + .seconds(minutes * 60), reason: reason)
            drop.updatedAt = drop.undo?.at ?? drop.updatedAt
            drops.append(drop)
        }
        drops += self.recentDrops()
        for drop in drops.sorted(by: { $0.droppedAt < $1.droppedAt }) {
            self.store.drops.append(drop)
            self.store.products.update(drop.productID) { $0.updatedAt = max($0.updatedAt, drop.updatedAt) }
        }
    }

    private mutating func closingHour() -> Int {
        25 * Timestamp.millisecondsPerHour + self.random.integer(0...Timestamp.millisecondsPerHour - 1)
    }

    private mutating func drop(at time: Timestamp, index: Int) -> InventoryDrop {
        // The last of the old drops emptied the shelf, and the shelf is still empty.
        let emptied = index == SamplePlan.drops - 1 ? self.product(named: Menu.soldOut) : nil
        let product = emptied ?? self.random.element(of: self.otherProducts)
        let original = self.random.integer(6...40)
        let dropped = emptied == nil ? self.random.integer(1...max(1, original / 2)) : original
        let roll = self.random.fraction()
        let reason: InventoryDrop.Reason =
            if roll < 0.5 { .endOfDay } else if roll < 0.8 { .expired } else {
                self.random.element(of: [.qualityIssue, .damaged, .contaminated, .overproduction, .other])
            }
        return self.drop(product, dropped: dropped, of: original, at: time, reason: reason, isTraced: index % 3 == 0)
    }

    /// Drops that can still be undone: one for ten minutes, the others for hours.
    private mutating func recentDrops() -> [InventoryDrop] {
        let candidates = self.otherProducts.filter { (self.store.products[$0]?.count ?? 0) > 3 }
        let products = self.random.shuffled(candidates)
        return [470, 180, 40].enumerated().map { index, minutes in
            let product = products[index]
            let dropped = self.random.integer(1...4)
            let original = (self.store.products[product]?.count ?? 0) + dropped
            return self.drop(
                product, dropped: dropped, of: original, at: self.now - .seconds(minutes * 60), reason: .endOfDay,
                isTraced: index == 0)
        }
    }

    private mutating func drop(
        _ product: ObjectID, dropped: Int, of original: Int, at time: Timestamp, reason: InventoryDrop.Reason,
        isTraced: Bool
    ) -> InventoryDrop {
        let administrators = self.store.sellers.rows.filter { $0.role != .user }
        var drop = InventoryDrop(
            id: self.store.ids.next(at: time), productID: product,
            productName: self.store.products[product]?.productName ?? "", quantityDropped: dropped,
            originalQuantity: original, pricePerUnit: self.price(of: product, at: time), reason: reason,
            notes: self.random.chance(0.2) ? "Noted at closing time" : nil,
            droppedBy: self.random.element(of: administrators).id, droppedAt: time, updatedAt: time)
        if isTraced {
            drop.productionDate = time.adding(days: -self.random.integer(1...5)).startOfDay
            drop.expirationDate = time.adding(days: self.random.integer(0...1)).startOfDay
            drop.batchID = "BATCH-\(self.random.integer(1000...9999))"
        }
        return drop
    }
}
