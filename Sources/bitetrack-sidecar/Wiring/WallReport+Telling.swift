import CodeSandbox
import JSON
import Logging
import Observability

// What was found about the sandbox, told in each place where somebody may look.

extension WallReport {
    func log(to logger: Logger) {
        for finding in self.findings {
            guard let missing = finding.missing else { continue }
            let metadata: Logger.Metadata = [LogKey.wall: "\(finding.wall.rawValue)", LogKey.error: "\(missing)"]
            if finding.wall.isExtra {
                logger.info("a further wall of the sandbox is not to be had on this host", metadata: metadata)
            } else {
                logger.warning("degraded: a wall of the sandbox is missing", metadata: metadata)
            }
        }
        for attempt in self.open {
            logger.warning("degraded: the sandbox let something through", metadata: [LogKey.error: "\(attempt)"])
        }
    }

    /// By name, `"held"` or why not.
    var json: JSONValue {
        var walls: JSONObject = [:]
        for finding in self.findings {
            walls.append(finding.wall.rawValue, .string(finding.missing.map { "missing: \($0)" } ?? "held"))
        }
        return .object(walls)
    }

    /// For a terminal, a line each.
    var text: String {
        let width = SandboxWall.allCases.map(\.rawValue.count).max() ?? 0
        let lines = self.findings.map { finding in
            let name = finding.wall.rawValue + String(repeating: " ", count: width - finding.wall.rawValue.count)
            guard let missing = finding.missing else { return "\(name)  held" }
            return "\(name)  \(finding.wall.isExtra ? "not here" : "MISSING"): \(missing)"
        }
        let tried = "\(self.held) forbidden things were tried and stopped" + (self.open.isEmpty ? "." : ", but not:")
        return (lines + [tried] + self.open).joined(separator: "\n")
    }
}

extension Metrics {
    /// Shows how many walls of the sandbox stand; they are tried once, at the start.
    func read(_ walls: WallReport) {
        let held = walls.findings.count { $0.missing == nil }
        self.gauge("bitetrack_sandbox_walls_held", "Walls of the sandbox that stand on this host.") { Double(held) }
        self.gauge("bitetrack_sandbox_degraded", "1 when a wall that the sandbox needs does not stand.") {
            walls.isDegraded ? 1 : 0
        }
    }
}
