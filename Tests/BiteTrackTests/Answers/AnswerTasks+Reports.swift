import JSON

@testable import DemoAPI

extension AnswerTask {
    private static let head = """
        import { getSalesAnalytics } from "./tools/reporting/getSalesAnalytics.js";
        import * as dates from "./lib/dates.js";
        import { round } from "./lib/money.js";

        """

    static let reports: [AnswerTask] = [
        AnswerTask(
            "What is this month's revenue (UTC days)?", "¿Cuánto va vendido este mes (días UTC)?", calls: 1,
            head
                + "round((await getSalesAnalytics({ ...dates.thisMonth().days, groupBy: \"month\" })).summary.totalRevenue);"
        ) { ShopFacts.money(ShopFacts.revenue($0.ofMonth(ago: 0))) },
        AnswerTask(
            "Compare last month's revenue with the month before.", "Compara las ventas del mes pasado con el anterior.",
            calls: 2,
            """
            import { monthlyReport } from "./workflows/monthlyReport.js";
            const { figures } = await monthlyReport();
            [figures.revenue.value, figures.revenue.before, figures.sales.value, figures.sales.before];
            """
        ) { facts in
            let (last, before) = (facts.ofMonth(ago: 1), facts.ofMonth(ago: 2))
            return [
                ShopFacts.money(ShopFacts.revenue(last)), ShopFacts.money(ShopFacts.revenue(before)),
                JSONValue(last.count), JSONValue(before.count),
            ]
        },
        AnswerTask(
            "What was the best UTC day of last month?", "¿Cuál fue el mejor día UTC del mes pasado?", calls: 2,
            """
            import { monthlyReport } from "./workflows/monthlyReport.js";
            const { bestDay } = await monthlyReport();
            [bestDay.date, bestDay.revenue];
            """
        ) { facts in
            let best = ShopFacts.sums(facts.ofMonth(ago: 1), by: { $0.effectiveDate.dayText }) {
                ShopFacts.cents($0.totalAmount)
            }[0]
            return [.string(best.key), ShopFacts.money(best.sum)]
        },
        AnswerTask(
            "What was the revenue of each month?", "¿Cuánto se vendió en cada mes?", calls: 1,
            head + "(await getSalesAnalytics({ groupBy: \"month\" })).timeSeries.map(({ _id, revenue }) => "
                + "[_id.year, _id.month, round(revenue)]);"
        ) { facts in
            let sums = ShopFacts.sums(
                facts.sales, by: { $0.effectiveDate.civil.year * 12 + $0.effectiveDate.civil.month - 1 }
            ) {
                ShopFacts.cents($0.totalAmount)
            }
            return .array(
                sums.sorted { $0.key < $1.key }.map {
                    [JSONValue($0.key / 12), JSONValue($0.key % 12 + 1), ShopFacts.money($0.sum)]
                })
        },
        AnswerTask(
            "What is an average sale worth, of all time?", "¿Cuál es el ticket promedio histórico?", calls: 1,
            head + "(await getSalesAnalytics({ groupBy: \"year\" })).summary.averageOrderValue;"
        ) { facts in JSONValue(Double(ShopFacts.revenue(facts.sales)) / 100 / Double(facts.sales.count)) },
        AnswerTask(
            "How many different customers bought this month (UTC days)?",
            "¿Cuántos clientes distintos compraron este mes (días UTC)?", calls: 1,
            head + "(await getSalesAnalytics({ ...dates.thisMonth().days })).customerAnalytics.uniqueCustomers;"
        ) { facts in JSONValue(Set(facts.ofMonth(ago: 0).map(\.customerID)).count) },
        AnswerTask(
            "How much of all sales is still unpaid, in percent of the revenue?",
            "¿Qué porcentaje de lo vendido sigue sin pagar?", calls: 1,
            head + """
                const { summary, paymentAnalytics: { unsettled } } = await getSalesAnalytics({ groupBy: "year" });
                (unsettled.totalAmount - unsettled.totalPaid) / summary.totalRevenue * 100;
                """
        ) { facts in
            JSONValue(Double(ShopFacts.due(facts.unsettled)) / Double(ShopFacts.revenue(facts.sales)) * 100)
        },
        AnswerTask(
            "How many sale lines are there in all?", "¿Cuántas líneas de venta hay en total?", calls: 1,
            """
            import { exportSales } from "./tools/reporting/exportSales.js";
            (await exportSales({ format: "detailed", rows: true })).rows.length;
            """
        ) { facts in JSONValue(facts.sales.reduce(0) { $0 + $1.lines.count }) },
        AnswerTask(
            "Export yesterday's UTC day as CSV: how many lines has the file?",
            "Exporta el día UTC de ayer como CSV: ¿cuántas líneas tiene?", calls: 1,
            { facts in
                let day = facts.now.adding(days: -1).dayText
                return """
                    import { exportSales } from "./tools/reporting/exportSales.js";
                    const { csv } = await exportSales({ format: "summary", startDate: "\(day)", endDate: "\(day)" });
                    csv.split("\\n").length;
                    """
            }
        ) { facts in
            JSONValue(facts.sales.count { $0.createdAt.dayNumber == facts.now.dayNumber - 1 } + 1)
        },
        AnswerTask(
            "Is the daily revenue of the last 14 whole days rising, and by how much a day?",
            "¿Sube la venta diaria de los últimos 14 días completos, y cuánto por día?", calls: 3,
            """
            import { getSales } from "./tools/sales/getSales.js";
            import * as dates from "./lib/dates.js";
            import { trend } from "./lib/trend.js";
            import { sumMoney } from "./lib/money.js";
            const yesterday = dates.addDays(dates.shopDay(), -1), first = dates.addDays(yesterday, -13);
            const { sales } = await getSales(dates.period(first, yesterday));
            trend(dates.eachDay(first, yesterday).map((day) =>
              sumMoney(sales.filter((sale) => dates.shopDay(sale.createdAt) === day), "totalAmount"))).slope;
            """
        ) { facts in
            let values = (1...14).reversed().map { ago in
                Double(ShopFacts.revenue(facts.sales.filter { facts.localDay($0.createdAt) == facts.today - ago }))
                    / 100
            }
            // Least squares by the sums of the textbook.
            let places = (0..<14).map(Double.init)
            let (sumX, sumY) = (places.reduce(0, +), values.reduce(0, +))
            let sumXY = zip(places, values).reduce(0) { $0 + $1.0 * $1.1 }
            let sumXX = places.reduce(0) { $0 + $1 * $1 }
            return JSONValue((14 * sumXY - sumX * sumY) / (14 * sumXX - sumX * sumX))
        },
        AnswerTask(
            "Show the five best products of last month as a Markdown table (UTC days).",
            "Muestra los cinco mejores productos del mes pasado en una tabla (días UTC).", calls: 1,
            """
            import { getTopProducts } from "./tools/reporting/getTopProducts.js";
            import { lastMonth } from "./lib/dates.js";
            import { toMarkdown } from "./lib/tables.js";
            toMarkdown(await getTopProducts({ ...lastMonth().days, limit: 5 }), ["name", "revenue"]);
            """
        ) { facts in
            let (year, month) = facts.month(ago: 1)
            let lines = facts.sales.filter { $0.createdAt.civil.year == year && $0.createdAt.civil.month == month }
                .flatMap(\.lines).filter { facts.store.products[$0.productID] != nil }
            let sums = ShopFacts.sums(lines, by: \.productID) { $0.quantity * ShopFacts.cents($0.priceAtSale) }
            let rows = sums.prefix(5).map { "| \(facts.name($0.key)) | \(ShopFacts.money($0.sum).text) |" }
            return .string((["| name | revenue |", "| --- | --- |"] + rows).joined(separator: "\n"))
        },
    ]
}
