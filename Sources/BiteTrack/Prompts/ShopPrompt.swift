import JSON
import ModelContextProtocol

/// A task of the shop as an MCP prompt.
///
/// What it needs and was not given, or cannot be understood, the user is asked for; where they cannot be asked that way,
/// the text tells the model to ask first.
struct ShopPrompt: Sendable {
    /// What is known when the text is written.
    struct Facts: Sendable {
        /// Seconds since 1970 by the shop's clocks.
        var now: Int
        var values: [String: String]

        /// The value of an argument, or a mark where it is missing.
        subscript(name: String) -> String { self.values[name] ?? "<\(name)>" }
    }

    let name: String
    let title: String
    let description: String
    let inputs: [PromptInput]
    let text: @Sendable (Facts) -> String

    private static let asked: JSONValue = "asked"

    /// - Parameter zone: where the days of the shop begin.
    func prompt(clock: ServiceClock, zone: ShopZone = .standard) -> Prompt {
        // From here on times are those of the shop's own clocks.
        let now: @Sendable () -> Int = {
            let seconds = clock.seconds()
            return seconds + zone.secondsAhead(at: seconds)
        }
        return Prompt(
            name: self.name, title: self.title, description: self.description,
            arguments: self.inputs.map { $0.argument(now: now) },
            handler: .immediate { try self.answer($0, now: now()) })
    }

    private func answer(_ call: PromptCall, now: Int) throws -> PromptResult {
        var facts = Facts(now: now, values: [:])
        var missing: [PromptInput] = []
        for input in self.inputs {
            // Forms that were left empty come as empty texts.
            let given = call.arguments[input.name].flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
            facts.values[input.name] = given.flatMap(input.value)
            if facts.values[input.name] == nil, input.isNeeded || given != nil { missing.append(input) }
        }
        if !missing.isEmpty {
            for (name, value) in try self.ask(missing, call.context, now: now) { facts.values[name] = value }
            missing.removeAll { facts.values[$0.name] != nil }
        }
        let lines = [self.request(for: missing, now: now), self.text(facts)]
        return PromptResult(
            description: self.description,
            messages: [.init(.user, .text(lines.compactMap { $0 }.joined(separator: "\n\n")))])
    }

    /// Asks the user once, where their client can; returns what they filled in.
    private func ask(
        _ inputs: [PromptInput], _ context: RequestContext, now: Int
    ) throws -> [String: String] {
        guard context.client.elicitsForms else { return [:] }
        var properties: JSONObject = [:]
        for input in inputs { properties.append(input.name, input.schema(for: context.revision, now: now)) }
        let schema: JSONValue = [
            "type": "object", "properties": .object(properties),
            "required": .array(inputs.map { .string($0.name) }),
        ]
        let answer: ElicitationAnswer
        do {
            answer = try context.elicit("arguments", "\(self.title): what is still needed", schema: schema)
        } catch let question as InputRequired {
            // A form that came back unusable is not sent again and again: then the model asks.
            if context.state == Self.asked { return [:] }
            throw InputRequired(question.questions, state: Self.asked)
        }
        guard case .accepted(let content) = answer else { return [:] }
        var values: [String: String] = [:]
        for input in inputs {
            guard let value = content[input.name] else { continue }
            values[input.name] = input.value(value.stringValue ?? value.text)
        }
        return values
    }

    /// Tells the model to ask for what is missing; nil when nothing is.
    private func request(for inputs: [PromptInput], now: Int) -> String? {
        guard !inputs.isEmpty else { return nil }
        let wanted = inputs.map { "\($0.name) (\($0.form(now: now)))" }.joined(separator: " and ")
        return "First ask the user for \(wanted), and wait for the answer: do not guess, and run nothing before."
    }
}
