import ArgumentParser
import JSON

/// What a call of a script costs that the cache answers, beside a bare round trip between two processes.
struct HostCallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "host-call",
        abstract: "Measure cached API calls inside a run, beside a bare socketpair.",
        discussion: """
            A script makes one cached call after another; two processes pass messages of the same size over a socketpair, \
            each on a processor of its own, both on one, and where the kernel puts them. All take turns, so that whatever \
            else the machine does meets all. With --strict, exit code 1 when a call takes more than 1.5 round trips \
            between two processors, or on a machine with one, on that.
            """)

    @Option(help: "Calls in a row, 100 to 100000.")
    var calls = 2000

    @Option(help: "Turns of each, 1 to 100; the median counts.")
    var rounds = 7

    @Flag(help: "Exit with 1 when the aim is missed.")
    var strict = false

    /// How many round trips a call may take.
    static let aim = 1.5

    func validate() throws {
        guard (100...100_000).contains(self.calls) else { throw ValidationError("--calls takes 100 to 100000") }
        guard (1...100).contains(self.rounds) else { throw ValidationError("--rounds takes 1 to 100") }
    }

    func run() async throws {
        // The answer must not become an event stream while it is waited for.
        let sidecar = try SidecarProcess(
            configuration: """
                [sandbox]
                host_calls = 10000
                timeout_ms = 120000
                [cache]
                bytes_per_session = 67108864
                [mcp]
                stream_after_ms = 600000
                task_after_ms = 0

                """)
        defer { sidecar.stop() }
        let target = try LoadTarget(url: sidecar.url, certificate: sidecar.certificate)
        let caller = ScriptCaller(
            peer: ScriptPeer(name: "sidecar", target: target, scenario: .runCachedCall))
        var rows: [[String]] = []
        var worst = 0.0
        for route in [
            #"callAPI("GET /health", {})"#, #"callAPI("GET /sales", { limit: 3 })"#,
            #"callAPI("GET /sales", { limit: 100 })"#,
        ] {
            let found = try await self.measure(route, caller, sidecar.account)
            worst = max(worst, found.bytes < 8192 ? found.ratio : 0)
            rows.append(
                ["\(found.bytes) bytes", Self.text(found.call)]
                    + SocketPair.Placement.allCases.map { found.trips[$0].map(Self.text) ?? "-" }
                    + [JSONNumber((found.ratio * 100).rounded() / 100).text])
        }
        print(
            TextTable.text(
                ["answer", "cached call", "bare: two processors", "one", "any", "ratio"], rows, names: 1))
        print("aim: small answers within \(Self.aim) round trips: \(worst <= Self.aim ? "reached" : "missed")")
        if self.strict, worst > Self.aim { throw ExitCode(1) }
    }

    /// Medians, in microseconds.
    private struct Found {
        var call: Double
        var trips: [SocketPair.Placement: Double]
        /// Of the answer.
        var bytes: Int
        /// Calls are compared with processes that run side by side, as script and sidecar may.
        var ratio: Double { self.call / (self.trips[.apart] ?? self.trips[.free] ?? .infinity) }
    }

    private func measure(
        _ call: String, _ caller: ScriptCaller, _ account: (email: String, password: String)
    ) async throws -> Found {
        let script = """
            import { callAPI } from "bitetrack:api";
            import { login } from "./tools/auth/login.js";
            await login({ email: "\(account.email)", password: "\(account.password)" });
            const answer = await \(call);
            for (let i = 0; i < 200; i++) await \(call);
            const start = Date.now();
            for (let i = 0; i < \(self.calls); i++) await \(call);
            ({ milliseconds: Date.now() - start, bytes: JSON.stringify(answer).length });
            """
        var (calls, bytes) = ([Double](), 0)
        var trips: [SocketPair.Placement: [Double]] = [:]
        for _ in 0..<self.rounds {
            let value = try await caller.value(of: script)
            bytes = value["bytes"]?.intValue ?? 0
            calls.append((value["milliseconds"]?.doubleValue ?? 0) / Double(self.calls) * 1000)
            for placement in SocketPair.Placement.allCases {
                guard let trip = try SocketPair.roundTrip(count: self.calls, answerBytes: bytes, placement) else {
                    continue
                }
                trips[placement, default: []].append(trip / .microseconds(1))
            }
        }
        return Found(call: Self.median(calls), trips: trips.mapValues(Self.median), bytes: bytes)
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    private static func text(_ microseconds: Double) -> String { "\(Int(microseconds.rounded())) µs" }
}

/// The other side of the bare round trip; started by ``HostCallCommand``.
struct AnswerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "answer", shouldDisplay: false)

    @Option var bytes = 0

    func run() { SocketPair.answer(bytes: self.bytes) }
}
