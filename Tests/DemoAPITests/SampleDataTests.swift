import Testing

@testable import DemoAPI

struct SampleDataTests {
    /// Moments at which midnights of UTC and of the shop fall differently.
    static let moments = [
        Timestamp(year: 2025, month: 11, day: 19, hour: 17, minute: 30), Timestamp(year: 2025, month: 11, day: 20),
        Timestamp(year: 2026, month: 3, day: 1, hour: 4, minute: 59), Timestamp(year: 2024, month: 2, day: 29, hour: 5),
        Timestamp(year: 2027, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 1),
    ]

    static func store(_ seed: UInt64, _ now: Timestamp, _ variant: DemoConfiguration.Variant = .standard) -> Store {
        var generator = SampleDataGenerator(seed: seed, variant: variant, now: now)
        return generator.makeStore()
    }

    @Test("has the promised numbers of everything", arguments: [20_251_122, 1, 42] as [UInt64], Self.moments)
    func counts(seed: UInt64, now: Timestamp) {
        let store = Self.store(seed, now)
        #expect(store.sellers.rows.map(\.role) == [.superadmin, .admin, .user, .user])
        #expect(store.pendingSellers.rows.count == 2)
        #expect(store.products.rows.count == 42)
        #expect(store.customers.rows.count == 60)
        #expect((800...1000).contains(store.sales.rows.count))
        #expect(store.drops.rows.count == 70)
        #expect(store.sales.rows.count { $0.imported != nil } == 40)
        #expect(Set(store.sales.rows.compactMap { $0.imported?.importBatch }).count == 1)
    }

    @Test("holds the invariants of the API", arguments: [20_251_122, 2, 77] as [UInt64], Self.moments)
    func invariants(seed: UInt64, now: Timestamp) {
        Self.checkInvariants(Self.store(seed, now), now)
    }

    static func checkInvariants(_ store: Store, _ now: Timestamp) {
        // One expectation at the end: tens of thousands of them take their time.
        var broken: Set<String> = []
        func check(_ name: String, _ holds: Bool) {
            if !holds { broken.insert(name) }
        }
        var last: [ObjectID: Timestamp] = [:]
        var previous = Timestamp(milliseconds: 0)
        for sale in store.sales.rows {
            var total = 0.0
            for line in sale.lines { total += Double(line.quantity) * line.priceAtSale }
            check("total", total == sale.totalAmount)
            check("settled", sale.settled == (sale.amountPaid >= sale.totalAmount))
            check("lines", (1...6).contains(sale.lines.count))
            check("quantities", sale.lines.allSatisfy { (1...12).contains($0.quantity) })
            check("sale order", sale.createdAt >= previous && sale.createdAt <= now && sale.updatedAt <= now)
            check(
                "settledAt", sale.settledAt.map { $0 >= sale.createdAt && $0 == sale.updatedAt && sale.settled } ?? true
            )
            check("sale id", Int(sale.id.high) == sale.createdAt.seconds)
            if let details = sale.imported { check("import dates", details.originalCreatedAt < details.importedAt) }
            previous = sale.createdAt
            last[sale.customerID] = max(last[sale.customerID] ?? sale.effectiveDate, sale.effectiveDate)
        }
        #expect(store.customers.rows.allSatisfy { $0.lastTransaction == last[$0.id] })
        #expect(store.customers.rows.allSatisfy { Int($0.id.high) == $0.createdAt.seconds })
        #expect(store.customers.rows.allSatisfy { PhoneNumber.normalized($0.phoneNumber) == $0.phoneNumber })
        #expect(Set(store.customers.rows.map(\.phoneNumber)).count == store.customers.rows.count)
        let emails = store.customers.rows.compactMap(\.email)
        #expect(Set(emails).count == emails.count)
        #expect(emails.allSatisfy { EmailAddress.isValid($0) })
        #expect(store.products.rows.allSatisfy { Int($0.id.high) == $0.createdAt.seconds && $0.updatedAt <= now })
        #expect(Set(store.products.rows.map(\.productName)).count == store.products.rows.count)
        #expect(store.sellers.rows.allSatisfy { Int($0.id.high) == $0.createdAt.seconds })
        for drop in store.drops.rows {
            check("drop quantities", drop.originalQuantity - drop.quantityDropped == drop.remainingQuantity)
            check("drop rest", drop.remainingQuantity >= 0)
            check("undo window", drop.undoExpiresAt.milliseconds - drop.droppedAt.milliseconds == 8 * 3_600_000)
            check("drop id", drop.droppedAt <= now && Int(drop.id.high) == drop.droppedAt.seconds)
            check("undo time", drop.undo.map { $0.at > drop.droppedAt && $0.at < drop.undoExpiresAt } ?? true)
        }
        #expect(broken.isEmpty)
        let ids =
            store.sales.rows.flatMap { [$0.id] + $0.lines.map(\.id) } + store.customers.rows.map(\.id)
            + store.products.rows.map(\.id) + store.drops.rows.map(\.id) + store.sellers.rows.map(\.id)
        #expect(Set(ids).count == ids.count)
    }

    @Test("customers are as varied as promised", arguments: [20_251_122, 5] as [UInt64], Self.moments)
    func customers(seed: UInt64, now: Timestamp) {
        let rows = Self.store(seed, now).customers.rows
        #expect(rows.count { $0.email == nil } == 21)
        #expect(rows.count { $0.phoneNumber.count == 7 } == 5)
        #expect(rows.count { $0.lastTransaction == nil } == 8)
        #expect(Dictionary(grouping: rows, by: \.name).values.count { $0.count == 2 } == 2)
        let dormant = rows.filter { customer in
            customer.lastTransaction.map { $0 < now.adding(days: -30) } ?? false
        }
        #expect(dormant.count == 12)
        #expect(dormant.allSatisfy { $0.lastTransaction.map { $0 > now.adding(days: -120) } ?? false })
    }

    @Test("sales hold what demonstrations need", arguments: [20_251_122, 9] as [UInt64], Self.moments)
    func sales(seed: UInt64, now: Timestamp) {
        let store = Self.store(seed, now)
        let rows = store.sales.rows
        let today = rows.filter { $0.createdAt >= now.startOfDay }
        #expect(today.count >= 6)
        #expect(today.count { $0.amountPaid == 0 } >= 3)
        let openByCustomer = Dictionary(grouping: rows.filter { !$0.settled }, by: \.customerID)
        #expect(openByCustomer.values.contains { $0.count >= 7 })
        let hazards = rows.filter { sale in
            !sale.settled && (sale.totalAmount * 100).rounded() / 100 != sale.totalAmount
        }
        #expect(hazards.count >= 5)
        #expect(rows.count { store.customers[$0.customerID] == nil } == 3)
        #expect(rows.count { $0.lines.contains { store.products[$0.productID] == nil } } == 3)
        let drifted = Set(
            rows.flatMap(\.lines).filter { line in
                store.products[line.productID].map { $0.price != line.priceAtSale } ?? false
            }.map(\.productID))
        #expect(drifted.count == 4)
        let settledAtOnce = Double(rows.count { $0.settled && $0.settledAt == nil }) / Double(rows.count)
        #expect((0.7...0.88).contains(settledAtOnce))
        #expect(rows.contains { $0.amountPaid > $0.totalAmount })
        #expect(rows.contains { $0.amountPaid > 0 && !$0.settled })
        #expect(rows.contains { $0.settledAt != nil })
        var units: [ObjectID: Int] = [:]
        for line in rows.flatMap(\.lines) { units[line.productID, default: 0] += line.quantity }
        let top = units.values.sorted(by: >).prefix(5).reduce(0, +)
        #expect((0.4...0.62).contains(Double(top) / Double(units.values.reduce(0, +))))
        let past = rows.filter { $0.imported == nil && $0.createdAt < now.startOfDay.adding(days: -1) }
        #expect(past.allSatisfy { $0.createdAt.civil.hour >= 12 || $0.createdAt.civil.hour < 1 })
        #expect(past.contains { $0.createdAt.civil.hour == 0 })
    }

    @Test("products and drops hold what demonstrations need", arguments: [20_251_122, 9] as [UInt64], Self.moments)
    func stock(seed: UInt64, now: Timestamp) {
        let store = Self.store(seed, now)
        let products = store.products.rows
        #expect(products.contains { $0.count == 0 })
        #expect(products.count { (1...3).contains($0.count) } == 3)
        #expect(products.contains { $0.price == 99.99 })
        for mark in [",", "\"", "é"] { #expect(products.contains { $0.productName.contains(mark) }) }
        let open = store.drops.rows.filter { $0.canUndo(at: now) }
        #expect(open.count == 3)
        #expect(open.contains { $0.undoMinutesLeft(at: now) < 15 })
        #expect(open.allSatisfy { store.products[$0.productID]?.count == $0.remainingQuantity })
        #expect(store.drops.rows.count(where: \.isUndone) == 4)
        #expect(store.drops.rows.contains { $0.remainingQuantity == 0 })
        #expect(store.drops.rows.contains { $0.batchID != nil && $0.productionDate != nil && $0.expirationDate != nil })
    }

    @Test("the same seed and time give the same data, another seed other data")
    func isReproducible() {
        let now = TestClock.start
        let ids = Self.store(3, now).sales.rows.map(\.id)
        #expect(ids == Self.store(3, now).sales.rows.map(\.id))
        #expect(ids != Self.store(4, now).sales.rows.map(\.id))
    }

    @Test("the large variant has exactly what it promises and holds the same invariants")
    func large() {
        let store = Self.store(1, TestClock.start, .large)
        #expect(store.sales.rows.count == 20_000)
        #expect(store.customers.rows.count == 2000)
        #expect(store.products.rows.count == 300)
        #expect(store.customers.rows.count { $0.lastTransaction == nil } == 200)
        Self.checkInvariants(store, TestClock.start)
    }
}

struct SplitMix64Tests {
    @Test("gives the published sequence")
    func sequence() {
        var random = SplitMix64(seed: 1_234_567)
        #expect(random.next() == 6_457_827_717_110_365_317)
        #expect(random.next() == 3_203_168_211_198_807_973)
    }

    @Test("stays in range")
    func ranges() {
        var random = SplitMix64(seed: 1)
        for _ in 0..<1000 {
            #expect((3...9).contains(random.integer(3...9)))
            #expect((0..<1).contains(random.fraction()))
        }
    }
}
