import JSON

@testable import DemoAPI

extension AnswerTask {
    private static let head = """
        import { getSales } from "./tools/sales/getSales.js";
        import * as dates from "./lib/dates.js";
        import * as group from "./lib/group.js";
        import * as money from "./lib/money.js";

        """

    static let money: [AnswerTask] = [
        AnswerTask(
            "What is today's revenue?", "¿Cuánto vendimos hoy?", calls: 1,
            head + "money.sumMoney((await getSales(dates.today())).sales, \"totalAmount\");"
        ) { ShopFacts.money(ShopFacts.revenue($0.recent(1))) },
        AnswerTask(
            "What was yesterday's revenue?", "¿Cuánto vendimos ayer?", calls: 1,
            head + "money.sumMoney((await getSales(dates.yesterday())).sales, \"totalAmount\");"
        ) { facts in
            ShopFacts.money(ShopFacts.revenue(facts.sales.filter { facts.localDay($0.createdAt) == facts.today - 1 }))
        },
        AnswerTask(
            "How much money did we receive for today's sales?", "¿Cuánto dinero recibimos por las ventas de hoy?",
            calls: 1, head + "money.sumMoney((await getSales(dates.today())).sales, \"amountPaid\");"
        ) { facts in
            ShopFacts.money(facts.recent(1).reduce(0) { $0 + ShopFacts.cents($1.amountPaid) })
        },
        AnswerTask(
            "How much do customers owe us in all?", "¿Cuánto nos deben los clientes en total?", calls: 3,
            """
            import { getUnsettledTotals } from "./tools/sales/getUnsettledTotals.js";
            (await getUnsettledTotals()).balance;
            """
        ) { ShopFacts.money(ShopFacts.due($0.unsettled)) },
        AnswerTask(
            "Who are the three largest debtors and what do they owe?", "¿Quiénes son los tres mayores deudores?",
            calls: 3,
            """
            import { getUnsettledTotals } from "./tools/sales/getUnsettledTotals.js";
            const { customers } = await getUnsettledTotals();
            customers.filter((c) => c.customerId).slice(0, 3).map(({ name, balance }) => [name, balance]);
            """
        ) { facts in
            .array(facts.debts.prefix(3).map { [.string($0.customer.name), ShopFacts.money($0.cents)] })
        },
        AnswerTask(
            "What did each seller sell in the last 30 days?", "¿Cuánto vendió cada vendedor en los últimos 30 días?",
            calls: 4,
            head + """
                const { sales } = await getSales(dates.lastDays(30));
                const name = ({ sellerId: s }) => (s ? `${s.firstName} ${s.lastName}` : "(deleted)");
                group.sumBy(sales, name, (sale) => money.cents(sale.totalAmount)).map(({ key, sum }) => [key, sum / 100]);
                """
        ) { facts in
            let sums = ShopFacts.sums(facts.recent(30), by: \.sellerID) { ShopFacts.cents($0.totalAmount) }
            return .array(
                sums.map { id, sum in
                    let seller = facts.store.sellers[id]
                    return [.string("\(seller?.firstName ?? "") \(seller?.lastName ?? "")"), ShopFacts.money(sum)]
                })
        },
        AnswerTask(
            "What is the total revenue of all time?", "¿Cuál es el total vendido desde siempre?", calls: 1,
            """
            import { getSalesAnalytics } from "./tools/reporting/getSalesAnalytics.js";
            import { round } from "./lib/money.js";
            round((await getSalesAnalytics({ groupBy: "year" })).summary.totalRevenue);
            """
        ) { ShopFacts.money(ShopFacts.revenue($0.sales)) },
        AnswerTask(
            "What is the median amount of a sale in the last 30 days?",
            "¿Cuál es la mediana del valor de una venta en los últimos 30 días?", calls: 4,
            head + "money.round(group.median((await getSales(dates.lastDays(30))).sales, \"totalAmount\"));"
        ) { facts in
            let amounts = facts.recent(30).map(\.totalAmount).sorted()
            let middle = amounts.count / 2
            let median = amounts.count % 2 == 1 ? amounts[middle] : (amounts[middle - 1] + amounts[middle]) / 2
            return ShopFacts.money(ShopFacts.cents(median))
        },
        AnswerTask(
            "Below which amount are 90 % of the last 30 days' sales?",
            "¿Por debajo de qué valor está el 90 % de las ventas de los últimos 30 días?", calls: 4,
            head + "group.percentile((await getSales(dates.lastDays(30))).sales, 90, \"totalAmount\");"
        ) { facts in
            let amounts = facts.recent(30).map(\.totalAmount).sorted()
            let place = 0.9 * Double(amounts.count - 1)
            let low = Int(place)
            let high = min(low + 1, amounts.count - 1)
            return JSONValue(amounts[low] + (amounts[high] - amounts[low]) * (place - Double(low)))
        },
        AnswerTask(
            "Which weekday brought the most in the last 28 days, and how much?",
            "¿Qué día de la semana vendió más en los últimos 28 días, y cuánto?", calls: 4,
            head + """
                const { sales } = await getSales(dates.lastDays(28));
                const [best] = group.sumBy(sales, (s) => dates.weekday(dates.shopDay(s.createdAt)), (s) => money.cents(s.totalAmount));
                [best.key, best.sum / 100];
                """
        ) { facts in
            let names = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
            let sums = ShopFacts.sums(facts.recent(28), by: { facts.local($0.createdAt).weekday }) {
                ShopFacts.cents($0.totalAmount)
            }
            return [.string(names[sums[0].key]), ShopFacts.money(sums[0].sum)]
        },
        AnswerTask(
            "How many customers paid more than they had to?", "¿Cuántas ventas se pagaron de más?", calls: 1,
            """
            import { exportSales } from "./tools/reporting/exportSales.js";
            const { rows } = await exportSales({ format: "summary", rows: true });
            rows.filter((row) => Number(row["Balance Due"]) < 0).length;
            """
        ) { facts in JSONValue(facts.sales.count { ShopFacts.due([$0]) < 0 }) },
        AnswerTask(
            "Who bought the most in the last 30 days, and for how much?",
            "¿Quién compró más en los últimos 30 días, y por cuánto?", calls: 4,
            head + """
                const sales = (await getSales(dates.lastDays(30))).sales.filter((sale) => sale.customerId);
                const [best] = group.sumBy(sales, "customerId.id", (sale) => money.cents(sale.totalAmount));
                [best.key, best.sum / 100];
                """
        ) { facts in
            let sales = facts.recent(30).filter { facts.store.customers[$0.customerID] != nil }
            let best = ShopFacts.sums(sales, by: \.customerID) { ShopFacts.cents($0.totalAmount) }[0]
            return [.string("\(best.key)"), ShopFacts.money(best.sum)]
        },
        AnswerTask(
            "Close today: sales, revenue, unpaid.", "Haz el cierre de hoy: ventas, total, sin pagar.", calls: 2,
            """
            import { dailyClose } from "./workflows/dailyClose.js";
            const { sales, revenue, unpaid } = await dailyClose();
            [sales, revenue, unpaid];
            """
        ) { facts in
            let sales = facts.recent(1)
            return [
                JSONValue(sales.count), ShopFacts.money(ShopFacts.revenue(sales)),
                ShopFacts.money(ShopFacts.due(sales.filter { !$0.settled })),
            ]
        },
    ]
}
