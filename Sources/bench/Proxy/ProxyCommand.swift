import ArgumentParser
import JSON

/// What a proxied read costs, beside nginx.
struct ProxyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proxy",
        abstract: "Measure proxied reads beside nginx: from the cache, and through to the origin.",
        discussion: """
            Both stand before one origin, speak TLS 1.3 and cache by the origin's headers; nginx limits requests too. \
            They take turns, so that whatever else the machine does meets both. Exit code 1 when an answer is wrong, \
            and with --strict when a number of the design is missed.
            """)

    @Option(help: "Path of the nginx program.")
    var nginx = "/usr/sbin/nginx"

    @Option(help: "PEM files of a certificate for localhost and its key.")
    var certificate: String

    @Option(help: "PEM file of the key.")
    var key: String

    @Option(help: "Numbers of keep-alive connections, comma-separated.")
    var connections = "1,32,256"

    @Option(help: "Scenarios to run, comma-separated beginnings of their names: cached 2, uncached; all by default.")
    var scenarios: String?

    @OptionGroup var turns: TurnOptions

    @Option(help: "Entries put into the cache to measure what one takes, 0 to 1000000.")
    var entries = 20_000

    func validate() throws {
        guard ConnectionCounts.parse(self.connections) != nil else {
            throw ValidationError("--connections takes numbers from 1 to 1000, such as 1,32,256")
        }
        guard !self.selected.isEmpty else { throw ValidationError("--scenarios names none: see --help") }
        guard (0...1_000_000).contains(self.entries) else { throw ValidationError("--entries takes 0 to 1000000") }
    }

    private var selected: [Scenario] { Scenario.proxied.named(self.scenarios) }

    func run() async throws {
        let contest = try ProxyContest(nginx: self.nginx, certificate: self.certificate, key: self.key)
        defer { withExtendedLifetime(contest) {} }
        let entry = self.entries > 0 ? try await EntryMemory.measure(self.entries, contest) : nil
        let report = ProxyReport(rows: try await self.measure(contest), entry: entry)
        print(self.turns.json ? report.json.text : report.text)
        if report.rows.contains(where: { $0.errors > 0 }) { throw ExitCode(1) }
        if self.turns.strict && report.reaches.contains(where: { !$0.isReached }) { throw ExitCode(1) }
    }

    private func measure(_ contest: ProxyContest) async throws -> [Measurement] {
        var rows: [Measurement] = []
        for scenario in self.selected {
            let runners =
                [(ProxyContest.ownName, contest.own), (ProxyContest.peerName, contest.peer)]
                + ([.cachedSmall, .cachedLarge].contains(scenario) ? [] : [(ProxyContest.originName, contest.origin)])
            for connections in ConnectionCounts.parse(self.connections) ?? [] {
                var turns: [Measurement] = []
                // The first turn fills caches and pools and does not count.
                for round in -1..<self.turns.rounds {
                    for (index, (name, target)) in runners.enumerated() {
                        let turn = try await LoadRun.measure(
                            scenario, target: target, name: name, connections: connections,
                            seconds: round < 0 ? 1 : self.turns.seconds)
                        if round == 0 { turns.append(turn) } else if round > 0 { turns[index].add(turn) }
                    }
                }
                rows += turns
            }
        }
        return rows
    }
}
