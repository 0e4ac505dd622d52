import DemoAPI
import Foundation
import JSON
import NIOCore
import TestSupport
import Testing
import UpstreamPipeline

@testable import BiteTrack
@testable import Observability

/// Few tokens, and counted the same way everywhere.
struct EconomyTests {
    @Test(
        "a token is four bytes, a part of one counts whole", arguments: [(0, 0), (1, 1), (4, 1), (5, 2), (2400, 600)])
    func estimate(bytes: Int, tokens: Int) { #expect(TokenEstimate.tokens(inBytes: bytes) == tokens) }

    @Test("the longest cost line is at most 40 tokens")
    func costLine() {
        var ledger = RunLedger()
        func reply(_ source: PipelineReply.Source, exchanges: Int) -> PipelineReply {
            PipelineReply(status: 200, contentType: nil, body: ByteBuffer(), source: source, exchanges: exchanges)
        }
        for _ in 0..<50 { ledger.record("GET /sales", reply(.upstream, exchanges: 3)) }
        for _ in 0..<50 { ledger.record("GET /sales", reply(.cache(age: .zero), exchanges: 0)) }
        for _ in 0..<50 { ledger.record("GET /sales", reply(.coalesced, exchanges: 0)) }
        let line = CostLine(
            ledger: ledger, budget: Budget(limit: 1_000_000, remaining: 999_999, resetsIn: .seconds(86_400)),
            duration: .seconds(600)
        ).text
        #expect(TokenEstimate.tokens(inBytes: line.utf8.count) <= 40, "\(line)")
        #expect(ledger.calls == ["GET /sales": 150])
    }

    @Test("metrics tell what models read, what they were spared, and which routes are used")
    func metrics() async throws {
        try await ServiceBench.with { bench in
            _ = try await bench.call("search_tools", ["query": "unpaid sales"])
            _ = try await bench.call("read_tools", ["path": "tools/sales/getSales.js"])
            _ = try await bench.call("read_tools", ["path": "tools"])
            _ = try await bench.run(
                ServiceBench.login
                    + "import { getSales } from './tools/sales/getSales.js'; (await getSales({ limit: 100 })).sales.length;"
            )
            let text = bench.metrics.prometheusText()
            func value(_ name: String) -> Int {
                let line = text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
                return line.flatMap { $0.split(separator: " ").last }.flatMap { Double($0) }.map { Int($0) } ?? -1
            }
            let guide = try String(
                contentsOf: Project.root.appending(path: "Documentation/agent-guide.md"), encoding: .utf8)
            let documented = Set(guide.matches(of: /bitetrack_[a-z_]+/).map { String($0.0) })
            #expect(documented.count >= 7)
            for name in documented { #expect(text.contains("\n\(name)"), "\(name) is documented and not there") }
            #expect((300...600).contains(value("bitetrack_surface_tokens")), "\(text)")
            #expect(value("bitetrack_modules_read_total") == 1)
            // login.js and getSales.js, of one run.
            #expect(value("bitetrack_modules_used_total") == 2)
            #expect(value("bitetrack_runs_total{outcome=\"value\"}") == 1)
            #expect(value("bitetrack_result_tokens_total{tool=\"search_tools\"}") > 50)
            #expect(value("bitetrack_result_tokens_total{tool=\"read_tools\"}") > 500)
            #expect((5...40).contains(value("bitetrack_result_tokens_total{tool=\"run_code\"}")))
            #expect(value("bitetrack_direct_tokens_total") > 15_000)
            #expect(value("bitetrack_saved_tokens_total") > 15_000)
            #expect(value("bitetrack_route_calls_total{route=\"GET /sales\"}") == 1)
        }
    }

    @Test("modules read as resources count like those read as tools, folders and types do not")
    func resources() async throws {
        try await ServiceBench.with { bench in
            let peer = MCPPeer(bench.mcp)
            for path in ["tools/sales/getSales.js", "tools", "tools/sales/types.d.ts", "lib/dates.js"] {
                let read = await (try peer.ask("resources/read", ["uri": .string("bitetrack://\(path)")])).end()
                #expect(read?["result"]?["contents"] != nil, "\(path)")
            }
            #expect(bench.metrics.prometheusText().contains("\nbitetrack_modules_read_total 2\n"))
        }
    }

    @Test(
        "the modules of a script are those it imports or reads",
        arguments: [
            ("import { getSales } from './tools/sales/getSales.js'; 1", ["tools/sales/getSales.js"]),
            (
                "import * as sales from \"./tools/sales\"; import './lib/dates'",
                ["tools/sales/index.js", "lib/dates.js"]
            ),
            ("const { today } = await import( `./lib/dates.js` )", ["lib/dates.js"]),
            (
                "await fs.readFile('tools/sales/getSales.js'); await fs.readFile(\"lib/types.d.ts\")",
                ["tools/sales/getSales.js"]
            ),
            ("import a from './lib/dates.js'; import b from './lib/dates.js'", ["lib/dates.js"]),
            ("'lib/dates.js'; f('./lib/dates.js'); import x from './lib/none.js'; import y from '../lib/dates.js'", []),
            ("const s = 'it\\'s from'; \"./lib/dates.js\"; import './lib/dates.js", []),
            ("", []),
        ])
    func imports(code: String, paths: [String]) throws {
        #expect(ModuleImports.paths(in: code, of: try ToolCatalogue.load()) == Set(paths))
    }

    @Test("scripts see personal data only when they ask for it, whatever they call")
    func masked() async throws {
        try await ServiceBench.with(personalData: PersonalData(allowed: [.phoneNumber])) { bench in
            _ = try await bench.run(ServiceBench.login)
            let answer = try await bench.run(
                """
                const [plain, asked] = [await callAPI("GET /customers"), await callAPI("GET /customers", { include: ["phoneNumber"] })];
                const refused = await callAPI("GET /customers", { include: ["email"] }).catch((e) => e.status);
                const csv = await callAPI("GET /reporting/sales/export", { format: "summary" });
                const sales = await callAPI("GET /sales", { limit: 100 });
                const sellers = await callAPI("GET /sellers");
                [plain.every((c) => /^\\*\\*\\*\\d{4}$/.test(c.phoneNumber) && (!c.email || c.email === "***")),
                  asked.every((c) => /^\\d{7,10}$/.test(c.phoneNumber)), refused, csv.includes("@"),
                  sales.sales.every((s) => !s.customerId?.email || s.customerId.email === "***"),
                  sellers.every((s) => s.email === "***" && s.dateOfBirth === "***"),
                  JSON.stringify([plain, asked, csv, sales, sellers]).includes("@")];
                """)
            #expect(answer.value?.text == "[true,true,403,false,true,true,false]", "\(answer.text)")
        }
    }
}
