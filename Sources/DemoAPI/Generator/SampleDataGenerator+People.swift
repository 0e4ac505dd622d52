extension SampleDataGenerator {
    // MARK: Sellers

    mutating func makeSellers() {
        let opened = self.now.adding(days: -520).startOfDay.adding(milliseconds: 14 * Timestamp.millisecondsPerHour)
        var creator = Seller.Creator.itself
        for (index, account) in DemoAPI.accounts.enumerated() {
            let created = opened.adding(days: index)
            let seller = Seller(
                id: self.store.ids.next(at: created), firstName: account.firstName, lastName: account.lastName,
                email: account.email, dateOfBirth: Timestamp(year: 1985 + 3 * index, month: 1 + index, day: 1),
                role: account.role, createdBy: creator, activatedAt: created,
                password: PasswordDigest(account.password), createdAt: created, updatedAt: created)
            self.store.sellers.append(seller)
            if case .itself = creator { creator = .seller(seller.id) }
        }
        let admin = self.store.sellers.rows.first { $0.role == .admin }
        for (index, firstName) in ["Pedro", "Lina"].enumerated() {
            let created = self.now.adding(days: -3 + index).adding(milliseconds: -Timestamp.millisecondsPerHour)
            let pending = PendingSeller(
                id: self.store.ids.next(at: created), firstName: firstName, lastName: "Trainee",
                email: "\(firstName.lowercased())@demo.test",
                dateOfBirth: Timestamp(year: 2000 + index, month: 6, day: 15),
                createdBy: admin?.id ?? self.store.ids.next(at: created), createdAt: created, updatedAt: created)
            self.store.pendingSellers.append(pending)
        }
    }

    // MARK: Customers

    mutating func makeCustomers() {
        let count = self.plan.customers
        let names = self.customerNames(count)
        let withoutEmail = Set(self.random.shuffled(Array(0..<count)).prefix(count * 35 / 100))
        let withLandline = Set(self.random.shuffled(Array(0..<count)).prefix(self.plan.landlines))
        var phones: Set<String> = []
        for index in 0..<count {
            // The oldest first, as they would have been entered.
            let created = self.now.adding(days: -500 + index * 90 / count)
                .adding(milliseconds: -self.random.integer(1...Timestamp.millisecondsPerHour))
            let (firstName, lastName) = names[index]
            let email =
                "\(Names.addressPart(firstName)).\(Names.addressPart(lastName))\(index + 1)@customers.test"
            let customer = Customer(
                id: self.store.ids.next(at: created), firstName: firstName, lastName: lastName,
                phoneNumber: self.newPhone(isLandline: withLandline.contains(index), &phones),
                email: withoutEmail.contains(index) ? nil : email, createdAt: created, updatedAt: created)
            self.store.customers.append(customer)
        }
        self.dealCustomerRoles(names)
    }

    /// Invented full names, all different but for two pairs.
    private mutating func customerNames(_ count: Int) -> [(first: String, last: String)] {
        var names: [(first: String, last: String)] = []
        var used: Set<String> = []
        while names.count < count {
            let first = self.random.element(of: Names.first)
            var last = self.random.element(of: Names.last)
            // Large data needs more names than there are pairs; second surnames are usual.
            if used.count > 1000 { last += " " + self.random.element(of: Names.last) }
            if used.insert("\(first) \(last)").inserted { names.append((first, last)) }
        }
        names[count - 1] = names[count / 4]
        names[count - 2] = names[count / 3]
        return names
    }

    private mutating func newPhone(isLandline: Bool, _ used: inout Set<String>) -> String {
        while true {
            let phone =
                isLandline
                ? String(self.random.integer(2_000_000...8_999_999))
                : String(self.random.integer(3_000_000_000...3_259_999_999))
            if used.insert(phone).inserted { return phone }
        }
    }

    /// Decides who buys often, who stopped, and who never did; namesakes buy.
    private mutating func dealCustomerRoles(_ names: [(first: String, last: String)]) {
        let rows = self.store.customers.rows
        let count = rows.count
        let namesakes = [count - 1, count / 4, count - 2, count / 3]
        let others = self.random.shuffled((0..<count).filter { !namesakes.contains($0) }.map { rows[$0].id })
        let idle = self.plan.idleCustomers
        let dormant = self.plan.dormantCustomers
        self.dormantCustomers = Array(others[idle..<idle + dormant])
        self.activeCustomers = namesakes.map { rows[$0].id } + others[(idle + dormant)...]
        self.regularCustomer = self.activeCustomers.last
    }
}
