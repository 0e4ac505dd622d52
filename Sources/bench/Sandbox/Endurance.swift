import Histogram
import JSON

/// Very many runs, and what they leave behind.
struct Endurance {
    /// What the processes hold at one moment.
    struct Holdings: Equatable {
        let sidecarKilobytes: Int
        let zygoteKilobytes: Int
        let sidecarFiles: Int
        let zygoteFiles: Int
        let zombies: Int

        var text: String {
            "sidecar \(self.sidecarKilobytes) kB, \(self.sidecarFiles) descriptors; zygote \(self.zygoteKilobytes) kB, "
                + "\(self.zygoteFiles) descriptors; \(self.zombies) zombies"
        }

        var json: JSONValue {
            [
                "sidecarKilobytes": JSONValue(self.sidecarKilobytes), "sidecarFiles": JSONValue(self.sidecarFiles),
                "zygoteKilobytes": JSONValue(self.zygoteKilobytes), "zygoteFiles": JSONValue(self.zygoteFiles),
                "zombies": JSONValue(self.zombies),
            ]
        }
    }

    let runs: Int
    let errors: Int
    let firstError: String?
    let seconds: Double
    /// After a warm-up, after half of the runs, and at the end.
    let holdings: [Holdings]

    private static let connections = 4
    /// What the allocators may keep between two halves that ran the same scripts.
    static let toleranceKilobytes = 2048

    static func measure(_ runs: Int, sidecar: SidecarProcess, target: LoadTarget) async throws -> Endurance {
        var total = (runs: 0, errors: 0, seconds: 0.0)
        var firstError: String?
        var holdings: [Holdings] = []
        // The warm-up is as long as a half, up to where pools and tables have their size.
        for share in [min(runs / 2, 5000), runs / 2, runs - runs / 2] {
            let slice = try await LoadRun.measure(
                .runSum, target: target, name: "sidecar", connections: self.connections, seconds: 60 + share / 20,
                requests: share, account: sidecar.account)
            if !holdings.isEmpty {
                total.runs += Int(slice.latency.totalCount)
                total.seconds += slice.seconds
            }
            total.errors += slice.errors
            firstError = firstError ?? slice.firstError
            holdings.append(try await self.settled(sidecar))
        }
        return Endurance(
            runs: total.runs, errors: total.errors, firstError: firstError, seconds: total.seconds, holdings: holdings)
    }

    /// What is held once the last run's guest is gone and connections are closed: the least of a second.
    private static func settled(_ sidecar: SidecarProcess) async throws -> Holdings {
        var lowest: Holdings?
        for _ in 0..<10 {
            try await Task.sleep(for: .milliseconds(200))
            let now = try self.holdings(sidecar)
            guard let least = lowest, now.sidecarFiles + now.zombies > least.sidecarFiles + least.zombies else {
                lowest = now
                continue
            }
        }
        return try lowest ?? self.holdings(sidecar)
    }

    private static func holdings(_ sidecar: SidecarProcess) throws -> Holdings {
        let own = ProcessFacts(sidecar.processID)
        let zygote = try SandboxMemory.zygote(below: own)
        guard let ownMemory = own.residentKilobytes, let ownFiles = own.openFiles,
            let zygoteMemory = zygote.residentKilobytes, let zygoteFiles = zygote.openFiles
        else { throw SandboxMemory.Failed(description: "a process of the sidecar has ended, or may not be looked at") }
        return Holdings(
            sidecarKilobytes: ownMemory, zygoteKilobytes: zygoteMemory, sidecarFiles: ownFiles,
            zygoteFiles: zygoteFiles,
            zombies: (own.children + zygote.children).count { $0.state == "Z" })
    }

    /// What is wrong, if anything.
    var problems: [String] {
        guard let start = self.holdings.first, let end = self.holdings.last else { return ["nothing was measured"] }
        var problems: [String] = []
        if self.errors > 0 { problems.append("\(self.errors) of the runs failed: \(self.firstError ?? "")") }
        if end.zombies > 0 { problems.append("\(end.zombies) zombies are left") }
        for (name, before, after) in [
            ("sidecar", start.sidecarFiles, end.sidecarFiles), ("zygote", start.zygoteFiles, end.zygoteFiles),
        ] where after > before { problems.append("the \(name) has \(after - before) more descriptors than before") }
        for (name, before, after) in [
            ("sidecar", start.sidecarKilobytes, end.sidecarKilobytes),
            ("zygote", start.zygoteKilobytes, end.zygoteKilobytes),
        ] where after > before + Self.toleranceKilobytes {
            problems.append("the \(name) has grown by \(after - before) kB")
        }
        return problems
    }

    var text: String {
        let names = ["after the warm-up", "after half of them", "at the end"]
        let rate = self.seconds > 0 ? Double(self.runs) / self.seconds : 0
        let head = "endurance: \(self.runs) runs, \(Measurement.fixed(rate, 0)) a second, \(self.errors) errors"
        return ([head] + zip(names, self.holdings).map { "  \($0): \($1.text)" }).joined(separator: "\n")
    }

    var json: JSONValue {
        [
            "runs": JSONValue(self.runs), "errors": JSONValue(self.errors), "seconds": JSONValue(self.seconds),
            "holdings": .array(self.holdings.map(\.json)), "problems": .array(self.problems.map { .string($0) }),
        ]
    }
}
