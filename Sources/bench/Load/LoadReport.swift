import JSON

/// All figures of a load run, for people and for programs.
struct LoadReport {
    let rows: [Measurement]
    /// Resident memory of the sidecar before and after.
    let idleKilobytes: Int?
    let loadedKilobytes: Int?

    private struct Ratio {
        let scenario: String
        let connections: Int
        let peer: String
        let value: Double
    }

    /// The sidecar's requests per second in terms of the peer's, for each pair measured.
    private var ratios: [Ratio] {
        self.rows.filter { $0.target == "sidecar" }.compactMap { row in
            let peer = self.rows.first {
                $0.target != row.target && $0.scenario == row.scenario && $0.connections == row.connections
            }
            guard let peer, peer.requestsPerSecond > 0 else { return nil }
            return Ratio(
                scenario: row.scenario, connections: row.connections, peer: peer.target,
                value: row.requestsPerSecond / peer.requestsPerSecond)
        }
    }

    var json: JSONValue {
        [
            "measurements": .array(self.rows.map(\.json)),
            "ratios": .array(
                self.ratios.map {
                    [
                        "scenario": .string($0.scenario), "connections": JSONValue($0.connections),
                        "peer": .string($0.peer), "ratio": JSONValue($0.value),
                    ]
                }),
            "idleKilobytes": self.idleKilobytes.map { JSONValue($0) } ?? nil,
            "loadedKilobytes": self.loadedKilobytes.map { JSONValue($0) } ?? nil,
        ]
    }

    var text: String {
        var lines = [Measurement.table(self.rows)]
        for row in self.rows {
            if let error = row.firstError {
                lines.append("first error, \(row.target), \(row.scenario), \(row.connections) connections: \(error)")
            }
        }
        lines.append("resident memory: \(self.idleKilobytes ?? 0) kB at start, \(self.loadedKilobytes ?? 0) kB after")
        for ratio in self.ratios {
            lines.append(
                "\(ratio.scenario), \(ratio.connections) connections: \(Measurement.fixed(ratio.value, 1)) times the"
                    + " requests of \(ratio.peer)")
        }
        return lines.joined(separator: "\n")
    }
}
