import JSON

/// All figures of proxied reads, for people and for programs.
struct ProxyReport {
    let rows: [Measurement]
    let entry: EntryMemory?

    /// Us in terms of nginx, for one kind of read on so many connections.
    private struct Comparison {
        let scenario: String
        let connections: Int
        /// Our requests per second by nginx's: above 1 is better.
        let throughput: Double
        /// Our latency by nginx's, at the median and at the 99th percentile: below 1 is better.
        let median: Double
        let slowest: Double
        /// What we add to the origin's median by what nginx adds; nil for cached reads.
        let added: Double?
    }

    private func row(_ target: String, like own: Measurement) -> Measurement? {
        self.rows.first {
            $0.target == target && $0.scenario == own.scenario && $0.connections == own.connections
        }
    }

    private var comparisons: [Comparison] {
        self.rows.filter { $0.target == ProxyContest.ownName }.compactMap { own in
            guard let peer = self.row(ProxyContest.peerName, like: own) else { return nil }
            let added = self.row(ProxyContest.originName, like: own).map { origin in
                Self.quotient(
                    own.milliseconds(50) - origin.milliseconds(50), peer.milliseconds(50) - origin.milliseconds(50))
            }
            return Comparison(
                scenario: own.scenario, connections: own.connections,
                throughput: Self.quotient(own.requestsPerSecond, peer.requestsPerSecond),
                median: Self.quotient(own.milliseconds(50), peer.milliseconds(50)),
                slowest: Self.quotient(own.milliseconds(99), peer.milliseconds(99)), added: added)
        }
    }

    private static func quotient(_ left: Double, _ right: Double) -> Double { right > 0 ? left / right : 0 }

    /// The numbers of the design, as far as this run measured them.
    var reaches: [(what: String, isReached: Bool)] {
        var reaches = self.comparisons.flatMap { comparison in
            let name = "\(comparison.scenario), \(comparison.connections) connections"
            let added = comparison.added.map { added in
                [("\(name): adds \(Measurement.fixed(added, 2)) of what nginx adds, at most 1.20", added <= 1.2)]
            }
            return added ?? [
                (
                    "\(name): \(Measurement.fixed(comparison.throughput, 2)) of nginx's requests, at least 0.80",
                    comparison.throughput >= 0.8
                ),
                (
                    "\(name): p99 \(Measurement.fixed(comparison.slowest, 2)) of nginx's, at most 1.00",
                    comparison.slowest <= 1
                ),
            ]
        }
        if let entry {
            let bytes = entry.bytesBesidesBody
            reaches.append(("a cached entry takes \(bytes) bytes besides its body, at most 300", bytes <= 300))
        }
        return reaches
    }

    var text: String {
        let comparisons = self.comparisons.map { comparison in
            [comparison.scenario, String(comparison.connections)]
                + [comparison.throughput, comparison.median, comparison.slowest].map { Measurement.fixed($0, 2) }
                + [comparison.added.map { Measurement.fixed($0, 2) } ?? ""]
        }
        var lines = [
            Measurement.table(self.rows), "", "in terms of nginx:",
            TextTable.text(["scenario", "conns", "req/s", "p50", "p99", "added"], comparisons, names: 1), "",
        ]
        if let entry { lines.append(entry.text) }
        lines += self.reaches.map { ($0.isReached ? "reached: " : "missed: ") + $0.what }
        for row in self.rows where row.errors > 0 {
            lines.append(
                "problem: \(row.errors) errors, \(row.target), \(row.scenario), \(row.connections) connections:"
                    + " \(row.firstError ?? "")")
        }
        return lines.joined(separator: "\n")
    }

    var json: JSONValue {
        [
            "measurements": .array(self.rows.map(\.json)),
            "comparisons": .array(
                self.comparisons.map {
                    [
                        "scenario": .string($0.scenario), "connections": JSONValue($0.connections),
                        "requestsPerSecond": JSONValue($0.throughput), "p50": JSONValue($0.median),
                        "p99": JSONValue($0.slowest), "added": $0.added.map { JSONValue($0) } ?? nil,
                    ]
                }),
            "entry": self.entry?.json ?? nil,
            "reaches": .array(self.reaches.map { ["what": .string($0.what), "isReached": .bool($0.isReached)] }),
        ]
    }
}
