import DemoAPI
import Foundation
import JSON
import TestSupport
import Testing
import UpstreamPipeline

@testable import BiteTrack

/// Documentation/agent-guide.md: its scripts run, and its table is the route table.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct AgentGuideTests {
    private func text() throws -> String {
        try String(contentsOf: Project.root.appending(path: "Documentation/agent-guide.md"), encoding: .utf8)
    }

    @Test("every script of the guide runs, one after the other in one session")
    func scripts() async throws {
        let blocks = try self.text().components(separatedBy: "```js\n").dropFirst().map {
            $0.components(separatedBy: "\n```")[0]
        }
        #expect(blocks.count >= 13)
        var demo = DemoConfiguration()
        demo.rateLimit = 10_000
        try await ServiceBench.with(demo: demo) { bench in
            for block in blocks {
                let answer = try await bench.run(block)
                #expect(!answer.isError, "\(block)\n\(answer.text)")
                #expect(answer.value != .null || block.contains("await keep("), "\(block)\n\(answer.text)")
            }
        }
    }

    @Test("its table names every route, and the module that calls it")
    func routes() throws {
        let text = try self.text()
        let catalogue = try ToolCatalogue.load()
        for route in BiteTrackRoutes.table.routes {
            #expect(text.contains("`\(route.id)`"), "\(route.id)")
        }
        let rows = text.matches(of: /\| `([A-Z]+ \S+)` \| `(tools\/\S+\.js)`(.*) \|/)
        #expect(rows.count == BiteTrackRoutes.table.routes.count - 4)
        for row in rows {
            let module = try #require(catalogue.module(at: String(row.2)), "\(row.2)")
            #expect(module.text.contains("callAPI(\"\(row.1)\""), "\(row.2) does not call \(row.1)")
            let writeClass = try #require(BiteTrackRoutes.table[String(row.1)]).writeClass
            #expect(row.3.contains("refused for now") == (writeClass == .confirm), "\(row.1)")
            #expect(row.3.contains("never open") == (writeClass == .forbidden), "\(row.1)")
        }
    }

    @Test("every path it names exists")
    func paths() throws {
        let catalogue = try ToolCatalogue.load()
        for match in try self.text().matches(of: /"\.\/((?:tools|lib|workflows)\/[\w\/-]+\.js)"/) {
            #expect(catalogue.text(of: String(match.1)) != nil, "\(match.1)")
        }
        for name in ["dates", "group", "money", "tables", "match", "pages", "trend", "charts", "results"] {
            #expect(catalogue.text(of: "lib/\(name).js") != nil, "\(name)")
        }
    }
}
