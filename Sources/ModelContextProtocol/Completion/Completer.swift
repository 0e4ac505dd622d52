/// Proposes values for an argument of a prompt or a variable of a resource template, best first.
///
/// Answers on the event loop.
package typealias Completer = @Sendable (CompletionCall) -> [String]

/// What somebody has typed so far.
package struct CompletionCall: Sendable {
    /// The argument or variable.
    package let name: String
    package let value: String
    /// Values already chosen for other arguments; clients before 2025-06-18 send none.
    package let chosen: [String: String]

    package init(name: String, value: String, chosen: [String: String] = [:]) {
        self.name = name
        self.value = value
        self.chosen = chosen
    }

    /// Those of `candidates` that begin with what was typed, or hold it; letter case does not count.
    package func matches(in candidates: [String]) -> [String] {
        let wanted = self.value.lowercased()
        let beginning = candidates.filter { $0.lowercased().hasPrefix(wanted) }
        return beginning + candidates.filter { !$0.lowercased().hasPrefix(wanted) && $0.lowercased().contains(wanted) }
    }
}
