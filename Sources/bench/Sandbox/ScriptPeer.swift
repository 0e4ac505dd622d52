/// Someone who runs scripts for others, and how it is asked to.
struct ScriptPeer {
    let name: String
    let target: LoadTarget
    let scenario: Scenario

    struct Unusable: Error, CustomStringConvertible { let description: String }

    /// - Parameter text: `NAME=URL`.
    init(_ text: String, scenario: Scenario, certificate: String?) throws {
        let parts = text.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { throw Unusable(description: "\(text) is not NAME=URL") }
        self.init(
            name: String(parts[0]), target: try LoadTarget(url: String(parts[1]), certificate: certificate),
            scenario: scenario)
    }

    init(name: String, target: LoadTarget, scenario: Scenario) {
        (self.name, self.target, self.scenario) = (name, target, scenario)
    }
}
