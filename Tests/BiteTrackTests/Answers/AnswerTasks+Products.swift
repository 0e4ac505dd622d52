import JSON

@testable import DemoAPI

extension AnswerTask {
    private static let getProducts = "import { getProducts } from \"./tools/products/getProducts.js\";\n"

    static let products: [AnswerTask] = [
        AnswerTask(
            "How many products do we have?", "¿Cuántos productos tenemos?", calls: 1,
            getProducts + "(await getProducts()).length;"
        ) { JSONValue($0.products.count) },
        AnswerTask(
            "What does the turkey club cost, and how many are left?", "¿Cuánto vale el turkey club y cuántos quedan?",
            calls: 1,
            """
            import { searchProducts } from "./tools/products/searchProducts.js";
            const [club] = await searchProducts("turkey clb");
            [club.name, club.price, club.count];
            """
        ) { facts in
            guard let club = facts.products.first(where: { $0.productName == "Turkey Club" }) else { return .null }
            return ["Turkey Club", JSONValue(club.price), JSONValue(club.count)]
        },
        AnswerTask(
            "Is there something with cafe in its name?", "¿Hay algo con «café» en el nombre?", calls: 1,
            """
            import { searchProducts } from "./tools/products/searchProducts.js";
            (await searchProducts({ name: "cafe con" })).map((product) => product.name);
            """
        ) { facts in ShopFacts.sorted(facts.products.map(\.productName).filter { $0.hasPrefix("Café") }) },
        AnswerTask(
            "Which products are low in stock (five or fewer)?", "¿Qué productos tienen cinco o menos unidades?",
            calls: 1,
            """
            import { getLowStock } from "./tools/products/getLowStock.js";
            (await getLowStock()).map((product) => product.name).sort();
            """
        ) { facts in ShopFacts.sorted(facts.products.filter { $0.count <= 5 }.map(\.productName)) },
        AnswerTask(
            "What is sold out?", "¿Qué está agotado?", calls: 1,
            """
            import { getLowStock } from "./tools/products/getLowStock.js";
            (await getLowStock({ threshold: 0 })).map((product) => product.name).sort();
            """
        ) { facts in ShopFacts.sorted(facts.products.filter { $0.count == 0 }.map(\.productName)) },
        AnswerTask(
            "What is our stock worth at selling prices, and how many units is it?",
            "¿Cuánto vale el inventario a precio de venta y cuántas unidades son?", calls: 1,
            """
            import { getInventoryLevels } from "./tools/products/getInventoryLevels.js";
            const { value, units } = await getInventoryLevels();
            [value, units];
            """
        ) { facts in
            let cents = facts.products.reduce(0) { $0 + $1.count * ShopFacts.cents($1.price) }
            return [ShopFacts.money(cents), JSONValue(facts.products.reduce(0) { $0 + $1.count })]
        },
        AnswerTask(
            "What is the most expensive product?", "¿Cuál es el producto más caro?", calls: 1,
            getProducts + """
                const [best] = (await getProducts()).sort((a, b) => b.price - a.price);
                [best.name, best.price];
                """
        ) { facts in
            guard let best = facts.products.max(by: { $0.price < $1.price }) else { return .null }
            return [.string(best.productName), JSONValue(best.price)]
        },
        AnswerTask(
            "How many products cost less than 3?", "¿Cuántos productos valen menos de 3?", calls: 1,
            getProducts + "(await getProducts()).filter((product) => product.price < 3).length;"
        ) { facts in JSONValue(facts.products.count { $0.price < 3 }) },
        AnswerTask(
            "What is product number … called?", "¿Cómo se llama el producto con el id …?", calls: 1,
            { facts in
                "import { getProductById } from \"./tools/products/getProductById.js\";\n"
                    + "(await getProductById(\"\(facts.products[7].id)\")).name;"
            }
        ) { .string($0.products[7].productName) },
        AnswerTask(
            "How many products did not sell in the last 30 days?",
            "¿Cuántos productos no se vendieron en los últimos 30 días?", calls: 5,
            getProducts + """
                import { getSales } from "./tools/sales/getSales.js";
                import { lastDays } from "./lib/dates.js";
                const [products, { sales }] = await Promise.all([getProducts(), getSales(lastDays(30))]);
                const sold = new Set(sales.flatMap((sale) => sale.products.map((line) => line.productId?.id)));
                products.filter((product) => !sold.has(product.id)).length;
                """
        ) { facts in
            let sold = Set(facts.recent(30).flatMap { $0.lines.map(\.productID) })
            return JSONValue(facts.products.count { !sold.contains($0.id) })
        },
        AnswerTask(
            "Which five products brought the most revenue of all time?",
            "¿Qué cinco productos generaron más ingresos en total?", calls: 1,
            """
            import { getTopProducts } from "./tools/reporting/getTopProducts.js";
            (await getTopProducts({ limit: 5 })).map(({ name, revenue }) => [name, revenue]);
            """
        ) { facts in
            let lines = facts.sales.flatMap(\.lines).filter { facts.store.products[$0.productID] != nil }
            let sums = ShopFacts.sums(lines, by: \.productID) { $0.quantity * ShopFacts.cents($0.priceAtSale) }
            return .array(sums.prefix(5).map { [.string(facts.name($0.key)), ShopFacts.money($0.sum)] })
        },
        AnswerTask(
            "Which product sold the most units last month (UTC days)?",
            "¿Qué producto vendió más unidades el mes pasado (días UTC)?", calls: 1,
            """
            import { getTopProducts } from "./tools/reporting/getTopProducts.js";
            import { lastMonth } from "./lib/dates.js";
            const [best] = await getTopProducts({ ...lastMonth().days, by: "units", limit: 1 });
            best.units;
            """
        ) { facts in
            let (year, month) = facts.month(ago: 1)
            let lines = facts.sales.filter { $0.createdAt.civil.year == year && $0.createdAt.civil.month == month }
                .flatMap(\.lines).filter { facts.store.products[$0.productID] != nil }
            return JSONValue(ShopFacts.sums(lines, by: \.productID) { $0.quantity }[0].sum)
        },
        AnswerTask(
            "Which products were sold at different prices?", "¿Qué productos se vendieron a precios distintos?",
            calls: 1,
            """
            import { exportSales } from "./tools/reporting/exportSales.js";
            const { rows } = await exportSales({ format: "products", rows: true });
            rows.filter((r) => r["Minimum Sale Price"] !== r["Maximum Sale Price"]).map((r) => r["Product Name"]).sort();
            """
        ) { facts in
            var prices: [ObjectID: Set<Int>] = [:]
            for line in facts.sales.flatMap(\.lines) where facts.store.products[line.productID] != nil {
                prices[line.productID, default: []].insert(ShopFacts.cents(line.priceAtSale))
            }
            return ShopFacts.sorted(prices.filter { $0.value.count > 1 }.map { facts.name($0.key) })
        },
        AnswerTask(
            "What must we order (up to ten in stock)?", "¿Qué hay que pedir (hasta diez en existencia)?", calls: 5,
            """
            import { lowStockOrder } from "./workflows/lowStockOrder.js";
            (await lowStockOrder({ threshold: 10 })).order.map((row) => row.product).sort();
            """
        ) { facts in
            let sold = Set(facts.recent(30).flatMap { $0.lines.map(\.productID) })
            return ShopFacts.sorted(
                facts.products.filter { $0.count <= 10 && sold.contains($0.id) }.map(\.productName))
        },
    ]
}
