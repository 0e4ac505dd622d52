import ArgumentParser
import JSON

/// What a run of a script costs, beside others who run scripts.
struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Measure runs of scripts: latency and throughput beside peers, memory, endurance.",
        discussion: """
            Each is asked for the value of 1+1. The sidecar and its peers take turns of a few seconds, so that whatever \
            else the machine does meets all of them. Exit code 1 when a run fails or leaves something behind, and with \
            --strict when a number of the design is missed.
            """)

    @Option(help: "Numbers of keep-alive connections, comma-separated.")
    var connections = "1,4,8"

    @OptionGroup var turns: TurnOptions

    @Option(help: "Times a text of 5 MB is parsed in a script, 0 to 100.")
    var parses = 10

    @Option(help: "Runs after which nothing may have been left behind, such as 100000; 0 leaves this part out.")
    var endurance = 0

    @Option(help: "NAME=URL of a peer that takes a script as the body of a POST and answers its value as JSON.")
    var scriptPeer: [String] = []

    @Option(help: "NAME=URL of an MCP server with a tool `execute` that runs Python.")
    var mcpPeer: [String] = []

    @Option(help: "PEM file to trust for peers.")
    var peerCertificate: String?

    func validate() throws {
        guard ConnectionCounts.parse(self.connections) != nil else {
            throw ValidationError("--connections takes numbers from 1 to 1000, such as 1,4,8")
        }
        guard (0...100).contains(self.parses) else { throw ValidationError("--parses takes 0 to 100") }
        guard self.endurance == 0 || (100...10_000_000).contains(self.endurance) else {
            throw ValidationError("--endurance takes 0 or 100 to 10000000")
        }
    }

    func run() async throws {
        let others =
            try self.scriptPeer.map {
                try ScriptPeer($0, scenario: .postSum, certificate: self.peerCertificate)
            }
            + self.mcpPeer.map { try ScriptPeer($0, scenario: .executeSum, certificate: self.peerCertificate) }
        let sidecar = try SidecarProcess()
        defer { sidecar.stop() }
        let target = try LoadTarget(url: sidecar.url, certificate: sidecar.certificate)
        let own = ScriptPeer(name: SandboxReport.ownName, target: target, scenario: .runSum)
        let cached = ScriptPeer(name: SandboxReport.ownName, target: target, scenario: .runCachedCall)
        let memory = try await SandboxMemory.read(below: ProcessFacts(sidecar.processID))
        let rows = try await self.measure([own] + others + [cached], sidecar)
        let parses =
            self.parses > 0
            ? try await ParseMeasurement.measure(
                [own] + others.filter { $0.scenario == .postSum }, times: self.parses) : []
        let endurance =
            self.endurance > 0
            ? try await Endurance.measure(self.endurance, sidecar: sidecar, target: target) : nil
        let report = SandboxReport(rows: rows, parses: parses, memory: memory, endurance: endurance)
        print(self.turns.json ? report.json.text : report.text)
        let isMissed = report.reaches.contains { !$0.isReached }
        if !report.problems.isEmpty || (self.turns.strict && isMissed) { throw ExitCode(1) }
    }

    /// All in turns, after a turn that does not count: who loads code at the first run has done so then.
    private func measure(_ peers: [ScriptPeer], _ sidecar: SidecarProcess) async throws -> [Measurement] {
        for peer in peers { _ = try await self.turn(of: peer, connections: 1, seconds: 1, sidecar) }
        var rows: [Measurement] = []
        for connections in ConnectionCounts.parse(self.connections) ?? [] {
            var turns: [Measurement] = []
            for round in 0..<self.turns.rounds {
                for (index, peer) in peers.enumerated() {
                    let turn = try await self.turn(
                        of: peer, connections: connections, seconds: self.turns.seconds, sidecar)
                    if round == 0 { turns.append(turn) } else { turns[index].add(turn) }
                }
            }
            rows += turns
        }
        return rows
    }

    private func turn(
        of peer: ScriptPeer, connections: Int, seconds: Int, _ sidecar: SidecarProcess
    ) async throws -> Measurement {
        let before = sidecar.processorTime
        var turn = try await LoadRun.measure(
            peer.scenario, target: peer.target, name: peer.name, connections: connections, seconds: seconds,
            account: sidecar.account)
        if peer.name == SandboxReport.ownName, let before, let after = sidecar.processorTime {
            turn.processorTime = after - before
        }
        return turn
    }
}
