/// What a throwaway guest found on this host when it tried what no script must be able to do.
package struct WallReport: Sendable {
    package struct Finding: Sendable {
        package let wall: SandboxWall
        /// Why the wall does not stand; nil when it held.
        package let missing: String?
    }
    /// Of every wall, in the order in which they are raised.
    package let findings: [Finding]
    /// Forbidden things that were tried and stopped, and those that were not.
    package let held: Int
    package let open: [String]

    /// - Parameter text: what `sandbox-guest --self-test` prints.
    /// - Throws: ``SandboxError`` when a wall is not spoken of, or nothing was tried.
    package init(selfTest text: String) throws {
        var missing: [SandboxWall: String?] = [:]
        var held = 0
        var open: [String] = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 3).map(String.init)
            switch (words.first, words.dropFirst().first) {
            case ("wall", let name?):
                guard let wall = SandboxWall(rawValue: name), words.count > 2 else { continue }
                missing[wall] = .some(words[2] == "held" ? nil : words.dropFirst(3).first ?? "")
            case ("held", _), ("zygote", "held"): held += 1
            case ("open", _), ("zygote", "open"), ("cannot", _): open.append(String(line))
            default: continue
            }
        }
        self.findings = try SandboxWall.allCases.map { wall in
            guard let finding = missing[wall] else {
                throw SandboxError("the sandbox's self-test said nothing of the wall \"\(wall.rawValue)\"")
            }
            return Finding(wall: wall, missing: finding)
        }
        guard held > 0 else { throw SandboxError("the sandbox's self-test tried nothing") }
        (self.held, self.open) = (held, open)
    }

    /// The walls without which the sandbox is less than promised; empty on a good host.
    package var lacking: [Finding] { self.findings.filter { $0.missing != nil && !$0.wall.isExtra } }

    package var isDegraded: Bool { !self.lacking.isEmpty || !self.open.isEmpty }

    /// Why a sandbox with this policy must not start; nil when it may.
    package func refusal(under policy: WallPolicy) -> String? {
        let absent = self.findings.filter { $0.missing != nil && policy.demands($0.wall) }
        guard !absent.isEmpty || !self.open.isEmpty && policy != .available else { return nil }
        let names = absent.map { "\($0.wall.rawValue) (\($0.missing ?? ""))" } + self.open
        return names.joined(separator: ", ")
    }
}
