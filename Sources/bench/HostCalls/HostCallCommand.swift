import ArgumentParser
import JSON

/// What a call of a script costs that the cache answers, beside a bare round trip between two processes.
struct HostCallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "host-call",
        abstract: "Measure cached API calls inside a run, beside a bare socketpair.",
        discussion: """
            A script makes one cached call after another; two processes pass messages of the same size over a socketpair. \
            Both take turns, so that whatever else the machine does meets both. With --strict, exit code 1 when a call \
            takes more than 1.5 round trips.
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
            let (call, trip, bytes) = try await self.measure(route, caller, sidecar.account)
            let ratio = call / trip
            worst = max(worst, bytes < 8192 ? ratio : 0)
            rows.append([
                "\(bytes) bytes", Self.text(call), Self.text(trip), JSONNumber((ratio * 100).rounded() / 100).text,
            ])
        }
        print(TextTable.text(["answer", "cached call", "bare round trip", "ratio"], rows, names: 1))
        print("aim: small answers within \(Self.aim) round trips: \(worst <= Self.aim ? "reached" : "missed")")
        if self.strict, worst > Self.aim { throw ExitCode(1) }
    }

    /// Medians of both, and the answer's size.
    private func measure(
        _ call: String, _ caller: ScriptCaller, _ account: (email: String, password: String)
    ) async throws -> (call: Double, trip: Double, bytes: Int) {
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
        var (calls, trips, bytes) = ([Double](), [Double](), 0)
        for _ in 0..<self.rounds {
            let value = try await caller.value(of: script)
            bytes = value["bytes"]?.intValue ?? 0
            calls.append((value["milliseconds"]?.doubleValue ?? 0) / Double(self.calls) * 1000)
            trips.append(try SocketPair.roundTrip(count: self.calls, answerBytes: bytes) / .microseconds(1))
        }
        return (calls.sorted()[self.rounds / 2], trips.sorted()[self.rounds / 2], bytes)
    }

    private static func text(_ microseconds: Double) -> String { "\(Int(microseconds.rounded())) µs" }
}

/// The other side of the bare round trip; started by ``HostCallCommand``.
struct AnswerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "answer", shouldDisplay: false)

    @Option var bytes = 0

    func run() { SocketPair.answer(bytes: self.bytes) }
}
