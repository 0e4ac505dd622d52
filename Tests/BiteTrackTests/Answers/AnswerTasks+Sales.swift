import JSON

@testable import DemoAPI

extension AnswerTask {
    private static let getSales = "import { getSales } from \"./tools/sales/getSales.js\";\n"
    private static let dates = "import * as dates from \"./lib/dates.js\";\n"

    static let sales: [AnswerTask] = [
        AnswerTask(
            "How many sales are there in all?", "¿Cuántas ventas hay en total?", calls: 1,
            getSales + "(await getSales({ limit: 1 })).pagination.totalSales;"
        ) { JSONValue($0.sales.count) },
        AnswerTask(
            "How many sales did we make today?", "¿Cuántas ventas hicimos hoy?", calls: 1,
            getSales + dates + "(await getSales(dates.today())).sales.length;"
        ) { JSONValue($0.recent(1).count) },
        AnswerTask(
            "How many units did we sell today?", "¿Cuántas unidades vendimos hoy?", calls: 1,
            getSales + dates + """
                const { sales } = await getSales(dates.today());
                sales.flatMap((sale) => sale.products).reduce((units, line) => units + line.quantity, 0);
                """
        ) { JSONValue($0.units($0.recent(1))) },
        AnswerTask(
            "How many sales were there in the last seven days?", "¿Cuántas ventas hubo en los últimos siete días?",
            calls: 2, getSales + dates + "(await getSales(dates.lastDays(7))).sales.length;"
        ) { JSONValue($0.recent(7).count) },
        AnswerTask(
            "How many sales are unpaid or partly paid?", "¿Cuántas ventas están impagas o pagadas en parte?", calls: 1,
            getSales + "(await getSales({ settlementStatus: \"unsettled\", limit: 1 })).pagination.totalSales;"
        ) { JSONValue($0.unsettled.count) },
        AnswerTask(
            "How many sales are partly paid?", "¿Cuántas ventas tienen un abono?", calls: 2,
            getSales + """
                const { sales } = await getSales({ settled: false, allPages: true });
                sales.filter((sale) => sale.amountPaid > 0).length;
                """
        ) { facts in JSONValue(facts.unsettled.count { $0.amountPaid > 0 }) },
        AnswerTask(
            "How many of today's sales are unpaid?", "¿Cuántas ventas de hoy están sin pagar?", calls: 1,
            getSales + dates + "(await getSales({ ...dates.today(), settled: false })).sales.length;"
        ) { facts in JSONValue(facts.recent(1).count { !$0.settled }) },
        AnswerTask(
            "Which were the five largest sales?", "¿Cuáles fueron las cinco ventas más grandes?", calls: 1,
            getSales + "import { round } from \"./lib/money.js\";\n" + """
                const { sales } = await getSales({ sortBy: "totalAmount", sortOrder: "desc", limit: 5 });
                sales.map((sale) => round(sale.totalAmount));
                """
        ) { facts in
            .array(facts.sales.map { ShopFacts.cents($0.totalAmount) }.sorted(by: >).prefix(5).map(ShopFacts.money))
        },
        AnswerTask(
            "How many sales did Maria Counter make in the last 14 days?",
            "¿Cuántas ventas hizo Maria Counter en los últimos 14 días?", calls: 2,
            getSales + dates + """
                const { sales } = await getSales(dates.lastDays(14));
                sales.filter(({ sellerId: s }) => s && `${s.firstName} ${s.lastName}` === "Maria Counter").length;
                """
        ) { facts in
            let maria = facts.store.sellers.rows.first { $0.firstName == "Maria" }
            return JSONValue(facts.recent(14).count { $0.sellerID == maria?.id })
        },
        AnswerTask(
            "How many lines and units does the newest sale have?", "¿Cuántas líneas y unidades tiene la última venta?",
            calls: 2,
            getSales + "import { getSaleById } from \"./tools/sales/getSaleById.js\";\n" + """
                const { sales: [newest] } = await getSales({ limit: 1 });
                const { products } = await getSaleById(newest.id);
                [products.length, products.reduce((units, line) => units + line.quantity, 0)];
                """
        ) { facts in
            guard let newest = facts.sales.max(by: { $0.createdAt < $1.createdAt }) else { return .null }
            return [JSONValue(newest.lines.count), JSONValue(facts.units([newest]))]
        },
        AnswerTask(
            "How many sales were imported?", "¿Cuántas ventas se importaron?", calls: 11,
            getSales + "(await getSales({ allPages: true })).sales.filter((sale) => sale.externalSale).length;"
        ) { facts in JSONValue(facts.sales.count { $0.imported != nil }) },
        AnswerTask(
            "How many imported sales were there by payment method?",
            "¿Cuántas ventas importadas hay por forma de pago?",
            calls: 11,
            getSales + """
                const { sales } = await getSales({ allPages: true });
                const counts = {};
                for (const { paymentMethod, externalSale } of sales) {
                  if (externalSale) counts[paymentMethod ?? "none"] = (counts[paymentMethod ?? "none"] ?? 0) + 1;
                }
                Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
                """
        ) { facts in
            let imports = facts.sales.compactMap(\.imported)
            let counts = ShopFacts.sums(imports, by: { $0.paymentMethod ?? "none" }) { _ in 1 }
            return .array(counts.sorted { $0.key < $1.key }.map { [.string($0.key), JSONValue($0.sum)] })
        },
        AnswerTask(
            "How many sales were settled only later?", "¿Cuántas ventas se saldaron después?", calls: 11,
            getSales
                + "(await getSales({ settled: true, allPages: true })).sales.filter((sale) => sale.settledAt).length;"
        ) { facts in JSONValue(facts.sales.count { $0.settled && $0.settledAt != nil }) },
        AnswerTask(
            "How many sales refer to a deleted customer?", "¿Cuántas ventas son de un cliente eliminado?", calls: 1,
            """
            import { exportSales } from "./tools/reporting/exportSales.js";
            const { rows } = await exportSales({ format: "summary", rows: true });
            rows.filter((row) => row["Customer Name"] === "Unknown Customer").length;
            """
        ) { facts in JSONValue(facts.sales.count { facts.store.customers[$0.customerID] == nil }) },
        AnswerTask(
            "How many sales has the busiest hour of the day had in the last 30 days?",
            "¿Cuántas ventas tuvo la hora más movida del día en los últimos 30 días?", calls: 4,
            getSales + dates + "import { countBy } from \"./lib/group.js\";\n" + """
                const { sales } = await getSales(dates.lastDays(30));
                countBy(sales, (sale) => dates.shopHour(sale.createdAt))[0].count;
                """
        ) { facts in
            JSONValue(ShopFacts.sums(facts.recent(30), by: { facts.local($0.createdAt).hour }) { _ in 1 }[0].sum)
        },
        AnswerTask(
            "How many sales were there on the UTC day ten days ago?",
            "¿Cuántas ventas hubo el día UTC de hace diez días?",
            calls: 1,
            { facts in
                let day = facts.now.adding(days: -10).dayText
                return getSales
                    + "(await getSales({ startDate: \"\(day)\", endDate: \"\(day)\", limit: 1 })).pagination.totalSales;"
            }
        ) { facts in
            JSONValue(facts.sales.count { $0.createdAt.dayNumber == facts.now.dayNumber - 10 })
        },
    ]
}
