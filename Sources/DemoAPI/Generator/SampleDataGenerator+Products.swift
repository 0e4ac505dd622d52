extension SampleDataGenerator {
    mutating func makeProducts() {
        var entries: [(name: String, group: Menu.Group)] = []
        for group in Menu.groups { entries += group.names.map { ($0, group) } }
        let base = entries.filter { $0.group.stock.upperBound >= 12 }
        for style in Menu.styles {
            entries += base.map { ("\(style) \($0.name)", $0.group) }
        }
        for (index, entry) in entries.prefix(self.plan.products).enumerated() {
            let created = self.now.adding(days: -510 + index % 90).startOfDay
            let prices = entry.group.cents.filter { $0 % 50 == 49 }
            let cents = Menu.fixedCents[entry.name] ?? self.random.element(of: prices)
            let product = Product(
                id: self.store.ids.next(at: created), productName: entry.name,
                description: self.random.chance(0.5) ? "\(entry.name), made to order" : "",
                count: self.random.integer(entry.group.stock), price: Double(cents) / 100, createdAt: created,
                updatedAt: created)
            self.store.products.append(product)
            if Menu.popular.contains(entry.name) {
                self.popularProducts.append(product.id)
            } else {
                self.otherProducts.append(product.id)
            }
            if let rise = Menu.risenCents[entry.name] {
                self.formerPrices[product.id] = Double(cents - rise) / 100
                self.store.products.update(product.id) { [priceRise] in $0.updatedAt = priceRise }
            }
        }
    }

    func product(named name: String) -> ObjectID? {
        self.store.products.rows.first { $0.productName == name }?.id
    }
}
