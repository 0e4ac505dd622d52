import ArgumentParser
import JSON

/// Memory of idle event streams.
struct IdleStreamsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "idle-streams",
        abstract: "Measure the memory an idle event stream costs, session included.",
        discussion: """
            Opens many GET /sse streams and compares the sidecar's resident memory before, while they are open, and \
            after they have been closed. Exit code 1 when a limit is missed.
            """)

    @Option(help: "Streams over plain HTTP; 0 leaves this part out.")
    var plain = 10_000

    @Option(help: "Streams over TLS; 0 leaves this part out.")
    var tls = 2000

    @Option(help: "Seconds the streams stay open; from 17 on, each must have got a keep-alive comment.")
    var settleSeconds = 17

    @Option(help: "Kilobytes a stream over plain HTTP may cost.")
    var plainLimit = 10.0

    @Option(help: "Kilobytes a stream over TLS may cost.")
    var tlsLimit = 40.0

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func validate() throws {
        guard (0...25_000).contains(self.plain), (0...25_000).contains(self.tls), self.plain + self.tls > 0 else {
            throw ValidationError("--plain and --tls take 0 to 25000, the number of ports there is, and not both 0")
        }
        guard (0...120).contains(self.settleSeconds) else { throw ValidationError("--settle-seconds takes 0 to 120") }
    }

    func run() async throws {
        var measurements: [JSONValue] = []
        var problems: [String] = []
        for (usesTLS, streams, limit) in [(false, self.plain, self.plainLimit), (true, self.tls, self.tlsLimit)]
        where streams > 0 {
            let measurement = try await IdleStreamRun(
                usesTLS: usesTLS, streams: streams, settleSeconds: self.settleSeconds
            ).measure()
            measurements.append(measurement.json)
            problems += measurement.problems(limitKilobytes: limit, expectsComments: self.settleSeconds >= 17)
            if !self.json { print(measurement.text) }
        }
        if self.json {
            let report: JSONValue = [
                "idleStreams": .array(measurements), "problems": .array(problems.map { .string($0) }),
            ]
            print(report.text)
        } else {
            for problem in problems { print("problem: \(problem)") }
        }
        if !problems.isEmpty { throw ExitCode(1) }
    }
}
