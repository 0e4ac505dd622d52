import DemoAPI
import JSON
import Testing

@testable import BiteTrack

/// What agents get wrong is refused before anything is sent, in words that say what is right.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct BadInputTests {
    private static let id = "64b0000000000000000fffff"
    private static let cases: [(code: String, expected: [String])] = [
        ("import { x } from \"./tools/sale/getSales.js\"", ["Did you mean", "tools/sales/getSales.js"]),
        ("import { x } from \"./lib/date.js\"", ["Did you mean", "lib/dates.js"]),
        ("import { getSale } from \"./tools/sales\"; getSale", ["getSale"]),
        (
            "await sales.getSales({ custmerId: 1 })",
            ["unknown parameter \"custmerId\"; did you mean customerId?", "takes startDate"]
        ),
        ("await sales.getSales({ zzzzzz: 1 })", ["unknown parameter \"zzzzzz\"", "getSales takes startDate"]),
        ("await sales.getSales({ settled: \"yes\" })", ["settled must be true or false, not \"yes\""]),
        ("await sales.getSales({ limit: \"many\" })", ["limit must be a whole number from 1 to 100, not \"many\""]),
        ("await sales.getSales({ startDate: \"2024-02-31\" })", ["startDate must be a day that exists", "2024-02-31"]),
        ("await sales.getSales({ startDate: \"31/01/2025\" })", ["startDate must be a day that exists as YYYY-MM-DD"]),
        ("await sales.getSales({ startDate: 20250131 })", ["startDate must be", "20250131"]),
        (
            "await sales.getSales({ startDate: \"2025-02-01\", endDate: \"2025-01-01\" })",
            ["startDate 2025-02-01 is after endDate 2025-01-01: swap them"]
        ),
        (
            "await sales.getSales({ from: \"2025-02-01T00:00:00Z\", to: \"2025-01-01T00:00:00Z\" })",
            ["from 2025-02-01T00:00:00.000Z is after to"]
        ),
        ("await sales.getSales({ from: \"2025-02-01\" })", ["from must be an instant such as"]),
        (
            "await sales.getSales({ ...dates.today(), startDate: \"2025-01-01\" })",
            ["either startDate and endDate or from and to"]
        ),
        ("await sales.getSales({ page: 0 })", ["page must be a whole number from 1 to"]),
        ("await sales.getSales({ limit: 1000 })", ["limit must be a whole number from 1 to 100, not 1000"]),
        ("await sales.getSales({ limit: 1.5 })", ["limit must be a whole number"]),
        ("await sales.getSales({ customerId: \"Ana\" })", ["customerId must be an id of 24 hex digits, not \"Ana\""]),
        ("await sales.getSales({ customerId: [\"\(id)\"] })", ["customerId must be an id of 24 hex digits"]),
        ("await sales.getSales({ customerId: { $ne: null } })", ["customerId must be an id of 24 hex digits"]),
        (
            "await sales.getSales({ settlementStatus: \"setled\" })",
            ["settlementStatus must be one of", "did you mean \"settled\"?"]
        ),
        ("await sales.getSales({ sortBy: \"price\" })", ["sortBy must be one of", "\"totalAmount\""]),
        ("await sales.getSales([1])", ["getSales: give one object"]),
        ("await sales.getSaleById()", ["id is missing: it must be an id of 24 hex digits"]),
        ("await sales.getSaleById({ id: \"\(id)\" })", ["Sale not found", "status 404"]),
        ("await customers.getCustomerTransactions({ customerId: \"\(id)\" })", ["Customer not found", "status 404"]),
        ("await customers.findCustomers({ name: \"a\", phone: \"1234\" })", ["give either name or phone"]),
        ("await customers.findCustomers({ phone: \"12\" })", ["at least four digits"]),
        ("await customers.getIdleCustomers({ days: -1 })", ["days must be a whole number from 1 to 3650, not -1"]),
        (
            "await customers.getCustomers({ include: [\"adress\"] })",
            ["include must be a list of \"email\", \"phoneNumber\""]
        ),
        ("await customers.getCustomers({ limit: 5 })", ["unknown parameter \"limit\"", "getCustomers takes include"]),
        ("await products.getProducts({ limit: 5 })", ["getProducts takes no parameters, so not \"limit\""]),
        ("await products.getLowStock({ threshold: \"low\" })", ["threshold must be a whole number from 0 to 100000"]),
        (
            "await reporting.getSalesAnalytics({ groupBy: \"days\" })",
            ["groupBy must be one of", "did you mean \"day\"?"]
        ),
        (
            "await reporting.exportSales({ format: \"products\", customerId: \"\(id)\" })",
            ["takes no customerId or sellerId"]
        ),
        ("await drops.getInventoryDrops({ reason: \"spoiled\" })", ["reason must be one of", "\"expired\""]),
        ("await drops.getInventoryDrops({ limit: 0 })", ["limit must be a whole number from 1 to 1000, not 0"]),
        ("await drops.getInventoryDropById(\"\(id)\")", ["status 404"]),
        ("await drops.settleInventoryDrop({ dropId: \"\(id)\" })", ["nothing to settle", "undo"]),
        ("await sellers.getPendingSellers()", ["needs the role superadmin", "logged in as admin"]),
        (
            "await sellers.getSellers({ include: [\"dateOfBirth\"] })",
            ["operator does not allow", "privacy.personal_data"]
        ),
        ("await auth.refreshToken({ minutes: 2000 })", ["log in again", "status 401"]),
        (
            "await sales.createSale({ customerId: \"\(id)\", products: [] })",
            ["writes are not enabled", "nothing was sent"]
        ),
        ("await sales.settleSale({ id: \"short\" })", ["id must be an id of 24 hex digits"]),
        ("await sellers.deleteSeller(\"\(id)\")", ["give one object"]),
        ("await sellers.deleteSeller({ id: \"\(id)\" })", ["never called through this gateway"]),
        ("await customers.importCustomers()", ["never called through this gateway"]),
        ("await callAPI(\"GET /sales\", { \"customerId[$ne]\": \"x\" })", ["no parameter"]),
        ("await callAPI(\"session open\", { handle: 5 })", ["Nothing is kept"]),
        ("await callAPI(\"session nothing\")", ["there is no call session nothing", "session whoAmI"]),
        ("group.sumBy(await sales.getSales({ limit: 1 }), \"id\", \"id\")", ["give an array of rows", "in .sales"]),
        ("dates.month(\"2025-13\")", ["give a month as YYYY-MM"]),
        ("dates.lastDays(0)", ["whole number of days from 1"]),
        ("dates.period(\"2025-02-30\")", ["give a day that exists"]),
        ("await flow.settleCustomer(\"zzzzqqqq\")", ["no customer is like"]),
        ("await flow.settleCustomer({ customer: \"Ana\", until: \"pay\" })", ["until must be one of \"findCustomer\""]),
    ]

    private static let imports = """
        import * as auth from "./tools/auth"; import * as sales from "./tools/sales"; import * as products from "./tools/products";
        import * as customers from "./tools/customers"; import * as reporting from "./tools/reporting"; import * as sellers from "./tools/sellers";
        import * as drops from "./tools/inventory-drops"; import * as dates from "./lib/dates.js"; import * as group from "./lib/group.js";
        import * as flow from "./workflows/settleCustomer.js";

        """

    @Test("every mistake is named with what is right, and harms nothing")
    func mistakes() async throws {
        try await ServiceBench.with { bench in
            _ = try await bench.run(ServiceBench.login)
            for (code, expected) in Self.cases {
                let answer = try await bench.run(Self.imports + code)
                #expect(answer.isError, "\(code): \(answer.text)")
                for text in expected { #expect(answer.text.contains(text), "\(code)\n\(answer.text)") }
                // Where: the agent's own line, not one of a module.
                if code.hasPrefix("await"), !code.contains("zzzzqqqq") {
                    #expect(answer.text.contains("at line 5"), "\(answer.text)")
                }
            }
            #expect(bench.api.dangerousRequests == 0)
        }
    }

    @Test("without a login the error says how to log in; with the wrong role, which role it takes")
    func access() async throws {
        try await ServiceBench.with { bench in
            let without = try await bench.run("import * as s from './tools/sales'; await s.getUnsettledTotals();")
            #expect(
                without.isError && without.text.contains("Not logged in")
                    && without.text.contains("await login({ email"))
            #expect(bench.api.requestCount == 0)
            let who = try await bench.run("import { whoAmI } from './tools/auth/whoAmI.js'; (await whoAmI()).loggedIn;")
            #expect(who.value == false)
            let user = """
                import { login } from "./tools/auth/login.js"; import * as drops from "./tools/inventory-drops";
                import { wasteReview } from "./workflows/wasteReview.js"; import { dailyClose } from "./workflows/dailyClose.js";
                import * as sellers from "./tools/sellers";
                await login({ email: "user@demo.test", password: "DemoUser1!" });

                """
            for call in [
                "drops.getInventoryDrops()", "drops.getDropAnalytics()", "drops.getUndoableDrops()", "wasteReview()",
                "sellers.getSellers()",
            ] {
                let answer = try await bench.run(user + "await \(call);")
                #expect(answer.isError && answer.text.contains("needs the role admin or superadmin"), "\(answer.text)")
            }
            // What needs no such role works without the waste.
            let close = try await bench.run(user + "const { waste, notes } = await dailyClose(); [waste, notes[0]];")
            #expect(close.value?.text == #"[null,"Waste left out: it needs the role admin."]"#, "\(close.text)")
        }
    }

    @Test("periods and people without anything are empty, not errors")
    func empty() async throws {
        try await ServiceBench.with { bench in
            let answer = try await bench.run(
                ServiceBench.login + """
                    import * as sales from "./tools/sales"; import * as reporting from "./tools/reporting"; import * as drops from "./tools/inventory-drops";
                    import * as customers from "./tools/customers"; import { dailyClose } from "./workflows/dailyClose.js"; import { monthlyReport } from "./workflows/monthlyReport.js";
                    const days = { startDate: "2001-01-01", endDate: "2001-01-02" };
                    const never = (await customers.getCustomers()).find((c) => !c.lastTransaction);
                    const close = await dailyClose({ date: "2001-01-01" });
                    const report = await monthlyReport({ month: "2001-02" });
                    [(await sales.getSales({ ...days, allPages: true })).sales, (await sales.getSales({ page: 9999 })).sales,
                      (await sales.getUnsettledTotals(days)).balance, await reporting.getTopProducts(days),
                      await reporting.exportSales(days), (await reporting.exportSales({ ...days, rows: true })).rows,
                      (await drops.getInventoryDrops({ ...days, allPages: true })).drops, (await drops.getDropAnalytics(days)).summary.totalDropCount,
                      (await customers.getCustomerTransactions({ customerId: never.id, allPages: true })).transactions,
                      await customers.findCustomers("qqqqqq"), close.sales, close.revenue, report.bestDay, report.figures.revenue.changePercent];
                    """)
            #expect(
                answer.value?.text == #"[[],[],0,[],{"csv":""},[],[],0,[],[],0,0,null,null]"#, "\(answer.text)")
        }
    }

    @Test("references to what was deleted are null, and nothing stumbles over them")
    func deleted() async throws {
        try await ServiceBench.with { bench in
            let answer = try await bench.run(
                ServiceBench.login + """
                    import { getSales } from "./tools/sales/getSales.js"; import { exportSales } from "./tools/reporting/exportSales.js";
                    import { getUnsettledTotals } from "./tools/sales/getUnsettledTotals.js"; import { dailyClose } from "./workflows/dailyClose.js";
                    import { shopDay } from "./lib/dates.js";
                    const { sales } = await getSales({ allPages: true });
                    const orphan = sales.find((sale) => sale.customerId === null);
                    const gone = sales.find((sale) => sale.products.some((line) => line.productId === null));
                    const notes = (await dailyClose({ date: shopDay(gone.createdAt) })).notes.join();
                    await getUnsettledTotals();
                    [orphan.id.length, gone.id.length, notes.includes("deleted")];
                    """)
            #expect(answer.value?.text == "[24,24,true]", "\(answer.text)")
        }
    }
}
