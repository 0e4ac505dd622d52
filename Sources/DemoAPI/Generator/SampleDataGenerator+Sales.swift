extension SampleDataGenerator {
    /// A sale that must be on a certain day, whatever chance says.
    private enum Special {
        case regular(SaleDraft.Payment)
        /// An unpaid total that is not the two-decimal number it looks like.
        case hazard(name: String, quantity: Int)
        case deletedCustomer
        case deletedProduct
    }

    /// Specials by how many days ago they happen.
    private static let specials: [Int: Special] = [
        2: .regular(.none), 5: .regular(.part), 9: .regular(.none), 13: .regular(.none), 17: .regular(.part),
        21: .regular(.none), 25: .regular(.part),
        3: .hazard(name: "Iced Tea", quantity: 3), 4: .hazard(name: "Lemonade", quantity: 5),
        6: .hazard(name: "Iced Tea", quantity: 3), 7: .hazard(name: "Lemonade", quantity: 5),
        8: .hazard(name: "Iced Tea", quantity: 3), 10: .hazard(name: "Lemonade", quantity: 5),
        60: .deletedCustomer, 75: .deletedCustomer, 90: .deletedCustomer,
        65: .deletedProduct, 80: .deletedProduct, 95: .deletedProduct,
    ]

    mutating func makeSales() {
        let deletedCustomer = self.store.ids.next(at: self.now.adding(days: -480))
        let deletedProduct = self.store.ids.next(at: self.now.adding(days: -480))
        // Everyone active bought something within four weeks, everyone dormant something before that.
        var waitingActive = self.random.shuffled(self.activeCustomers)
        var waitingDormant = self.random.shuffled(self.dormantCustomers)
        var drafts: [SaleDraft] = []
        for (index, count) in self.salesByDay().enumerated() {
            let daysAgo = SamplePlan.days - index
            for number in 0..<count {
                let time = self.openingTime(daysAgo: daysAgo)
                if number == 0, let special = Self.specials[daysAgo] {
                    drafts.append(self.draft(special, at: time, deletedCustomer, deletedProduct))
                    continue
                }
                let customer: ObjectID
                if daysAgo <= 28, let next = waitingActive.popLast() {
                    customer = next
                } else if (31...100).contains(daysAgo), let next = waitingDormant.popLast() {
                    customer = next
                } else if daysAgo >= 31, self.random.chance(0.15) {
                    customer = self.random.element(of: self.dormantCustomers)
                } else {
                    customer = self.random.element(of: self.activeCustomers)
                }
                drafts.append(self.draft(at: time, for: customer, self.payment()))
            }
        }
        drafts += self.importedDrafts() + self.todaysDrafts()
        for draft in drafts.sorted(by: { $0.createdAt < $1.createdAt }) { self.enter(draft) }
        self.noteLastTransactions()
    }

    /// Sales of each past day, the oldest first.
    private mutating func salesByDay() -> [Int] {
        var counts = (0..<SamplePlan.days).map { index in
            let day = Timestamp(milliseconds: (self.localDay - SamplePlan.days + index) * Timestamp.millisecondsPerDay)
            let isBusy = [5, 6].contains(day.civil.weekday)
            return self.random.integer(isBusy ? self.plan.salesPerBusyDay : self.plan.salesPerDay)
        }
        guard let total = self.plan.totalSales else { return counts }
        let wanted = total - self.plan.importedSales - SamplePlan.salesToday
        var index = 0
        while counts.reduce(0, +) != wanted {
            counts[index % counts.count] += counts.reduce(0, +) < wanted ? 1 : -1
            index += 1
        }
        return counts
    }

    // MARK: Drafts

    private mutating func draft(
        at time: Timestamp, for customer: ObjectID, _ payment: SaleDraft.Payment, items: [SaleDraft.Item]? = nil
    ) -> SaleDraft {
        // The regular's debts are the specials and nothing else.
        let mayOwe = customer != self.regularCustomer
        let payment = !mayOwe && items == nil ? .atOnce : payment
        return SaleDraft(
            createdAt: time, customerID: customer, sellerID: self.seller(), items: items ?? self.items(at: time),
            payment: payment)
    }

    private mutating func draft(
        _ special: Special, at time: Timestamp, _ deletedCustomer: ObjectID, _ deletedProduct: ObjectID
    ) -> SaleDraft {
        switch special {
        case .regular(let payment):
            let customer = self.regularCustomer ?? deletedCustomer
            return self.draft(at: time, for: customer, payment, items: self.items(at: time))
        case .hazard(let name, let quantity):
            let product = self.product(named: name) ?? deletedProduct
            let item = SaleDraft.Item(
                productID: product, quantity: quantity, price: self.price(of: product, at: time))
            let customer = self.random.element(of: Array(self.activeCustomers.dropLast()))
            return self.draft(at: time, for: customer, .none, items: [item])
        case .deletedCustomer:
            return self.draft(at: time, for: deletedCustomer, .atOnce)
        case .deletedProduct:
            let gone = SaleDraft.Item(productID: deletedProduct, quantity: 2, price: 6.49)
            let customer = self.random.element(of: self.activeCustomers)
            return self.draft(at: time, for: customer, .atOnce, items: [gone] + self.items(at: time).prefix(1))
        }
    }

    /// Sales brought over from another system in one go, with dates of their own.
    private mutating func importedDrafts() -> [SaleDraft] {
        let importDay = Timestamp(milliseconds: (self.localDay - 20) * Timestamp.millisecondsPerDay)
        let start = importDay.adding(milliseconds: 18 * Timestamp.millisecondsPerHour)
        let admin = self.store.sellers.rows.first { $0.role == .admin }
        return (0..<self.plan.importedSales).map { index in
            let time = start.adding(milliseconds: index * 40)
            let details = Sale.ImportedDetails(
                originalCreatedAt: self.openingTime(daysAgo: self.random.integer(32...398)), importedAt: time,
                importBatch: "import_\(start.milliseconds)", receiptURL: nil,
                paymentMethod: self.random.element(of: ["cash", "card", "transfer"]))
            let customer = self.random.element(of: Array(self.activeCustomers.dropLast()))
            return SaleDraft(
                createdAt: time, customerID: customer, sellerID: admin?.id ?? customer,
                items: Array(self.items(at: time).prefix(1)), payment: index % 10 == 9 ? .none : .atOnce,
                imported: details)
        }
    }

    /// Today's sales, whatever time it is: between the later midnight of UTC and the shop, and now.
    private mutating func todaysDrafts() -> [SaleDraft] {
        let localMidnight = self.localDay * Timestamp.millisecondsPerDay + 5 * Timestamp.millisecondsPerHour
        let start = max(self.now.startOfDay.milliseconds, localMidnight)
        let payments: [SaleDraft.Payment] = [.none, .atOnce, .none, .atOnce, .atOnce, .none, .atOnce, .atOnce]
        return payments.enumerated().map { index, payment in
            let time = start + (self.now.milliseconds - start) * (index + 1) / (SamplePlan.salesToday + 1)
            let customer = self.random.element(of: Array(self.activeCustomers.dropLast()))
            return self.draft(at: Timestamp(milliseconds: time), for: customer, payment)
        }
    }

    private mutating func items(at time: Timestamp) -> [SaleDraft.Item] {
        let count = self.weighted([30, 30, 20, 10, 6, 4]) + 1
        var chosen: [ObjectID] = []
        while chosen.count < count {
            let isPopular = self.random.chance(0.58)
            let product = self.random.element(of: isPopular ? self.popularProducts : self.otherProducts)
            if !chosen.contains(product) { chosen.append(product) }
        }
        return chosen.map { product in
            let quantity =
                switch self.weighted([55, 25, 10, 8, 2]) {
                case 3: self.random.integer(4...6)
                case 4: self.random.integer(7...12)
                case let few: few + 1
                }
            return SaleDraft.Item(
                productID: product, quantity: quantity, price: self.price(of: product, at: time))
        }
    }

    private mutating func payment() -> SaleDraft.Payment {
        [.atOnce, .later, .none, .part, .tooMuch][self.weighted([78, 8, 8, 5, 1])]
    }

    private mutating func seller() -> ObjectID {
        let rows = self.store.sellers.rows
        return rows[[0, 1, 2, 3][self.weighted([3, 12, 45, 40])]].id
    }

    /// An index, as likely as its share of `weights`.
    private mutating func weighted(_ weights: [Int]) -> Int {
        var rest = self.random.integer(0...weights.reduce(0, +) - 1)
        for (index, weight) in weights.enumerated() {
            if rest < weight { return index }
            rest -= weight
        }
        return 0
    }

    // MARK: Entering

    private mutating func enter(_ draft: SaleDraft) {
        let total = draft.total
        let paid: Double
        switch draft.payment {
        case .atOnce, .later: paid = total
        case .none: paid = 0
        case .part: paid = (total * Double(self.random.integer(20...80))).rounded(.down) / 100
        case .tooMuch: paid = (total / 10).rounded(.down) * 10 + 10
        }
        let lines = draft.items.map {
            SaleLine(
                id: self.store.ids.next(at: draft.createdAt), productID: $0.productID, quantity: $0.quantity,
                priceAtSale: $0.price)
        }
        var sale = Sale(
            id: self.store.ids.next(at: draft.createdAt), customerID: draft.customerID, sellerID: draft.sellerID,
            lines: lines, amountPaid: paid, imported: draft.imported, createdAt: draft.createdAt)
        if draft.payment == .later {
            let delay = self.random.integer(2 * Timestamp.millisecondsPerHour...10 * Timestamp.millisecondsPerDay)
            sale.settledAt = min(self.now, draft.createdAt.adding(milliseconds: delay))
            sale.updatedAt = sale.settledAt ?? sale.updatedAt
        }
        self.store.sales.append(sale)
        for line in lines {
            self.store.products.update(line.productID) { $0.updatedAt = max($0.updatedAt, sale.createdAt) }
        }
    }

    private mutating func noteLastTransactions() {
        for sale in self.store.sales.rows {
            self.store.customers.update(sale.customerID) {
                $0.lastTransaction = max($0.lastTransaction ?? sale.effectiveDate, sale.effectiveDate)
                $0.updatedAt = max($0.updatedAt, sale.createdAt)
            }
        }
    }
}
