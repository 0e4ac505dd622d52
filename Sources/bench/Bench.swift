import ArgumentParser
import JSON

/// Drives the real sidecar, and peers beside it, over HTTPS.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure latency and throughput of the sidecar with many MCP sessions over HTTPS.",
        discussion: """
            Starts `bitetrack-sidecar demo` beside itself and ends it again. The generator runs on the same machine, so \
            compare ratios to a peer measured in the same run, not absolute figures. Only loopback addresses are loaded.
            """)

    @Option(help: "Numbers of MCP sessions, comma-separated.")
    var sessions = "10,50,100"

    @Option(help: "Seconds for each measurement, 1 to 60.")
    var seconds = 3

    @Option(help: "Scenarios to run, comma-separated: connect, search_tools, run_code (both); all by default.")
    var scenarios: String?

    @Option(help: "URL of an MCP server to compare with; measured with connect and search_tools.")
    var peerURL: String?

    @Option(help: "Name of the peer in the table.")
    var peerName = "peer"

    @Option(help: "PEM file to trust for the peer.")
    var peerCertificate: String?

    @Flag(help: "Print JSON instead of a table.")
    var json = false

    func validate() throws {
        guard (1...60).contains(self.seconds) else { throw ValidationError("--seconds takes 1 to 60") }
        guard let counts = self.sessionCounts, counts.allSatisfy({ (1...1000).contains($0) }) else {
            throw ValidationError("--sessions takes numbers from 1 to 1000, such as 10,50,100")
        }
    }

    private var sessionCounts: [Int]? {
        let parts = self.sessions.split(separator: ",")
        let counts = parts.compactMap { Int($0) }
        return counts.count == parts.count && !counts.isEmpty ? counts : nil
    }

    private var selected: [Scenario] {
        guard let words = self.scenarios?.split(separator: ",") else { return Scenario.allCases }
        return Scenario.allCases.filter { scenario in words.contains { scenario.rawValue.hasPrefix($0) } }
    }

    func run() async throws {
        let sidecar = try SidecarProcess()
        defer { sidecar.stop() }
        let idle = sidecar.residentKilobytes
        let own = try LoadTarget(url: sidecar.url, certificate: sidecar.certificate)
        let peer = try self.peerURL.map { try LoadTarget(url: $0, certificate: self.peerCertificate) }
        var rows: [Measurement] = []
        for scenario in self.selected {
            for count in self.sessionCounts ?? [] {
                rows.append(
                    try await LoadRun.measure(
                        scenario, target: own, name: "sidecar", sessions: count, seconds: self.seconds,
                        account: sidecar.account))
                if let peer, scenario == .connect || scenario == .searchTools {
                    rows.append(
                        try await LoadRun.measure(
                            scenario, target: peer, name: self.peerName, sessions: count, seconds: self.seconds,
                            account: sidecar.account))
                }
            }
        }
        self.report(rows, idle: idle, loaded: sidecar.residentKilobytes)
        if rows.contains(where: { $0.errors > 0 }) { throw ExitCode(1) }
    }

    private func report(_ rows: [Measurement], idle: Int?, loaded: Int?) {
        if self.json {
            let report: JSONValue = [
                "measurements": .array(rows.map(\.json)), "idleKilobytes": idle.map { JSONValue($0) } ?? nil,
                "loadedKilobytes": loaded.map { JSONValue($0) } ?? nil,
            ]
            return print(report.text)
        }
        print(Measurement.table(rows))
        for row in rows { if let error = row.firstError { print("first error, \(row.scenario): \(error)") } }
        print("resident memory: \(idle ?? 0) kB at start, \(loaded ?? 0) kB after the load")
        for row in rows where row.target == "sidecar" {
            let peer = rows.first {
                $0.target != row.target && $0.scenario == row.scenario && $0.sessions == row.sessions
            }
            guard let peer, peer.requestsPerSecond > 0 else { continue }
            let ratio = (row.requestsPerSecond / peer.requestsPerSecond * 10).rounded() / 10
            print("\(row.scenario), \(row.sessions) sessions: \(ratio) times the requests of \(peer.target)")
        }
    }
}
