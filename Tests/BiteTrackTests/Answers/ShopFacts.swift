import JSON

@testable import DemoAPI

/// The sample data itself, and plain reckoning over it: nothing here knows the modules.
struct ShopFacts: Sendable {
    let store: Store
    let now: Timestamp

    init(now: Timestamp) {
        let configuration = DemoConfiguration()
        var generator = SampleDataGenerator(seed: configuration.seed, variant: configuration.variant, now: now)
        self.store = generator.makeStore()
        self.now = now
    }

    var sales: [Sale] { self.store.sales.rows }
    var products: [Product] { self.store.products.rows }
    var customers: [Customer] { self.store.customers.rows }
    var drops: [InventoryDrop] { self.store.drops.rows }

    // MARK: Days of the shop, whose clocks are five hours behind UTC

    private static let shift = 5 * Timestamp.millisecondsPerHour

    func local(_ time: Timestamp) -> CivilDate { Timestamp(milliseconds: time.milliseconds - Self.shift).civil }

    func localDay(_ time: Timestamp) -> Int { Timestamp(milliseconds: time.milliseconds - Self.shift).dayNumber }

    var today: Int { self.localDay(self.now) }

    /// The shop's day that many days ago, as text.
    func dayText(ago days: Int) -> String {
        Timestamp(milliseconds: (self.today - days) * Timestamp.millisecondsPerDay).dayText
    }

    /// Sales of the last days, today included.
    func recent(_ days: Int) -> [Sale] { self.sales.filter { self.localDay($0.createdAt) > self.today - days } }

    func recentDrops(_ days: Int) -> [InventoryDrop] {
        self.drops.filter { !$0.isUndone && self.localDay($0.droppedAt) > self.today - days }
    }

    /// The month that many months before the shop's current one: year and month.
    func month(ago months: Int) -> (year: Int, month: Int) {
        let civil = self.local(self.now)
        let count = civil.year * 12 + civil.month - 1 - months
        return (count / 12, count % 12 + 1)
    }

    /// Sales that took place in a month of UTC days, imports on their own day.
    func ofMonth(ago months: Int) -> [Sale] {
        let (year, month) = self.month(ago: months)
        return self.sales.filter { $0.effectiveDate.civil.year == year && $0.effectiveDate.civil.month == month }
    }

    // MARK: Money in cents

    static func cents(_ amount: Double) -> Int { Int((amount * 100).rounded()) }

    static func money(_ cents: Int) -> JSONValue { JSONValue(Double(cents) / 100) }

    static func revenue(_ sales: [Sale]) -> Int { sales.reduce(0) { $0 + Self.cents($1.totalAmount) } }

    static func due(_ sales: [Sale]) -> Int {
        sales.reduce(0) { $0 + Self.cents($1.totalAmount) - Self.cents($1.amountPaid) }
    }

    static func lost(_ drops: [InventoryDrop]) -> Int { drops.reduce(0) { $0 + Self.cents($1.totalValueLost) } }

    // MARK: Groups

    /// Sums by key, largest first.
    static func sums<Row, Key: Hashable>(
        _ rows: [Row], by key: (Row) -> Key, _ value: (Row) -> Int
    ) -> [(key: Key, sum: Int)] {
        var sums: [Key: Int] = [:]
        for row in rows { sums[key(row), default: 0] += value(row) }
        return sums.map { ($0.key, $0.value) }.sorted { $0.1 > $1.1 }
    }

    var unsettled: [Sale] { self.sales.filter { !$0.settled } }

    /// What each customer owes, largest first.
    var debts: [(customer: Customer, cents: Int)] {
        Self.sums(self.unsettled, by: \.customerID) { Self.due([$0]) }.compactMap { id, sum in
            self.store.customers[id].map { ($0, sum) }
        }
    }

    func units(_ sales: [Sale]) -> Int { sales.reduce(0) { $0 + $1.lines.reduce(0) { $0 + $1.quantity } } }

    func name(_ product: ObjectID) -> String { self.store.products[product]?.productName ?? "(deleted)" }

    /// A customer whose name nobody else has, with an accent in it.
    var accented: Customer? {
        self.customers.first { customer in
            let isPlain = customer.name.utf8.count == customer.name.count
            return !isPlain && self.customers.count { $0.name == customer.name } == 1
        }
    }

    static func sorted(_ names: some Sequence<String>) -> JSONValue { .array(names.sorted().map { .string($0) }) }
}
