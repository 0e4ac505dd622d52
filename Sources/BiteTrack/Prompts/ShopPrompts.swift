import UpstreamPipeline

/// The tasks of a shop that come again and again.
///
/// Each text names its modules by path, so that a model reads what it needs and searches nothing.
enum ShopPrompts {
    static let all = [dailyClose, monthlyReport, customerFollowUp, lowStockOrder, wasteReview, settleCustomer]

    private static let month = PromptInput(name: "month", title: "Month", kind: .month)

    static let dailyClose = ShopPrompt(
        name: "daily_close", title: "Daily close",
        description: "Closes one day: sales, money received and owed, best sellers, waste.",
        inputs: [PromptInput(name: "date", title: "Day", kind: .day)]
    ) { facts in
        """
        Close the shop's day \(facts["date"]) (a UTC day) in one run_code:
        - getSales from tools/sales/getSales.js with startDate and endDate \(facts["date"]) and allPages: true
        - getInventoryDrops from tools/inventory-drops/getInventoryDrops.js with the same dates and limit: 1000; it needs \
        an administrator: leave waste out, and say so, when it is refused

        Answer in short: number of sales, revenue, money received, still unpaid by customer, five best products by units, \
        waste in units and value, and anything that looks wrong. Round money to two decimals.
        """
    }

    static let monthlyReport = ShopPrompt(
        name: "monthly_report", title: "Monthly report",
        description: "Reports on one month and compares it with the one before.", inputs: [month]
    ) { facts in
        let month = facts["month"]
        let previous = ShopDate.month(before: month) ?? "<the month before>"
        return """
            Report on \(month) in one run_code:
            - getSalesAnalytics from tools/reporting/getSalesAnalytics.js for \(Self.days(of: month)) with \
            groupBy: "day", and for \(Self.days(of: previous))

            Answer: revenue, number of sales, average order and customers, each with the change against \(previous) in \
            percent; best and weakest day; five best products with their share of the revenue; unpaid amount; two or \
            three sentences on what stands out. Round money to two decimals.
            """
    }

    static let customerFollowUp = ShopPrompt(
        name: "customer_follow_up", title: "Customer follow-up",
        description: "Finds customers to contact: those who owe money and those who stayed away.",
        inputs: [
            PromptInput(
                name: "days", title: "Days without a purchase", kind: .number(1...3650, proposals: [30, 14, 60, 90]),
                isNeeded: false)
        ]
    ) { facts in
        let days = facts.values["days"].flatMap { Int($0) } ?? 30
        return """
            Find the customers to contact, in one run_code:
            - getSales from tools/sales/getSales.js with settled: false and allPages: true; a sale's balance is \
            totalAmount - amountPaid
            - getCustomers from tools/customers/getCustomers.js; stayed away means lastTransaction before \
            \(ShopDate.day(before: days, now: facts.now)) (\(days) days)

            Answer two tables of at most 20 rows. Who owes: name, phone, email, number of open sales, balance, oldest open \
            sale, largest balance first. Who stayed away: name, phone, email, last purchase, latest first; leave out those \
            who never bought. Then draft one friendly message for each table. Send nothing.
            """
    }

    static let lowStockOrder = ShopPrompt(
        name: "low_stock_order", title: "Low-stock order list",
        description: "Lists what to order: products low in stock, with quantities from recent sales.",
        inputs: [
            PromptInput(
                name: "threshold", title: "Units in stock that count as low",
                kind: .number(0...100_000, proposals: [5, 3, 10, 20]))
        ]
    ) { facts in
        """
        Make the order list, in one run_code:
        - getProducts from tools/products/getProducts.js; low means count <= \(facts["threshold"])
        - getSales from tools/sales/getSales.js with startDate \(ShopDate.day(before: 30, now: facts.now)) and \
        allPages: true, to add up the units sold of each product in 30 days

        Answer a table, most urgent first: product, units in stock, units sold in 30 days, days until it runs out, \
        suggested order (what 30 days sell, less the stock, at least 1). List low products that did not sell apart, \
        without an order. Order nothing.
        """
    }

    static let wasteReview = ShopPrompt(
        name: "waste_review", title: "Waste review",
        description: "Reviews what was thrown away in a month: reasons, products, cost, and what to change.",
        inputs: [
            month, PromptInput(name: "reason", title: "Reason", kind: .choice(Parameter.dropReasons), isNeeded: false),
        ]
    ) { facts in
        let days = Self.days(of: facts["month"])
        let reason = facts.values["reason"].map { " and reason: \"\($0)\"" } ?? ""
        return """
            Review the waste of \(facts["month"]) in one run_code (needs an administrator):
            - getInventoryDrops from tools/inventory-drops/getInventoryDrops.js for \(days), with limit: 1000\(reason); read \
            further pages if there are any
            - getSalesAnalytics from tools/reporting/getSalesAnalytics.js for \(days), for the revenue

            Answer: units and value lost and their share of the revenue; the same by reason and by product (ten largest); \
            the worst days; three changes that would save most, with numbers. Round money to two decimals.
            """
    }

    static let settleCustomer = ShopPrompt(
        name: "settle_customer", title: "Settle a customer (dry run)",
        description: "Works out what a customer owes and how to settle it; changes nothing.",
        inputs: [PromptInput(name: "customer", title: "Customer: name, phone number or id", kind: .words)]
    ) { facts in
        """
        Work out what the customer "\(facts["customer"])" owes:
        - find them with getCustomers from tools/customers/getCustomers.js by name, phone number or id, letter case aside; \
        if none or several fit, show the nearest and ask which one is meant
        - getCustomerTransactions from tools/customers/getCustomerTransactions.js with settled: false and limit: 100, all \
        pages; a balance is totalAmount - amountPaid

        Answer a table of open sales, oldest first: date, products, total, paid, balance; then the sum. This is a dry run: \
        nothing can be written from here. Say that payments are recorded in BiteTrack itself, sale by sale, and that \
        settling a sale in full cannot be undone.
        """
    }

    /// The arguments that stand for a month.
    private static func days(of month: String) -> String {
        guard let last = ShopDate.lastDay(of: month) else { return "startDate and endDate of \(month)" }
        return "startDate \(month)-01 and endDate \(last)"
    }
}
