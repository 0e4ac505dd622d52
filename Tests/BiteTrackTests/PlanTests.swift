import DemoAPI
import JSON
import Testing

@testable import BiteTrack

/// `run_code` with `plan`: what a script would cost, found out without sending anything.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct PlanTests {
    private func plan(_ code: String, _ bench: ServiceBench) async throws -> ServiceBench.Answer {
        let before = bench.api.requestCount
        let answer = try await bench.call("run_code", ["code": .string(code), "plan": true])
        #expect(bench.api.requestCount == before, "nothing was sent")
        return answer
    }

    @Test("calls side by side are counted as the batcher would send them, and the script stops there")
    func sideBySide() async throws {
        try await ServiceBench.with { bench in
            _ = try await bench.run(ServiceBench.login)
            let code = """
                import { callAPI } from "bitetrack:api";
                const ids = Array.from({ length: 40 }, (_, n) => "64b0000000000000000000" + (10 + n));
                const [sales] = await Promise.all([
                  callAPI("GET /sales", { limit: 10, page: 1 }), callAPI("GET /sales", { limit: 10, page: 2 }),
                  callAPI("GET /sales", { page: 2, limit: 10 }), callAPI("GET /products", {}),
                  ...ids.map((id) => callAPI("GET /customers/{id}", { id }).catch(() => null)),
                ]);
                await callAPI("GET /inventory-drops", {});
                sales.sales.length;
                """
            let answer = try await self.plan(code, bench)
            #expect(!answer.isError && answer.value == nil)
            #expect(answer.text.hasPrefix("plan: at least 3 upstream calls, nothing was sent: "), "\(answer.text)")
            #expect(answer.text.contains("GET /sales for 3 calls"), "\(answer.text)")
            // A script has 32 calls under way at most; those behind them are not seen.
            #expect(answer.text.contains("GET /customers for 28 calls"), "\(answer.text)")
            let plan = try #require(answer.structure?["plan"])
            #expect(plan["upstreamCallsAtLeast"] == 3 && plan["fromCache"] == 0 && plan["remaining"] == 99)

            // The first part costs what was said; what comes after it was not counted.
            let run = try await bench.run(code)
            #expect(run.structure?["cost"]?["upstreamCalls"] == 4, "\(run.text)")
            // Now all of it is in the cache: the plan is the run.
            let again = try await self.plan(code, bench)
            #expect(again.value == 10 && again.text.contains("no upstream calls"), "\(again.text)")
        }
    }

    @Test("what is kept is used; the next step is counted, and then the script stops")
    func steps() async throws {
        try await ServiceBench.with { bench in
            _ = try await bench.run(
                ServiceBench.login
                    + #"import { getProducts } from "./tools/products/getProducts.js"; (await getProducts()).length"#)
            let answer = try await self.plan(
                """
                import { getProducts } from "./tools/products/getProducts.js";
                import { getCustomers } from "./tools/customers/getCustomers.js";
                import { keep } from "./lib/results.js";
                await keep(await getProducts());
                await getProducts();
                console.log("not yet");
                await getCustomers();
                console.log("never");
                await getProducts();
                """, bench)
            #expect(answer.structure?["plan"]?["upstreamCallsAtLeast"] == 1)
            #expect(answer.structure?["plan"]?["fromCache"] == 2, "\(answer.text)")
            #expect(answer.text.contains("at least 1 upstream call, nothing was sent: GET /customers\n"))
            let kept = try await bench.run(#"import { kept } from "./lib/results.js"; (await kept()).length"#)
            #expect(kept.value == 0, "a plan keeps nothing")
        }
    }

    @Test("a login is counted, not sent; nobody is logged in after it")
    func login() async throws {
        try await ServiceBench.with { bench in
            let answer = try await self.plan(ServiceBench.login + "1", bench)
            #expect(answer.text.contains("POST /auth/login"))
            #expect(!answer.everything.contains(ServiceBench.password))
            let who = try await bench.run(
                #"import { whoAmI } from "./tools/auth/whoAmI.js"; (await whoAmI()).loggedIn"#)
            #expect(who.value == false)
        }
    }

    @Test("what would be refused is refused, and a script that needs nothing just runs")
    func refused() async throws {
        try await ServiceBench.with { bench in
            let anonymous = try await self.plan(
                #"import { callAPI } from "bitetrack:api"; await callAPI("GET /sales", {})"#, bench)
            #expect(anonymous.isError && anonymous.text.contains("Not logged in"))
            _ = try await bench.run(ServiceBench.login)
            let wrong = try await self.plan(
                #"import { callAPI } from "bitetrack:api"; await callAPI("GET /sales", { page: 0 })"#, bench)
            #expect(wrong.isError && wrong.text.contains("page"))
            let write = try await self.plan(
                #"import { callAPI } from "bitetrack:api"; await callAPI("DELETE /customers/{id}", { id: "x" })"#, bench
            )
            #expect(write.isError && write.text.contains("writes are not enabled"))
            #expect(try await self.plan("6 * 7", bench).value == 42)
            let odd = try await bench.call("run_code", ["code": "1", "plan": "yes"])
            #expect(odd.isError && odd.text == "`plan` must be true or false, not a string.")
        }
    }
}
