import DemoAPI
import JSON
import Testing

@testable import BiteTrack

/// The helpers of ./lib, in the real sandbox.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct HelperTests {
    private static let cases: [(code: String, value: String)] = [
        (
            """
            import * as d from "./lib/dates.js";
            const p = d.period("2025-01-31", "2025-02-01");
            [p.from, p.to, p.days, p.includes("2025-01-31T05:00:00.000Z"), p.includes("2025-02-02T05:00:00.000Z"),
              d.month("2024-02").days.endDate, d.shopDay("2025-03-01T04:59:59Z"), d.shopHour("2025-03-01T04:59:59Z"),
              d.addDays("2025-12-31", 1), d.daysBetween("2025-02-28", "2025-03-01"), d.weekday("2025-11-24"),
              d.eachDay("2025-02-27", "2025-03-01"), { ...p }];
            """,
            #"["2025-01-31T05:00:00.000Z","2025-02-02T05:00:00.000Z",{"startDate":"2025-01-31","endDate":"2025-02-01"},"#
                + #"true,false,"2024-02-29","2025-02-28",23,"2026-01-01",1,"Monday",["2025-02-27","2025-02-28","2025-03-01"],"#
                + #"{"from":"2025-01-31T05:00:00.000Z","to":"2025-02-02T05:00:00.000Z"}]"#
        ),
        (
            """
            import * as d from "./lib/dates.js";
            const day = d.shopDay(), week = d.thisWeek().days;
            [d.today().days.startDate === day, d.yesterday().to === d.today().from, d.lastDays(7).days.endDate === day,
              d.daysBetween(d.lastDays(7).days.startDate, day), d.weekday(week.startDate), d.weekday(week.endDate),
              d.lastWeek().to === d.thisWeek().from, d.lastMonth().to === d.thisMonth().from, d.today().includes(new Date().toISOString())];
            """, #"[true,true,true,6,"Monday","Sunday",true,true,true]"#
        ),
        (
            """
            import * as g from "./lib/group.js";
            const rows = [{ k: "a", n: 1 }, { k: "b", n: 5 }, { k: "a", n: 2 }];
            [g.sumBy(rows, "k", "n"), g.countBy(rows, (r) => r.k), g.sum(rows, "n"), g.average([1, 2]), g.average([]),
              g.top(rows, 1, "n"), g.median([3, 1, 2]), g.percentile([10, 20], 75), g.percentile([], 50),
              g.joinById([{ c: { id: "1" } }, { c: "2" }], "c", [{ id: "1", x: 9 }], "o").map((r) => r.o),
              [...g.groupBy(rows, "k").keys()]];
            """,
            #"[[{"key":"b","sum":5,"count":1},{"key":"a","sum":3,"count":2}],[{"key":"a","count":2},{"key":"b","count":1}],8,"#
                + #"1.5,null,[{"k":"b","n":5}],2,17.5,null,[{"id":"1","x":9},null],["a","b"]]"#
        ),
        (
            """
            import * as m from "./lib/money.js";
            [m.cents(3 * 2.49), m.cents(1.005), m.cents(-7.47), m.round(5 * 3.99), m.sumMoney([0.1, 0.2]), m.sumMoney([{ a: 0.7 }, { a: 0.1 }], "a"),
              m.balance({ totalAmount: 7.470000000000001, amountPaid: 7.47 }), m.formatMoney(1234567.5), m.formatMoney(-0.5), m.fromCents(747)];
            """, #"[747,101,-747,19.95,0.3,0.8,0,"1,234,567.50","-0.50",7.47]"#
        ),
        (
            #"""
            import * as t from "./lib/tables.js";
            const rows = [{ a: 'x,"y"', b: 1 }, { a: "p|q\nr", b: null }];
            [t.toCSV(rows), t.parseCSV(t.toCSV(rows)), t.toMarkdown(rows, { A: "a", Twice: (r) => r.b * 2 }), t.parseCSV(""), t.toCSV([])];
            """#,
            #"["a,b\n\"x,\"\"y\"\"\",1\n\"p|q\nr\",",[{"a":"x,\"y\"","b":"1"},{"a":"p|q\nr","b":""}],"#
                + #""| A | Twice |\n| --- | --- |\n| x,\"y\" | 2 |\n| p\\|q r | 0 |",[],""]"#
        ),
        (
            """
            import * as t from "./lib/trend.js";
            [t.trend([1, 3, 5]), t.forecast([3, 2, 1], 2), t.movingAverage([1, 2, 3], 2), t.trend([2, 2]).r2];
            """, #"[{"slope":2,"intercept":1,"r2":1},[0,0],[null,1.5,2.5],1]"#
        ),
        (
            """
            import { bestMatches, fold } from "./lib/match.js";
            const names = ["Ana Gómez", "Mariana Gomes", "Pedro Ñáñez"].map((n) => ({ n }));
            const find = (words) => bestMatches(names, words, (r) => r.n).map((r) => r.n);
            [find("ana gomez"), find("NANEZ"), find("gomze"), find("xyz"), fold("Él-2!")];
            """, #"[["Ana Gómez","Mariana Gomes"],["Pedro Ñáñez"],["Ana Gómez"],[],"el 2"]"#
        ),
        (
            """
            import { lineChart, barChart } from "./lib/charts.js";
            const chart = lineChart({ title: "<b>&", labels: ["a", "b"], values: [1, -2] });
            [chart.type, chart.svg.includes("<b>"), barChart({ title: "", labels: ["x"], values: [0] }).svg.startsWith("<svg ")].concat(0);
            """, #"["image",false,true,0]"#
        ),
    ]

    @Test("helpers reckon as they say")
    func helpers() async throws {
        try await ServiceBench.with { bench in
            for (code, value) in Self.cases {
                let answer = try await bench.run(code)
                #expect(answer.value?.text == value, "\(code)\n\(answer.text)")
            }
        }
    }

    @Test("days of a zone whose clocks change are 23 or 25 hours long")
    func clockChange() async throws {
        let zone = try #require(ShopZone(identifier: "Europe/Madrid", now: 1_763_985_600))
        try await ServiceBench.with(zone: zone) { bench in
            let answer = try await bench.run(
                """
                import { period, shopDay, shopHour, timeZone } from "./lib/dates.js";
                const hours = (day) => { const p = period(day); return (Date.parse(p.to) - Date.parse(p.from)) / 3600000; };
                [timeZone, hours("2025-03-30"), hours("2025-10-26"), hours("2025-10-27"), period("2025-03-30").from,
                  period("2025-03-31").from, shopDay("2025-10-26T22:59:59Z"), shopDay("2025-10-26T23:00:00Z"), shopHour("2025-10-26T01:00:00Z")];
                """)
            #expect(
                answer.value?.text
                    == #"["Europe/Madrid",23,25,24,"2025-03-29T23:00:00.000Z","2025-03-30T22:00:00.000Z","#
                    + #""2025-10-26","2025-10-27",2]"#, "\(answer.text)")
        }
    }

    @Test("a list that grows while it is read loses nothing and doubles nothing; one that shrinks says so")
    func changingList() async throws {
        try await ServiceBench.with { bench in
            let answer = try await bench.run(
                """
                import { readAll, pages } from "./lib/pages.js";
                // Newest first, pages of two; each reading after the first finds `change` rows more or fewer in front.
                const list = (change) => {
                  let rows = [5, 4, 3, 2, 1].map((n) => ({ id: "r" + n })), reads = 0;
                  return async (page) => {
                    if (reads++ === 1) rows = change > 0 ? [{ id: "new" }, { id: "newer" }, ...rows] : rows.slice(-change);
                    const from = (page - 1) * 2;
                    return { rows: rows.slice(from, from + 2),
                      pagination: { total: rows.length, totalPages: Math.ceil(rows.length / 2), hasNextPage: from + 2 < rows.length } };
                  };
                };
                const same = await readAll(list(0), "rows", "total", "f");
                const grown = await readAll(list(2), "rows", "total", "f");
                const shrunk = await readAll(list(-1), "rows", "total", "f");
                const walked = [];
                const read = list(0);
                for await (const { rows } of pages(({ page }) => read(page))) walked.push(...rows.map((r) => r.id));
                [same.rows.length, same.changed, grown.rows.map((r) => r.id).sort(), grown.changed, shrunk.changed, walked.length];
                """)
            #expect(answer.value?.text == #"[5,false,["r1","r2","r3","r4","r5"],true,true,5]"#, "\(answer.text)")
        }
    }

    @Test("a workflow stops after a step, and names its steps when one is wrong")
    func steps() async throws {
        try await ServiceBench.with { bench in
            let answer = try await bench.run(
                ServiceBench.login + """
                    import { dailyClose, steps } from "./workflows/dailyClose.js";
                    import { runSteps } from "./lib/steps.js";
                    const state = await dailyClose({ until: "readSales" });
                    const rest = await runSteps("dailyClose", steps, state, { from: "readWaste" });
                    const wrong = await runSteps("dailyClose", steps, {}, { from: "readWast" }).catch((e) => e.message);
                    [Array.isArray(state.sales), state.report === undefined, state.step, rest.report.sales === state.sales.length, wrong];
                    """)
            #expect(
                answer.value?.text
                    == #"[true,true,"readSales",true,"dailyClose: no step \"readWast\"; did you mean readWaste?"]"#,
                "\(answer.text)")
        }
    }

    @Test("big values are kept by themselves and opened again, without asking upstream")
    func handles() async throws {
        try await ServiceBench.with { bench in
            let big = try await bench.run(
                ServiceBench.login + """
                    import { getSales } from "./tools/sales/getSales.js";
                    (await getSales({ allPages: true })).sales;
                    """)
            #expect(big.structure?["handle"] == "r1" && big.structure?["truncated"] == true && !big.isError)
            #expect(big.text.utf8.count < 3000 && big.text.contains("const value = await open(\"r1\");"), "\(big.text)")
            let requests = bench.api.requestCount
            let again = try await bench.run(
                """
                import { open, keep, kept, progress } from "./lib/results.js";
                const sales = await open("r1");
                await progress("half");
                const { handle } = await keep(sales.slice(0, 3).map((sale) => sale.id));
                [sales.length > 500, handle, (await open(handle)).length, (await kept()).map((k) => k.handle),
                  await open("r7").catch((e) => [e.status, e.message])];
                """)
            #expect(
                again.value?.text
                    == #"[true,"r2",3,["r1","r2"],[404,"Nothing is kept under \"r7\" (any more)."]]"#, "\(again.text)")
            #expect(bench.api.requestCount == requests)
            let other = try await bench.run(
                "import { open } from './lib/results.js'; await open('r1');", session: "two")
            #expect(other.isError && other.text.contains("status 404"), "\(other.text)")
        }
    }
}
