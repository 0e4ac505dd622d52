/// The sums of `GET /reporting/sales/analytics`, gathered sale by sale.
struct SalesAnalytics {
    /// The length of one bucket of the time series.
    enum Period: String {
        case hour, day, week, month, year

        /// Names and values of a bucket; all UTC.
        func parts(of date: Timestamp?) -> [(name: String, value: Int?)] {
            let civil = date?.civil
            let year = ("year", civil?.year)
            let month = ("month", civil?.month)
            let day = ("day", civil?.day)
            return switch self {
            case .hour: [year, month, day, ("hour", civil?.hour)]
            case .day: [year, month, day]
            case .week: [year, ("week", civil?.week)]
            case .month: [year, month]
            case .year: [year]
            }
        }
    }

    private struct Totals {
        var count = 0
        var amount = CompensatedSum()
        var paid = CompensatedSum()
        var lines = 0

        var average: Double { self.count == 0 ? 0 : self.amount.value / Double(self.count) }

        mutating func add(_ sale: Sale) {
            self.count += 1
            self.amount.add(sale.totalAmount)
            self.paid.add(sale.amountPaid)
            self.lines += sale.lines.count
        }
    }

    private struct ProductTotals {
        var quantity = 0
        var revenue = CompensatedSum()
        var prices = CompensatedSum()
        var lines = 0
    }

    private let period: Period
    private var all = Totals()
    private var settled = Totals()
    private var unsettled = Totals()
    private var buckets: [[Int]: (date: Timestamp?, totals: Totals)] = [:]
    private var products = OrderedGroups<ObjectID, ProductTotals>()
    private var customers = OrderedGroups<ObjectID, Totals>()

    init(period: Period) { self.period = period }

    mutating func add(_ sale: Sale, at date: Timestamp?) {
        self.all.add(sale)
        if sale.settled { self.settled.add(sale) } else { self.unsettled.add(sale) }
        let key = self.period.parts(of: date).map { $0.value ?? .min }
        self.buckets[key, default: (date, Totals())].totals.add(sale)
        self.customers.update(sale.customerID, initial: Totals()) { $0.add(sale) }
        for line in sale.lines {
            self.products.update(line.productID, initial: ProductTotals()) {
                $0.quantity += line.quantity
                $0.revenue.add(line.amount)
                $0.prices.add(line.priceAtSale)
                $0.lines += 1
            }
        }
    }

    /// Writes the members after `period`; names and current prices come from `products`.
    func render(products: Table<Product>, into text: inout JSONText) {
        text.member("summary") {
            if self.all.count > 0 { $0.member("_id", String?.none) }
            $0.member("totalSales", self.all.count)
            $0.member("totalRevenue", self.all.amount.value)
            $0.member("totalAmountPaid", self.all.paid.value)
            $0.member("averageOrderValue", self.all.average)
            let lines = self.all.count == 0 ? 0 : Double(self.all.lines) / Double(self.all.count)
            $0.member("averageItemsPerOrder", lines)
        }
        let series = self.buckets.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        text.member("timeSeries", array: series) { bucket, text in
            text.object {
                $0.member("_id") {
                    for part in self.period.parts(of: bucket.value.date) { $0.member(part.name, part.value) }
                }
                $0.member("salesCount", bucket.value.totals.count)
                $0.member("revenue", bucket.value.totals.amount.value)
                $0.member("averageOrderValue", bucket.value.totals.average)
            }
        }
        self.renderTopProducts(products, into: &text)
        text.member("customerAnalytics") {
            let count = self.customers.groups.count
            if count > 0 { $0.member("_id", String?.none) }
            let spent = self.customers.groups.map { $0.value.amount.value }.compensatedSum
            $0.member("uniqueCustomers", count)
            $0.member("averageCustomerSpent", count == 0 ? 0 : spent / Double(count))
            $0.member("averageOrdersPerCustomer", count == 0 ? 0 : Double(self.all.count) / Double(count))
        }
        text.member("paymentAnalytics") {
            Self.render(payments: self.settled, "settled", true, into: &$0)
            Self.render(payments: self.unsettled, "unsettled", false, into: &$0)
        }
    }

    private func renderTopProducts(_ products: Table<Product>, into text: inout JSONText) {
        // Deleted products leave after the cut, so fewer than ten may remain.
        let top = self.products.groups.sortedDescending { $0.value.revenue.value }.prefix(10)
        text.member("topProducts", array: top) { entry, text in
            guard let product = products[entry.key] else { return }
            text.object {
                $0.member("_id", entry.key)
                $0.member("totalQuantitySold", entry.value.quantity)
                $0.member("totalRevenue", entry.value.revenue.value)
                $0.member("salesCount", entry.value.lines)
                $0.member("productName", product.productName)
                $0.member("currentPrice", product.price)
                $0.member("averagePrice", entry.value.prices.value / Double(entry.value.lines))
            }
        }
    }

    private static func render(payments: Totals, _ key: String, _ id: Bool, into text: inout JSONText) {
        text.member(key) {
            if payments.count > 0 { $0.member("_id", id) }
            $0.member("count", payments.count)
            $0.member("totalAmount", payments.amount.value)
            $0.member("totalPaid", payments.paid.value)
        }
    }
}

/// Groups by key in the order the keys were first seen.
struct OrderedGroups<Key: Hashable, Value> {
    private(set) var groups: [(key: Key, value: Value)] = []
    private var positions: [Key: Int] = [:]

    mutating func update(_ key: Key, initial: @autoclosure () -> Value, _ change: (inout Value) -> Void) {
        if let position = self.positions[key] {
            change(&self.groups[position].value)
        } else {
            var value = initial()
            change(&value)
            self.positions[key] = self.groups.count
            self.groups.append((key, value))
        }
    }
}
