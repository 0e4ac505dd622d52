import Foundation
import JSON
import TestSupport
import Testing

/// The load generator against the real sidecar, briefly.
struct BenchTests {
    @Test("measures every scenario without an error")
    func everyScenario() async throws {
        let result = try await Command.run(
            Project.program("bench"), ["--sessions", "1,4", "--seconds", "1", "--json"], seconds: 90)
        try #require(result.status == 0, "\(result.output)\(result.errors)")
        let report = try JSONValue(parsing: result.output.trimmingCharacters(in: .whitespacesAndNewlines))
        let rows = try #require(report["measurements"]?.arrayValue)
        #expect(rows.count == 8)
        for row in rows {
            #expect(row["errors"]?.intValue == 0 && (row["requests"]?.intValue ?? 0) > 0, "\(row.text)")
            let percentiles = ["p50ms", "p95ms", "p99ms", "maxMs"].map { row[$0]?.doubleValue ?? -1 }
            #expect(percentiles == percentiles.sorted() && percentiles[0] > 0)
        }
    }

    @Test("prints a table", arguments: [["--sessions", "1", "--seconds", "1", "--scenarios", "search_tools"]])
    func table(arguments: [String]) async throws {
        let result = try await Command.run(Project.program("bench"), arguments, seconds: 60)
        #expect(result.status == 0 && result.output.contains("p99 ms") && result.output.contains("search_tools"))
    }

    @Test(
        "loads nothing but loopback",
        arguments: ["http://192.0.2.1:80/mcp", "https://localhost/mcp", "ftp://localhost:1/"])
    func loopbackOnly(url: String) async throws {
        let result = try await Command.run(
            Project.program("bench"), ["--sessions", "1", "--seconds", "1", "--peer-url", url], seconds: 60)
        #expect(result.status != 0 && !result.errors.isEmpty)
    }
}
