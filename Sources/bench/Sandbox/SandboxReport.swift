import JSON

/// All figures of the sandbox, for people and for programs.
struct SandboxReport {
    static let ownName = "sidecar"

    /// Those of the sidecar by ``ownName``, the others by their peer's name.
    let rows: [Measurement]
    let parses: [ParseMeasurement]
    let memory: SandboxMemory
    let endurance: Endurance?

    /// How much better the sidecar is than a peer; above 1 it is better.
    private struct Ratio {
        let peer: String
        let connections: Int
        let median: Double
        let slowest: Double
        let throughput: Double
    }

    /// What is to be reached, and what was.
    struct Reach {
        let what: String
        let isReached: Bool
    }

    private var own: [Measurement] { self.rows.filter { $0.scenario == Scenario.runSum.rawValue } }

    private var ratios: [Ratio] {
        self.own.flatMap { own in
            self.rows.filter { $0.target != own.target && $0.connections == own.connections }.map { peer in
                Ratio(
                    peer: peer.target, connections: own.connections,
                    median: Self.quotient(peer.milliseconds(50), own.milliseconds(50)),
                    slowest: Self.quotient(peer.milliseconds(99), own.milliseconds(99)),
                    throughput: Self.quotient(own.requestsPerSecond, peer.requestsPerSecond))
            }
        }
    }

    private static func quotient(_ left: Double, _ right: Double) -> Double { right > 0 ? left / right : 0 }

    /// The numbers of the design, as far as this run measured them.
    var reaches: [Reach] {
        var reaches: [Reach] = []
        func add(_ what: String, _ value: Double, _ decimals: Int, atMost limit: Double) {
            let text = "\(what): \(Measurement.fixed(value, decimals)), at most \(Measurement.fixed(limit, decimals))"
            reaches.append(Reach(what: text, isReached: value <= limit))
        }
        if let single = self.own.first(where: { $0.connections == 1 }) {
            add("one connection, p50 ms", single.milliseconds(50), 2, atMost: 1.5)
            add("one connection, p99 ms", single.milliseconds(99), 2, atMost: 5)
        }
        let busy = self.own.filter { (4...8).contains($0.connections) }.map(\.requestsPerSecond).max()
        if let busy {
            let text = "4 to 8 connections, runs a second: \(Measurement.fixed(busy, 0)), at least 700"
            reaches.append(Reach(what: text, isReached: busy >= 700))
        }
        if let parse = self.parses.first(where: { $0.peer == Self.ownName }) {
            add("JSON.parse of 5 MB, p50 ms", parse.median, 0, atMost: 150)
        }
        if let guest = self.memory.guestPrivateKilobytes.max() {
            add("private kB of a waiting guest", Double(guest), 0, atMost: 4096)
        }
        return reaches
    }

    /// What went wrong, however fast.
    var problems: [String] {
        self.rows.filter { $0.errors > 0 }.map { row in
            "\(row.errors) errors, \(row.target), \(row.connections) connections: \(row.firstError ?? "")"
        } + (self.endurance?.problems ?? [])
    }

    var text: String {
        var lines = [Measurement.table(self.rows)]
        if !self.ratios.isEmpty {
            let rows = self.ratios.map { ratio in
                [ratio.peer, String(ratio.connections)]
                    + [ratio.median, ratio.slowest, ratio.throughput].map { Measurement.fixed($0, 2) }
            }
            lines += [
                "", "times better than the peer, above 1 is better:",
                TextTable.text(["peer", "conns", "p50", "p99", "runs/s"], rows, names: 1),
            ]
        }
        lines.append("")
        for parse in self.parses {
            lines.append(
                "JSON.parse of 5 MB in a script, \(parse.peer): p50 \(Measurement.fixed(parse.median, 0)) ms"
                    + " (\(parse.milliseconds.count) times, slowest \(Measurement.fixed(parse.milliseconds.last ?? 0, 0)) ms)"
            )
        }
        lines.append(self.memory.text)
        if let endurance { lines.append(endurance.text) }
        lines += self.reaches.map { ($0.isReached ? "reached: " : "missed: ") + $0.what }
        lines += self.problems.map { "problem: \($0)" }
        return lines.joined(separator: "\n")
    }

    var json: JSONValue {
        [
            "measurements": .array(self.rows.map(\.json)),
            "ratios": .array(
                self.ratios.map {
                    [
                        "peer": .string($0.peer), "connections": JSONValue($0.connections),
                        "p50": JSONValue($0.median), "p99": JSONValue($0.slowest),
                        "requestsPerSecond": JSONValue($0.throughput),
                    ]
                }),
            "parses": .array(self.parses.map(\.json)), "memory": self.memory.json,
            "endurance": self.endurance?.json ?? nil,
            "reaches": .array(self.reaches.map { ["what": .string($0.what), "isReached": .bool($0.isReached)] }),
            "problems": .array(self.problems.map { .string($0) }),
        ]
    }
}
