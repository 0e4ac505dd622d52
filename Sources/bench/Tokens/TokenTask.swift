import Observability

/// One question and how it is answered on both sides.
struct TokenTask {
    /// One call of a direct tool.
    struct Call {
        /// Path with its query, below the API's prefix.
        var path: String
        /// Whether all pages are read, as the answer tells how many there are.
        var isPaged = false
    }

    let question: String
    /// What a model would search for.
    let search: String
    /// The module it then reads in full.
    let module: String
    let code: String
    let direct: [Call]

    private static func day(_ ago: Int) -> String {
        String(WallClock.text(seconds: WallClock.seconds() - ago * 86_400).prefix(10))
    }

    private static func sales(_ query: String = "") -> Call { Call(path: "/sales?\(query)limit=100", isPaged: true) }

    private static func since(_ ago: Int) -> String { "startDate=\(day(ago))&endDate=\(day(0))&" }

    private static let getSales = "import { getSales } from \"./tools/sales/getSales.js\";\n"
    private static let drops = Call(path: "/inventory-drops?limit=1000")

    static let all: [TokenTask] = [
        TokenTask(
            question: "How many sales did we make today, and for how much?", search: "sales of today",
            module: "tools/sales/getSales.js",
            code: getSales + """
                import { today } from "./lib/dates.js"; import { sumMoney } from "./lib/money.js";
                const { sales } = await getSales(today());
                ({ count: sales.length, revenue: sumMoney(sales, "totalAmount") });
                """, direct: [sales(since(0))]),
        TokenTask(
            question: "How many sales are unpaid?", search: "unpaid sales", module: "tools/sales/getSales.js",
            code: getSales + "(await getSales({ settled: false, limit: 1 })).pagination.totalSales;",
            direct: [Call(path: "/sales?settled=false&limit=1")]),
        TokenTask(
            question: "Who owes us most?", search: "who owes us money", module: "tools/sales/getUnsettledTotals.js",
            code: """
                import { getUnsettledTotals } from "./tools/sales/getUnsettledTotals.js";
                const { balance, customers } = await getUnsettledTotals();
                ({ balance, worst: customers.slice(0, 5) });
                """, direct: [sales("settled=false&")]),
        TokenTask(
            question: "What did each seller sell in the last 30 days?", search: "sales by seller",
            module: "tools/sales/getSales.js",
            code: getSales + """
                import { lastDays } from "./lib/dates.js"; import { sumBy } from "./lib/group.js";
                sumBy((await getSales(lastDays(30))).sales, (s) => s.sellerId?.firstName, "totalAmount");
                """, direct: [sales(since(30))]),
        TokenTask(
            question: "At which hour do we sell most?", search: "sales by hour", module: "tools/sales/getSales.js",
            code: getSales + """
                import { lastDays, shopHour } from "./lib/dates.js"; import { countBy } from "./lib/group.js";
                countBy((await getSales(lastDays(30))).sales, (s) => shopHour(s.createdAt)).slice(0, 3);
                """, direct: [sales(since(30))]),
        TokenTask(
            question: "What was last month's revenue by week?", search: "revenue per week",
            module: "tools/reporting/getSalesAnalytics.js",
            code: """
                import { getSalesAnalytics } from "./tools/reporting/getSalesAnalytics.js"; import { lastMonth } from "./lib/dates.js";
                (await getSalesAnalytics({ ...lastMonth().days, groupBy: "week" })).timeSeries.map((t) => [t._id.week, t.revenue]);
                """,
            direct: [Call(path: "/reporting/sales/analytics?startDate=\(day(60))&endDate=\(day(30))&groupBy=week")]),
        TokenTask(
            question: "Report on last month against the month before.", search: "monthly report",
            module: "workflows/monthlyReport.js",
            code: "import { monthlyReport } from \"./workflows/monthlyReport.js\";\nawait monthlyReport();",
            direct: [
                Call(path: "/reporting/sales/analytics?startDate=\(day(60))&endDate=\(day(30))&groupBy=day"),
                Call(path: "/reporting/sales/analytics?startDate=\(day(90))&endDate=\(day(60))&groupBy=day"),
            ]),
        TokenTask(
            question: "Which 20 products sell best?", search: "top selling products",
            module: "tools/reporting/getTopProducts.js",
            code: """
                import { getTopProducts } from "./tools/reporting/getTopProducts.js";
                (await getTopProducts({ limit: 20 })).map((p) => [p.name, p.units]);
                """, direct: [Call(path: "/reporting/sales/export?format=products")]),
        TokenTask(
            question: "Which products did not sell in 30 days?", search: "products that did not sell",
            module: "tools/sales/getSales.js",
            code: getSales + """
                import { getProducts } from "./tools/products/getProducts.js"; import { lastDays } from "./lib/dates.js";
                const sold = new Set((await getSales(lastDays(30))).sales.flatMap((s) => s.products.map((l) => l.productId?.id)));
                (await getProducts()).filter((p) => !sold.has(p.id)).map((p) => p.name);
                """, direct: [Call(path: "/products"), sales(since(30))]),
        TokenTask(
            question: "What is low in stock?", search: "low stock", module: "tools/products/getLowStock.js",
            code: """
                import { getLowStock } from "./tools/products/getLowStock.js";
                (await getLowStock()).map((p) => [p.name, p.count]);
                """, direct: [Call(path: "/products")]),
        TokenTask(
            question: "What does the turkey club cost?", search: "find product by name",
            module: "tools/products/searchProducts.js",
            code: """
                import { searchProducts } from "./tools/products/searchProducts.js";
                (await searchProducts("turkey club")).map((p) => [p.name, p.price]);
                """, direct: [Call(path: "/products")]),
        TokenTask(
            question: "What must we order?", search: "what to order", module: "workflows/lowStockOrder.js",
            code: "import { lowStockOrder } from \"./workflows/lowStockOrder.js\";\nawait lowStockOrder();",
            direct: [Call(path: "/products"), sales(since(30))]),
        TokenTask(
            question: "Which customers have not come for 45 days?", search: "idle customers",
            module: "tools/customers/getIdleCustomers.js",
            code: """
                import { getIdleCustomers } from "./tools/customers/getIdleCustomers.js";
                (await getIdleCustomers({ days: 45 })).map((c) => [`${c.firstName} ${c.lastName}`, c.idleDays]);
                """, direct: [Call(path: "/customers")]),
        TokenTask(
            question: "Whom should we contact?", search: "follow up customers", module: "workflows/customerFollowUp.js",
            code: """
                import { customerFollowUp } from "./workflows/customerFollowUp.js";
                await customerFollowUp({ limit: 5, include: ["phoneNumber"] });
                """, direct: [Call(path: "/customers"), sales("settled=false&")]),
        TokenTask(
            question: "Which customer bought most in 90 days?", search: "best customer by revenue",
            module: "tools/sales/getSales.js",
            code: getSales + """
                import { lastDays } from "./lib/dates.js"; import { sumBy } from "./lib/group.js";
                const { sales } = await getSales(lastDays(90));
                sumBy(sales, (s) => s.customerId && `${s.customerId.firstName} ${s.customerId.lastName}`, "totalAmount").slice(0, 3);
                """, direct: [sales(since(90))]),
        TokenTask(
            question: "Which sales were paid too much?", search: "overpaid sales",
            module: "tools/reporting/exportSales.js",
            code: """
                import { exportSales } from "./tools/reporting/exportSales.js";
                const { rows } = await exportSales({ format: "summary", rows: true });
                rows.filter((r) => r["Balance Due"] < 0).map((r) => [r.Date, r["Customer Name"], r["Balance Due"]]);
                """, direct: [Call(path: "/reporting/sales/export?format=summary")]),
        TokenTask(
            question: "What did waste cost by reason in 30 days?", search: "waste by reason",
            module: "tools/inventory-drops/getDropAnalytics.js",
            code: """
                import { getDropAnalytics } from "./tools/inventory-drops/getDropAnalytics.js";
                (await getDropAnalytics()).analyticsByReason.map((r) => [r._id, r.totalValueLost]);
                """, direct: [Call(path: "/inventory-drops/analytics")]),
        TokenTask(
            question: "On which days do we throw away most?", search: "list waste",
            module: "tools/inventory-drops/getInventoryDrops.js",
            code: """
                import { getInventoryDrops } from "./tools/inventory-drops/getInventoryDrops.js";
                import { shopDay, weekday } from "./lib/dates.js"; import { sumBy } from "./lib/group.js";
                const { drops } = await getInventoryDrops({ allPages: true });
                sumBy(drops, (d) => weekday(shopDay(d.droppedAt)), "totalValueLost");
                """, direct: [drops]),
        TokenTask(
            question: "Close today.", search: "close of day", module: "workflows/dailyClose.js",
            code: "import { dailyClose } from \"./workflows/dailyClose.js\";\nawait dailyClose();",
            direct: [sales(since(0)), drops]),
        TokenTask(
            question: "Draw the daily revenue of the last two weeks.", search: "line chart of revenue",
            module: "lib/charts.js",
            code: getSales + """
                import * as dates from "./lib/dates.js"; import { sumMoney } from "./lib/money.js"; import { lineChart } from "./lib/charts.js";
                const last = dates.lastDays(14), { startDate, endDate } = last.days, { sales } = await getSales(last);
                const labels = dates.eachDay(startDate, endDate);
                const values = labels.map((day) => sumMoney(sales.filter((s) => dates.shopDay(s.createdAt) === day), "totalAmount"));
                ({ values, chart: lineChart({ title: "Daily revenue", labels, values }) });
                """, direct: [sales(since(14))]),
    ]
}
