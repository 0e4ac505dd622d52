import DemoAPI
import JSON
import Sessions
import Testing
import TokenVault

@testable import BiteTrack

@Suite(.serialized, .timeLimit(.minutes(2)))
struct ServiceTests {
    @Test("log in, read, reduce; the next run needs no login and no request")
    func mainJob() async throws {
        try await ServiceBench.with { bench in
            let rest = """
                import * as sales from "./tools/sales";
                const { sales: rows } = await sales.getSales({ startDate: "2000-01-01", endDate: "2100-01-01", settled: false });
                console.log(`Found ${rows.length}`);
                rows.reduce((sum, r) => sum + r.totalAmount, 0);
                """
            let first = try await bench.run(ServiceBench.login + rest)
            #expect(!first.isError, "\(first.text)")
            #expect((first.value?.doubleValue ?? 0) > 0)
            #expect(first.structure?["console"]?.text == #"[{"level":"log","text":"Found 50"}]"#)
            #expect(first.text.contains("cost: 2 upstream calls · 98 of 100 left, resets in "), "\(first.text)")

            let second = try await bench.run(rest)
            #expect(second.value == first.value)
            #expect(second.text.contains("no upstream calls (1 from cache)"), "\(second.text)")
            #expect(second.structure?["cost"]?["upstreamCalls"] == 0)
            #expect(bench.api.requestCounts["GET /sales"] == 1)

            let other = try await bench.run(rest, session: "two")
            #expect(other.isError && other.text.contains("Not logged in"), "\(other.text)")
        }
    }

    @Test("every module loads, and every read answers in the shape its documentation promises")
    func everyModule() async throws {
        try await ServiceBench.with { bench in
            let imports = try ToolCatalogue.load().modules.filter { $0.category != "lib" }.map {
                "import { \($0.name) as \($0.name)_ } from \"./\($0.path)\";"
            }
            let answer = try await bench.run(
                ServiceBench.login + imports.joined(separator: "\n") + """

                    import * as sales from "./tools/sales";
                    import * as products from "./tools/products/index.js";
                    import * as customers from "./tools/customers";
                    import * as reporting from "./tools/reporting";
                    import * as drops from "./tools/inventory-drops";
                    const [list, stock, people, report, waste] = await Promise.all([
                      sales.getSales({ limit: 100, settlementStatus: "settled", sortBy: "totalAmount", sortOrder: "asc" }),
                      products.getProducts(), customers.getCustomers(), reporting.getSalesAnalytics({ groupBy: "month" }),
                      drops.getInventoryDrops({ limit: 1000, includeUndone: true }),
                    ]);
                    const amounts = list.sales.map((sale) => sale.totalAmount);
                    const one = await sales.getSaleById({ id: list.sales[0].id });
                    const sameOne = await sales.getSaleById(list.sales[0].id);
                    const product = await products.getProductById({ id: stock[3].id });
                    const customer = await customers.getCustomerById(people[2].id.toUpperCase());
                    const bought = await customers.getCustomerTransactions({ customerId: people[2].id, limit: 5 });
                    ({
                      sorted: amounts.every((amount, i) => i === 0 || amounts[i - 1] <= amount),
                      settled: list.sales.every((sale) => sale.settled === true),
                      one: one.id === sameOne.id && typeof one.customerId,
                      product: product.name === stock[3].name, customer: customer.id === people[2].id,
                      bought: bought.customer.id === people[2].id && Array.isArray(bought.transactions),
                      report: report.summary.totalSales > 0 && report.topProducts.length <= 10,
                      waste: waste.drops.length > 10,
                    });
                    """)
            #expect(
                answer.value?.text == #"{"sorted":true,"settled":true,"one":"string","product":true,"customer":true,"#
                    + #""bought":true,"report":true,"waste":true}"#, "\(answer.text)")
            // Login, five lists, one sale, one customer's sales; by-id reads came out of the lists.
            #expect(answer.structure?["cost"]?["upstreamCalls"] == 8, "\(answer.text)")
            #expect(bench.api.dangerousRequests == 0)
        }
    }

    @Test("what a script asks for together shares requests, and each call gets its own answer")
    func together() async throws {
        try await ServiceBench.with { bench in
            _ = try await bench.run(ServiceBench.login + "1")
            let answer = try await bench.run(
                """
                import { getCustomers, getCustomerById } from "./tools/customers";
                import { getSales } from "./tools/sales";
                const days = [1, 2, 3, 4, 5].map((n) => new Date(Date.now() - n * 86400000).toISOString().slice(0, 10));
                const [pages, byDay] = await Promise.all([
                  Promise.all([1, 2, 3, 4].map((page) => getSales({ page, limit: 25 }))),
                  Promise.all(days.map((day) => getSales({ startDate: day, endDate: day, limit: 50 }))),
                ]);
                const ids = (await getCustomers()).slice(0, 25).map((c) => c.id);
                const people = await Promise.all(ids.map((id) => getCustomerById(id)));
                ({
                  pages: pages.map((p) => p.pagination.currentPage).join() + ":" + new Set(pages.flatMap((p) => p.sales.map((s) => s.id))).size,
                  days: byDay.every((d, i) => d.filters.dateRange.startDate === days[i] && d.sales.every((s) => s.createdAt.startsWith(days[i]))),
                  people: people.every((p, i) => p.id === ids[i]),
                });
                """)
            #expect(answer.value?.text == #"{"pages":"1,2,3,4:100","days":true,"people":true}"#, "\(answer.text)")
            #expect(answer.structure?["cost"]?["upstreamCalls"] == 3, "\(answer.text)")
            #expect(bench.api.requestCounts["GET /sales"] == 2 && bench.api.requestCounts["GET /customers"] == 1)
        }
    }

    @Test("identical calls at once are one request")
    func coalescing() async throws {
        try await ServiceBench.with { bench in
            let answer = try await bench.run(
                ServiceBench.login + """
                    import { getSales } from "./tools/sales/getSales.js";
                    const all = await Promise.all(Array.from({ length: 5 }, () => getSales({ limit: 1 })));
                    all.map((page) => page.pagination.totalSales > 0);
                    """)
            #expect(answer.value?.text == "[true,true,true,true,true]", "\(answer.text)")
            #expect(bench.api.requestCounts["GET /sales"] == 1)
            #expect(answer.text.contains("2 upstream calls"), "\(answer.text)")
        }
    }

    @Test("all pages are read on request, each sale once")
    func allPages() async throws {
        try await ServiceBench.with { bench in
            let answer = try await bench.run(
                ServiceBench.login + """
                    import { getSales } from "./tools/sales/getSales.js";
                    const { sales, pagination } = await getSales({ allPages: true });
                    const { pagination: first } = await getSales({ limit: 1 });
                    [sales.length === first.totalSales, new Set(sales.map((s) => s.id)).size === sales.length,
                      pagination.totalPages, sales.length > 500];
                    """)
            #expect(answer.value?.text == "[true,true,1,true]", "\(answer.text)")
        }
    }

    @Test("a bare endDate of drops includes its day")
    func dropDates() async throws {
        try await ServiceBench.with { bench in
            let answer = try await bench.run(
                ServiceBench.login + """
                    import { getInventoryDrops } from "./tools/inventory-drops/getInventoryDrops.js";
                    const { drops } = await getInventoryDrops({ limit: 1000, includeUndone: true });
                    const day = drops[0].droppedAt.slice(0, 10);
                    const { drops: ofDay } = await getInventoryDrops({ startDate: day, endDate: day, limit: 1000, includeUndone: true });
                    ofDay.length === drops.filter((drop) => drop.droppedAt.startsWith(day)).length && ofDay.length > 0;
                    """)
            #expect(answer.value == true, "\(answer.text)")
        }
    }

    private static let mistakes: [(line: String, expected: [String])] = [
        ("await sales.getSales({ limt: 5 });", ["limt", "limit"]),
        ("await sales.getSales({ settlementStatus: \"open\" });", ["settlementStatus must be", "\"open\""]),
        ("await sales.getSales({ sortOrder: \"up\" });", ["sortOrder must be"]),
        ("await sales.getSales({ settled: true, settlementStatus: \"all\" });", ["not both"]),
        ("await sales.getSales({ startDate: \"2024-02-31\" });", ["startDate"]),
        ("await sales.getSaleById({ id: \"x\" });", ["id", "24"]),
        ("await sales.getSaleById({ id: \"64b0000000000000000fffff\" });", ["Sale not found", "404"]),
        (
            "await products.getProductById({ id: \"64b0000000000000000fffff\" });",
            ["not found", "status 404", "hint"]
        ),
        ("await products.getProductById({});", ["id is missing: it must be an id of 24 hex digits"]),
        ("await customers.getCustomerById(\"64b0000000000000000fffff\");", ["not found", "status 404"]),
        (
            "const id = \"64b0000000000000000fffff\"; await customers.getCustomerTransactions({ id, customerId: id });",
            ["not both"]
        ),
        ("await callAPI(\"GET /nowhere\");", ["GET /nowhere"]),
        (
            "await callAPI(\"DELETE /customers/{id}\", { id: \"64b0000000000000000fffff\" });",
            ["writes are not enabled"]
        ),
    ]

    @Test("mistakes get an error that says what is right, and what had happened")
    func mistakes() async throws {
        try await ServiceBench.with { bench in
            for (line, expected) in Self.mistakes {
                let answer = try await bench.run(
                    """
                    import * as auth from "./tools/auth";
                    import * as sales from "./tools/sales";
                    import * as products from "./tools/products";
                    import * as customers from "./tools/customers";
                    await auth.login({ email: "admin@demo.test", password: "\(ServiceBench.password)" });
                    \(line)
                    """)
                #expect(answer.isError, "\(line)")
                for text in expected { #expect(answer.text.contains(text), "\(answer.text)") }
                #expect(answer.text.contains("calls made: POST /auth/login → 200"), "\(answer.text)")
                #expect(answer.text.contains("at line 6"), "\(answer.text)")
            }
        }
    }

    @Test("a wrong password says so, and appears nowhere")
    func wrongPassword() async throws {
        try await ServiceBench.with { bench in
            let answer = try await bench.run(
                """
                import * as auth from "./tools/auth";
                const secret = ["Wrong", "Secret", "1!"].join("");
                console.log("trying", secret);
                await auth.login({ email: "admin@demo.test", password: secret });
                """)
            #expect(answer.isError && answer.text.contains("Invalid email or password"), "\(answer.text)")
            #expect(answer.text.contains("do not guess"), "\(answer.text)")
            #expect(!answer.everything.contains("WrongSecret1!"), "\(answer.everything)")
        }
    }

    @Test("a plain user is told which role waste needs")
    func role() async throws {
        try await ServiceBench.with { bench in
            let answer = try await bench.run(
                """
                import { login } from "./tools/auth/login.js";
                import { getInventoryDrops } from "./tools/inventory-drops/getInventoryDrops.js";
                await login({ email: "user@demo.test", password: "DemoUser1!" });
                await getInventoryDrops();
                """)
            #expect(answer.isError && answer.text.contains("needs the role admin or superadmin"), "\(answer.text)")
            #expect(bench.api.requestCounts["GET /inventory-drops"] == nil)
        }
    }

    @Test("an endless loop is ended and told, and the next run works")
    func endlessLoop() async throws {
        try await ServiceBench.with(timeout: .milliseconds(300)) { bench in
            let answer = try await bench.run("console.log('before'); for (;;) {}")
            #expect(answer.isError)
            #expect(answer.structure?["error"]?["code"] == "timeout", "\(answer.text)")
            #expect(answer.text.contains("console:\nbefore"), "\(answer.text)")
            #expect(try await bench.run("1 + 1").value == 2)
        }
    }

    @Test("a syntax error names the line and hides the password on it")
    func syntaxError() async throws {
        try await ServiceBench.with { bench in
            let answer = try await bench.run(
                "const a = 1;\nawait login({ email: 'x@y.z', password: 'NeverShown1!' ;\n")
            #expect(answer.isError && answer.text.contains("at line 2"), "\(answer.text)")
            #expect(!answer.everything.contains("NeverShown1!"), "\(answer.everything)")
        }
    }

    @Test("neither password nor token reach a result or a log, however a script tries")
    func secrets() async throws {
        try await ServiceBench.with { bench in
            let session = SessionID(rawValue: "one")
            let scripts = [
                ServiceBench.login + "const p = \"\(ServiceBench.password)\"; console.log(p); ({ p, q: [p] });",
                ServiceBench.login + "throw new Error(\"\(ServiceBench.password)\");",
                """
                import { callAPI } from "bitetrack:api";
                const reply = await callAPI("POST /auth/login", { email: "admin@demo.test", password: "\(ServiceBench.password)" });
                console.log(JSON.stringify(reply)); Object.keys(reply);
                """,
                "console.log('\(ServiceBench.password)'); '\(ServiceBench.password)'",
            ]
            for script in scripts {
                let answer = try await bench.run(script)
                #expect(!answer.everything.contains(ServiceBench.password), "\(answer.everything)")
                #expect(!answer.everything.contains("eyJ"), "\(answer.everything)")
            }
            let token = try #require(try bench.vault.token(session: session.rawValue)).reveal { $0 }
            #expect(!bench.logs.text.contains(ServiceBench.password) && !bench.logs.text.contains(token))
            #expect(bench.logs.text.contains("run finished"))
            #expect(!bench.logs.text.contains("\"one\""))
        }
    }

    @Test("the end of a session takes its login along")
    func endSession() async throws {
        try await ServiceBench.with { bench in
            _ = try await bench.run(ServiceBench.login)
            #expect(bench.vault.identity(session: "one")?.role == "admin")
            bench.service.endSession(SessionID(rawValue: "one"))
            #expect(bench.vault.identity(session: "one") == nil)
            let answer = try await bench.run(
                "import { getSales } from './tools/sales/getSales.js'; await getSales();")
            #expect(answer.text.contains("Not logged in"), "\(answer.text)")
        }
    }

    @Test("too many runs are refused with the time to wait, each session for itself")
    func rate() async throws {
        try await ServiceBench.with(runsPerMinute: 2) { bench in
            for _ in 0..<2 { #expect(try await bench.run("1").value == 1) }
            let refused = try await bench.run("1")
            #expect(
                refused.isError
                    && refused.text == "Too many runs: at most 2 per minute. Wait 30 s, and do more in one run.")
            #expect(try await bench.run("1", session: "two").value == 1)
            bench.clock.value = .seconds(30)
            #expect(try await bench.run("1").value == 1)
        }
    }

    @Test("the tools answer, and name what is wrong with their arguments")
    func tools() async throws {
        try await ServiceBench.with { bench in
            #expect(
                try await bench.call("search_tools", ["query": "list sales"]).text.hasPrefix("tools/sales/getSales"))
            #expect(try await bench.call("read_tools", ["path": "tools"]).text.contains("tools/sales/: "))
            for (tool, arguments, message) in [
                ("search_tools", ["querry": "x"], "did you mean `query`?"), ("read_tools", ["path": "../x"], "no `..`"),
                ("read_tools", [:], "`path` is missing"), ("run_code", ["code": "  \n"], "`code` is empty"),
                ("run_code", ["cod": "1"], "did you mean `code`?"), ("run_code", ["code": 1], "must be a string"),
                ("run_code", ["code": .string(String(repeating: " ", count: 300_000))], "at most 262144"),
            ] as [(String, JSONObject, String)] {
                let answer = try await bench.call(tool, arguments)
                #expect(answer.isError && answer.text.contains(message), "\(answer.text)")
            }
        }
    }

    @Test("scripts search and read the tree themselves")
    func insideTheTree() async throws {
        try await ServiceBench.with { bench in
            let answer = try await bench.run(
                """
                const [hit] = await searchTools("list waste", { limit: 1 });
                const text = await fs.readFile(hit.path);
                [hit.name, text.includes("export async function getInventoryDrops")];
                """)
            #expect(answer.value?.text == #"["getInventoryDrops",true]"#, "\(answer.text)")
        }
    }

    @Test("an upstream that fails is told as such, and the cost says what it took")
    func upstreamDown() async throws {
        try await ServiceBench.with { bench in
            _ = try await bench.run(ServiceBench.login)
            bench.api.inject(.serverError, requests: 10, pathPrefix: "/products")
            let answer = try await bench.run(
                "import { getProducts } from './tools/products/getProducts.js'; await getProducts();")
            #expect(answer.isError && answer.text.contains("status 500"), "\(answer.text)")
            #expect(answer.text.contains("upstream call"), "\(answer.text)")
        }
    }
}
