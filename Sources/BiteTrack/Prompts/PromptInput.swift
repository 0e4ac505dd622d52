import JSON
import ModelContextProtocol

/// An argument of a prompt: what it takes, what is proposed, and how a user is asked for it.
struct PromptInput: Sendable {
    enum Kind: Sendable {
        /// A day of the shop, such as `2025-11-24`.
        case day
        /// Such as `2025-11`.
        case month
        case number(ClosedRange<Int>, proposals: [Int])
        case choice([String])
        case words
    }
    let name: String
    let title: String
    let kind: Kind
    /// Whether there is no sensible answer without it, so that the user must be asked.
    var isNeeded = true

    /// Longest text taken.
    private static let longest = 100

    /// What is meant by `text`; nil when that is nothing this argument takes.
    func value(_ text: String) -> String? {
        let words = text.split(whereSeparator: { $0.isWhitespace || $0.isNewline }).joined(separator: " ")
        switch self.kind {
        case .day: return ShopDate.isDay(words) ? words : nil
        case .month: return ShopDate.isMonth(words) ? words : nil
        case .number(let range, _): return Int(words).flatMap { range.contains($0) ? String($0) : nil }
        case .choice(let choices): return choices.first { $0 == words.lowercased() }
        case .words:
            let printable = words.filter { !$0.unicodeScalars.contains { $0.properties.generalCategory == .control } }
            return printable.isEmpty ? nil : String(printable.prefix(Self.longest))
        }
    }

    /// What people see of it: the form of its values.
    func form(now: Int) -> String {
        switch self.kind {
        case .day: "a day such as \(ShopDate.day(now: now))"
        case .month: "a month such as \(ShopDate.month(now: now))"
        case .number(let range, _): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .choice(let choices): "one of " + choices.joined(separator: ", ")
        case .words: "a text"
        }
    }

    /// Values to choose from, likeliest first.
    func proposals(now: Int) -> [String] {
        switch self.kind {
        case .day: (0..<31).map { ShopDate.day(before: $0, now: now) }
        case .month: (0..<24).map { ShopDate.month(before: $0, now: now) }
        case .number(_, let proposals): proposals.map { String($0) }
        case .choice(let choices): choices
        case .words: []
        }
    }

    /// The field of a form that asks for it.
    func schema(for revision: ProtocolRevision, now: Int) -> JSONValue {
        var object: JSONObject = ["title": .string(self.title), "description": .string(self.form(now: now))]
        switch self.kind {
        case .number(let range, _):
            object["type"] = "integer"
            object["minimum"] = JSONValue(range.lowerBound)
            object["maximum"] = JSONValue(range.upperBound)
        case .choice(let choices):
            object["type"] = "string"
            object["enum"] = .array(choices.map { .string($0) })
        case .day, .month, .words:
            object["type"] = "string"
            object["minLength"] = 1
            object["maxLength"] = JSONValue(Self.longest)
        }
        // Before 2025-11-25 only a yes or no may have a default.
        if revision >= .november2025, let first = self.proposals(now: now).first {
            object["default"] = Int(first).map { JSONValue($0) } ?? .string(first)
        }
        return .object(object)
    }

    /// The argument as `prompts/list` shows it; never required there, since a missing one is asked for.
    func argument(now: @escaping @Sendable () -> Int) -> Prompt.Argument {
        let complete: Completer = { call in call.matches(in: self.proposals(now: now())) }
        return Prompt.Argument(
            name: self.name, title: self.title,
            description: self.isNeeded ? self.shape : "optional; " + self.shape,
            complete: self.proposals(now: 0).isEmpty ? nil : complete)
    }

    /// The form of its values for a list that is the same for ever.
    private var shape: String {
        switch self.kind {
        case .day: "YYYY-MM-DD"
        case .month: "YYYY-MM"
        case .number, .choice, .words: self.form(now: 0)
        }
    }
}
