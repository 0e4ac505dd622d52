import ArgumentParser
import JSON

/// Throughput and latency with many connections at once.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Measure latency and throughput with many MCP clients over HTTPS (the default).")

    @Option(help: "Numbers of keep-alive connections, comma-separated.")
    var connections = "1,8,32,128"

    @Option(help: "Seconds for each measurement, 1 to 60.")
    var seconds = 3

    @Option(
        help: """
            Scenarios to run, comma-separated beginnings of their names: connect, health, search_tools (in a \
            session), stateless search_tools (2026-07-28), run_code (both); all by default.
            """)
    var scenarios: String?

    @Option(help: "URL of an MCP server to compare with; measured with connect and both search_tools.")
    var peerURL: String?

    @Option(help: "Name of the peer in the table.")
    var peerName = "peer"

    @Option(help: "PEM file to trust for the peer.")
    var peerCertificate: String?

    @Flag(help: "Print JSON instead of a table.")
    var json = false

    func validate() throws {
        guard (1...60).contains(self.seconds) else { throw ValidationError("--seconds takes 1 to 60") }
        guard ConnectionCounts.parse(self.connections) != nil else {
            throw ValidationError("--connections takes numbers from 1 to 1000, such as 1,8,32,128")
        }
        guard !self.selected.isEmpty else { throw ValidationError("--scenarios names none: see --help") }
    }

    private var selected: [Scenario] { Scenario.load.named(self.scenarios) }

    func run() async throws {
        let peer = try self.peerURL.map { try LoadTarget(url: $0, certificate: self.peerCertificate) }
        let sidecar = try SidecarProcess()
        defer { sidecar.stop() }
        let idle = sidecar.residentKilobytes
        let own = try LoadTarget(url: sidecar.url, certificate: sidecar.certificate)
        var rows: [Measurement] = []
        for scenario in self.selected {
            for count in ConnectionCounts.parse(self.connections) ?? [] {
                let before = sidecar.processorTime
                var row = try await LoadRun.measure(
                    scenario, target: own, name: "sidecar", connections: count, seconds: self.seconds,
                    account: sidecar.account)
                if let before, let after = sidecar.processorTime { row.processorTime = after - before }
                rows.append(row)
                if let peer, scenario.isForPeers {
                    rows.append(
                        try await LoadRun.measure(
                            scenario, target: peer, name: self.peerName, connections: count, seconds: self.seconds,
                            account: sidecar.account))
                }
            }
        }
        let report = LoadReport(rows: rows, idleKilobytes: idle, loadedKilobytes: sidecar.residentKilobytes)
        print(self.json ? report.json.text : report.text)
        if rows.contains(where: { $0.errors > 0 }) { throw ExitCode(1) }
    }
}
