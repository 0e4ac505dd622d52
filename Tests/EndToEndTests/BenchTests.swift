import Foundation
import JSON
import TestSupport
import Testing

/// The load generator against the real sidecar, briefly.
struct BenchTests {
    private func report(_ result: Command) throws -> JSONValue {
        try JSONValue(parsing: result.output.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    @Test("measures every scenario without an error")
    func everyScenario() async throws {
        let result = try await Command.run(
            Project.program("bench"),
            ["--connections", "1,4", "--seconds", "1", "--json"], seconds: 90)
        try #require(result.status == 0, "\(result.output)\(result.errors)")
        let rows = try #require(try self.report(result)["measurements"]?.arrayValue)
        #expect(rows.count == 12)
        for row in rows {
            #expect(row["errors"]?.intValue == 0 && (row["requests"]?.intValue ?? 0) > 0, "\(row.text)")
            #expect((row["processorMicroseconds"]?.doubleValue ?? 0) > 0, "\(row.text)")
            let percentiles = ["p50ms", "p95ms", "p99ms", "maxMs"].map { row[$0]?.doubleValue ?? -1 }
            #expect(percentiles == percentiles.sorted() && percentiles[0] > 0)
        }
    }

    @Test("prints a table", arguments: [["--connections", "1", "--seconds", "1", "--scenarios", "search_tools"]])
    func table(arguments: [String]) async throws {
        let result = try await Command.run(Project.program("bench"), arguments, seconds: 60)
        #expect(result.status == 0 && result.output.contains("p99 ms") && result.output.contains("search_tools"))
    }

    @Test("measures idle event streams, which cost what they may and get their comments")
    func idleStreams() async throws {
        let result = try await Command.run(
            Project.program("bench"), ["idle-streams", "--plain", "400", "--tls", "200", "--json"], seconds: 150)
        let report = try self.report(result)
        let rows = try #require(report["idleStreams"]?.arrayValue)
        #expect(rows.count == 2)
        for row in rows {
            #expect(row["aliveStreams"]?.intValue == row["streams"]?.intValue, "\(row.text)")
            #expect(row["commentedStreams"]?.intValue == row["streams"]?.intValue, "\(row.text)")
            #expect((row["kilobytesPerStream"]?.doubleValue ?? 0) > 0, "\(row.text)")
        }
        // The memory of a debug build proves nothing; whatever else is wrong does.
        let problems = report["problems"]?.arrayValue?.compactMap(\.stringValue) ?? ["no problems member"]
        #expect(problems.filter { !$0.contains("kB for a stream") }.isEmpty, "\(problems)")
    }

    @Test("exits with 1 and says so when streams cost more than they may")
    func missedLimit() async throws {
        let result = try await Command.run(
            Project.program("bench"),
            ["idle-streams", "--plain", "200", "--tls", "0", "--settle-seconds", "0", "--plain-limit", "0.001"],
            seconds: 90)
        #expect(result.status == 1 && result.output.contains("problem: more than 0.001 kB for a stream"), "\(result)")
    }

    @Test("measures runs of scripts, what waits for them and what they leave behind")
    func sandbox() async throws {
        let result = try await Command.run(
            Project.program("bench"),
            [
                "sandbox", "--connections", "1,2", "--rounds", "2", "--seconds", "1", "--parses", "1", "--endurance",
                "200", "--json",
            ], seconds: 150)
        let report = try self.report(result)
        let rows = try #require(report["measurements"]?.arrayValue)
        #expect(rows.count == 4)
        for row in rows {
            #expect(row["errors"]?.intValue == 0 && (row["requests"]?.intValue ?? 0) > 0, "\(row.text)")
            #expect((row["seconds"]?.doubleValue ?? 0) >= 2, "both turns count: \(row.text)")
        }
        #expect((report["parses"]?.arrayValue?.first?["p50ms"]?.doubleValue ?? 0) > 0)
        #expect((report["memory"]?["zygoteKilobytes"]?.intValue ?? 0) > 0)
        let guests = try #require(report["memory"]?["guestPrivateKilobytes"]?.arrayValue)
        let waiting = guests.compactMap(\.intValue)
        #expect(waiting.isEmpty == (geteuid() != 0))
        #expect(waiting.allSatisfy { $0 < 512 }, "a guest that waits shares the zygote's memory: \(waiting) kB")
        #expect(report["endurance"]?["runs"]?.intValue ?? 0 >= 200)
        #expect(report["endurance"]?["holdings"]?.arrayValue?.count == 3)
        #expect(report["reaches"]?.arrayValue?.isEmpty == false)
        // The memory of a debug build proves nothing; whatever else is wrong does.
        let problems = report["problems"]?.arrayValue?.compactMap(\.stringValue) ?? ["no problems member"]
        #expect(problems.filter { !$0.contains("has grown by") }.isEmpty, "\(problems)")
    }

    @Test("exits with 1 and says so when a peer does not answer")
    func missingPeer() async throws {
        let result = try await Command.run(
            Project.program("bench"),
            [
                "sandbox", "--connections", "1", "--rounds", "1", "--seconds", "1", "--parses", "0", "--script-peer",
                "absent=http://127.0.0.1:1/",
            ], seconds: 60)
        #expect(result.status == 1 && result.output.contains("problem: 1 errors, absent"), "\(result)")
        #expect(result.output.contains("times better than the peer"))
    }

    @Test(
        "refuses what cannot be measured before it starts anything",
        arguments: [
            ["--script-peer", "nameless"], ["--mcp-peer", "a=http://192.0.2.1:80/"], ["--connections", "1,,2"],
            ["--rounds", "0"], ["--endurance", "5"], ["--parses", "101"], ["--script-peer", "a=https://localhost:1/"],
        ])
    func refusals(arguments: [String]) async throws {
        let result = try await Command.run(Project.program("bench"), ["sandbox"] + arguments, seconds: 10)
        #expect(result.status != 0 && !result.errors.isEmpty && result.output.isEmpty, "\(result)")
    }

    @Test(
        "loads nothing but loopback",
        arguments: ["http://192.0.2.1:80/mcp", "https://localhost/mcp", "ftp://localhost:1/"])
    func loopbackOnly(url: String) async throws {
        let result = try await Command.run(
            Project.program("bench"), ["--connections", "1", "--seconds", "1", "--peer-url", url], seconds: 60)
        #expect(result.status != 0 && !result.errors.isEmpty)
    }
}
