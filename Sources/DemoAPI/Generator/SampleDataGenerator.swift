/// Makes the sample data: the same seed, variant and time always give the same.
///
/// The data looks like 120 days of a small shop five hours west of UTC, and holds on purpose what trips callers up:
/// totals that are not round, names that are not unique, references to what was deleted, imported history.
struct SampleDataGenerator {
    var random: SplitMix64
    let now: Timestamp
    let plan: SamplePlan
    var store: Store

    // What the steps hand on to each other.
    var regularCustomer: ObjectID?
    var activeCustomers: [ObjectID] = []
    var dormantCustomers: [ObjectID] = []
    var popularProducts: [ObjectID] = []
    var otherProducts: [ObjectID] = []
    /// Prices before they rose.
    var formerPrices: [ObjectID: Double] = [:]

    init(seed: UInt64, variant: DemoConfiguration.Variant, now: Timestamp) {
        self.random = SplitMix64(seed: seed)
        self.now = now
        self.plan = SamplePlan(variant)
        self.store = Store(ids: ObjectIDSource(random: &self.random))
    }

    mutating func makeStore() -> Store {
        self.makeSellers()
        self.makeProducts()
        self.makeCustomers()
        self.makeSales()
        self.makeDrops()
        return self.store
    }

    /// The shop's calendar day at `now`, as days since 1970; its clocks are at UTC-5.
    var localDay: Int { self.now.adding(milliseconds: -5 * Timestamp.millisecondsPerHour).dayNumber }

    /// A moment while the shop is open, 12:00 to 01:00 UTC, `days` days ago; always in the past for days from 1.
    mutating func openingTime(daysAgo days: Int) -> Timestamp {
        let start = Timestamp(milliseconds: (self.localDay - days) * Timestamp.millisecondsPerDay)
        let offset = self.random.integer(
            12 * Timestamp.millisecondsPerHour...25 * Timestamp.millisecondsPerHour - 1)
        return start.adding(milliseconds: offset)
    }

    /// Before this, risen prices were still lower.
    var priceRise: Timestamp { self.now.adding(days: -45).startOfDay }

    func price(of id: ObjectID, at date: Timestamp) -> Double {
        if date < self.priceRise, let former = self.formerPrices[id] { return former }
        return self.store.products[id]?.price ?? 0
    }
}
