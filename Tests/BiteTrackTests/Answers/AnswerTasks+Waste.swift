import JSON

@testable import DemoAPI

extension AnswerTask {
    private static let getDrops =
        "import { getInventoryDrops } from \"./tools/inventory-drops/getInventoryDrops.js\";\n"

    static let waste: [AnswerTask] = [
        AnswerTask(
            "What did we lose by waste in the last 30 days?", "¿Cuánto perdimos en mermas en los últimos 30 días?",
            calls: 1,
            getDrops + """
                import { lastDays } from "./lib/dates.js";
                import { sumMoney } from "./lib/money.js";
                sumMoney((await getInventoryDrops(lastDays(30))).drops, "totalValueLost");
                """
        ) { ShopFacts.money(ShopFacts.lost($0.recentDrops(30))) },
        AnswerTask(
            "Which reason cost most in the last 30 days?", "¿Qué motivo costó más en los últimos 30 días?", calls: 1,
            """
            import { getDropAnalytics } from "./tools/inventory-drops/getDropAnalytics.js";
            import { lastDays } from "./lib/dates.js";
            import { round } from "./lib/money.js";
            const { analyticsByReason: [worst] } = await getDropAnalytics(lastDays(30));
            [worst._id, round(worst.totalValueLost)];
            """
        ) { facts in
            let worst = ShopFacts.sums(facts.recentDrops(30), by: \.reason.rawValue) {
                ShopFacts.cents($0.totalValueLost)
            }[0]
            return [.string(worst.key), ShopFacts.money(worst.sum)]
        },
        AnswerTask(
            "How many units did we throw away today?", "¿Cuántas unidades botamos hoy?", calls: 1,
            getDrops + """
                import { today } from "./lib/dates.js";
                (await getInventoryDrops(today())).drops.reduce((units, drop) => units + drop.quantityDropped, 0);
                """
        ) { facts in JSONValue(facts.recentDrops(1).reduce(0) { $0 + $1.quantityDropped }) },
        AnswerTask(
            "How many drops can still be undone?", "¿Cuántas mermas se pueden deshacer todavía?", calls: 1,
            """
            import { getUndoableDrops } from "./tools/inventory-drops/getUndoableDrops.js";
            (await getUndoableDrops()).undoableDrops.length;
            """
        ) { facts in JSONValue(facts.drops.count { $0.canUndo(at: facts.now) }) },
        AnswerTask(
            "How many drops were undone?", "¿Cuántas mermas se deshicieron?", calls: 1,
            getDrops + """
                const { drops } = await getInventoryDrops({ includeUndone: true, allPages: true });
                drops.filter((drop) => drop.isUndone).length;
                """
        ) { facts in JSONValue(facts.drops.count(where: \.isUndone)) },
        AnswerTask(
            "Which product do we throw away most, by units?", "¿Qué producto se bota más, por unidades?", calls: 1,
            getDrops + """
                import { sumBy } from "./lib/group.js";
                sumBy((await getInventoryDrops({ allPages: true })).drops, "productName", "quantityDropped")[0].sum;
                """
        ) { facts in
            JSONValue(
                ShopFacts.sums(facts.drops.filter { !$0.isUndone }, by: \.productName) { $0.quantityDropped }[0].sum)
        },
        AnswerTask(
            "How many expired units have we dropped in all?", "¿Cuántas unidades vencidas hemos botado en total?",
            calls: 1,
            getDrops + """
                const { drops } = await getInventoryDrops({ reason: "expired", allPages: true });
                drops.reduce((units, drop) => units + drop.quantityDropped, 0);
                """
        ) { facts in
            JSONValue(
                facts.drops.filter { !$0.isUndone && $0.reason == .expired }.reduce(0) { $0 + $1.quantityDropped })
        },
        AnswerTask(
            "What was the newest drop, and can it be undone?", "¿Cuál fue la última merma, y se puede deshacer?",
            calls: 2,
            getDrops + """
                import { getInventoryDropById } from "./tools/inventory-drops/getInventoryDropById.js";
                const { drops: [newest] } = await getInventoryDrops({ limit: 1 });
                const { drop, canUndo } = await getInventoryDropById(newest.id);
                [drop.productName, drop.quantityDropped, canUndo];
                """
        ) { facts in
            guard let newest = facts.drops.filter({ !$0.isUndone }).max(by: { $0.droppedAt < $1.droppedAt }) else {
                return .null
            }
            return [
                .string(newest.productName), JSONValue(newest.quantityDropped), .bool(newest.canUndo(at: facts.now)),
            ]
        },
        AnswerTask(
            "Review last month's waste: units and value.", "Revisa las mermas del mes pasado: unidades y valor.",
            calls: 2,
            """
            import { wasteReview } from "./workflows/wasteReview.js";
            const { units, value } = await wasteReview();
            [units, value];
            """
        ) { facts in
            let (year, month) = facts.month(ago: 1)
            let drops = facts.drops.filter {
                let civil = facts.local($0.droppedAt)
                return !$0.isUndone && civil.year == year && civil.month == month
            }
            return [JSONValue(drops.reduce(0) { $0 + $1.quantityDropped }), ShopFacts.money(ShopFacts.lost(drops))]
        },
    ]

    static let people: [AnswerTask] = [
        AnswerTask(
            "How many sellers are there of each role?", "¿Cuántos vendedores hay de cada rol?", calls: 1,
            """
            import { getSellers } from "./tools/sellers/getSellers.js";
            import { countBy } from "./lib/group.js";
            countBy(await getSellers(), "role").map(({ key, count }) => `${key}: ${count}`).sort();
            """
        ) { facts in
            ShopFacts.sorted(
                ShopFacts.sums(facts.store.sellers.rows, by: \.role.rawValue) { _ in 1 }.map { "\($0.key): \($0.sum)" })
        },
        AnswerTask(
            "Who has been invited but is not active yet?", "¿Quién está invitado pero aún no activo?", calls: 1,
            as: .superadmin,
            """
            import { getPendingSellers } from "./tools/sellers/getPendingSellers.js";
            (await getPendingSellers()).pendingSellers.map((s) => `${s.firstName} ${s.lastName}`).sort();
            """
        ) { facts in
            ShopFacts.sorted(facts.store.pendingSellers.rows.map { "\($0.firstName) \($0.lastName)" })
        },
        AnswerTask(
            "Who am I logged in as?", "¿Con qué usuario estoy?", calls: 0,
            """
            import { whoAmI } from "./tools/auth/whoAmI.js";
            const { name, role } = await whoAmI();
            [name, role];
            """
        ) { _ in ["Demo Admin", "admin"] },
        AnswerTask(
            "Does maria@demo.test have an account?", "¿Tiene cuenta maria@demo.test?", calls: 1,
            """
            import { getSellerStatus } from "./tools/auth/getSellerStatus.js";
            (await getSellerStatus("maria@demo.test")).status;
            """
        ) { facts in facts.store.seller(email: "maria@demo.test") == nil ? "pending" : "active" },
        AnswerTask(
            "Is BiteTrack up, and its database?", "¿Funciona BiteTrack y su base de datos?", calls: 2,
            """
            import { getHealth } from "./tools/status/getHealth.js";
            import { getDatabaseHealth } from "./tools/status/getDatabaseHealth.js";
            const [api, database] = await Promise.all([getHealth(), getDatabaseHealth()]);
            [api.status, database.status];
            """
        ) { _ in ["OK", "connected"] },
        AnswerTask(
            "Is this real data?", "¿Son datos reales?", calls: 1,
            """
            import { getApiInfo } from "./tools/status/getApiInfo.js";
            (await getApiInfo()).server.environment;
            """
        ) { _ in "demo" },
    ]
}
