import JSON

/// Memory of the processes that wait for scripts: the zygote and the guests it forked ahead.
struct SandboxMemory {
    let zygoteKilobytes: Int
    /// Of each guest, what is its own alone; empty when this user may not look at guests.
    let guestPrivateKilobytes: [Int]

    struct Failed: Error, CustomStringConvertible { let description: String }

    /// Looks once enough guests wait, or after two seconds.
    static func read(below sidecar: ProcessFacts) async throws -> SandboxMemory {
        let deadline = ContinuousClock.now + .seconds(2)
        while true {
            try await Task.sleep(for: .milliseconds(200))
            let zygote = try self.zygote(below: sidecar)
            let guests = zygote.children.filter { $0.state != "Z" }
            if guests.isEmpty, ContinuousClock.now < deadline { continue }
            guard let resident = zygote.residentKilobytes else { throw Failed(description: "the zygote has ended") }
            return SandboxMemory(
                zygoteKilobytes: resident, guestPrivateKilobytes: guests.compactMap(\.facts.privateKilobytes))
        }
    }

    /// The process that guests are forked from.
    ///
    /// Where it has a namespace of processes to itself, the program the sidecar started only waits for it.
    static func zygote(below sidecar: ProcessFacts) throws -> ProcessFacts {
        guard let program = sidecar.children.first(where: { $0.name == "sandbox-guest" })?.facts else {
            throw Failed(description: "the sidecar has no sandbox-guest below it")
        }
        let inside = program.children.first { ($0.facts.processNamespaces ?? 0) > (program.processNamespaces ?? 0) }
        return inside?.facts ?? program
    }

    var json: JSONValue {
        [
            "zygoteKilobytes": JSONValue(self.zygoteKilobytes),
            "guestPrivateKilobytes": .array(self.guestPrivateKilobytes.map { JSONValue($0) }),
        ]
    }

    var text: String {
        let guests =
            self.guestPrivateKilobytes.isEmpty
            ? "what its guests have for themselves only root may read"
            : "its waiting guests have for themselves \(self.guestPrivateKilobytes.map(String.init).joined(separator: ", ")) kB"
        return "memory: the zygote has \(self.zygoteKilobytes) kB resident; \(guests)"
    }
}
