import JSON
import UpstreamPipeline

/// The tasks of a shop that come again and again.
///
/// Each is a module of ./workflows that a model calls in one run, without searching or reading anything first.
enum ShopPrompts {
    static let all = [dailyClose, monthlyReport, customerFollowUp, lowStockOrder, wasteReview, settleCustomer]

    private static let month = PromptInput(name: "month", title: "Month", kind: .month)

    static let dailyClose = ShopPrompt(
        name: "daily_close", title: "Daily close",
        description: "Closes one day: sales, money received and owed, best sellers, waste.",
        inputs: [PromptInput(name: "date", title: "Day", kind: .day)]
    ) { facts in
        """
        Close the shop's day \(facts["date"]) with one run_code:
        \(Self.run("dailyClose", #"date: "\#(facts["date"])""#))

        Tell in short: number of sales, revenue, money received, still unpaid by customer, best sellers by units, waste in \
        units and value, and what `notes` or the figures show to be wrong.
        """
    }

    static let monthlyReport = ShopPrompt(
        name: "monthly_report", title: "Monthly report",
        description: "Reports on one month and compares it with the one before.", inputs: [month]
    ) { facts in
        """
        Report on \(facts["month"]) with one run_code:
        \(Self.run("monthlyReport", #"month: "\#(facts["month"])""#))

        Tell: revenue, number of sales, average order and customers, each with the change against the month before in \
        percent; best and weakest day; best products with their share of the revenue; unpaid amount; two or three \
        sentences on what stands out.
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
        let days = facts.values["days"] ?? "30"
        return """
            Find the customers to contact with one run_code:
            \(Self.run("customerFollowUp", #"days: \#(days), include: ["phoneNumber", "email"]"#))

            Show two tables. Who owes: name, phone, email, open sales, balance, oldest open sale. Who stayed away: name, \
            phone, email, last purchase. Then draft one friendly message for each table. Send nothing.
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
        Make the order list with one run_code:
        \(Self.run("lowStockOrder", "threshold: \(facts["threshold"])"))

        Show a table, most urgent first: product, units in stock, units sold in 30 days, days until it runs out, \
        suggested order. List low products that did not sell apart, without an order. Order nothing.
        """
    }

    static let wasteReview = ShopPrompt(
        name: "waste_review", title: "Waste review",
        description: "Reviews what was thrown away in a month: reasons, products, cost, and what to change.",
        inputs: [
            month, PromptInput(name: "reason", title: "Reason", kind: .choice(Parameter.dropReasons), isNeeded: false),
        ]
    ) { facts in
        let reason = facts.values["reason"].map { #", reason: "\#($0)""# } ?? ""
        return """
            Review the waste of \(facts["month"]) with one run_code (needs an administrator):
            \(Self.run("wasteReview", #"month: "\#(facts["month"])"\#(reason)"#))

            Tell: units and value lost and their share of the revenue; the same by reason and by product; the worst days; \
            three changes that would save most, with numbers.
            """
    }

    static let settleCustomer = ShopPrompt(
        name: "settle_customer", title: "Settle a customer (dry run)",
        description: "Works out what a customer owes and how to settle it; changes nothing.",
        inputs: [PromptInput(name: "customer", title: "Customer: name, phone number or id", kind: .words)]
    ) { facts in
        """
        Work out what a customer owes with one run_code:
        \(Self.run("settleCustomer", "customer: \(JSONValue.string(facts["customer"]).text)"))

        When `candidates` has several, show them and ask which one is meant, then run it with the id. Show a table of open \
        sales, oldest first: date, products, total, paid, balance; then the sum. This is a dry run: nothing can be written \
        from here. Say that payments are recorded in BiteTrack itself, sale by sale, and that settling a sale in full \
        cannot be undone.
        """
    }

    /// The script that runs a workflow.
    private static func run(_ workflow: String, _ arguments: String) -> String {
        """
        import { \(workflow) } from "./workflows/\(workflow).js";
        await \(workflow)({ \(arguments) });
        If it is refused for want of a login, ask the user for their credentials, log in, and run it again.
        """
    }
}
