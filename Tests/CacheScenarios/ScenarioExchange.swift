package import NIOHTTP1

/// What came of one step.
package struct ScenarioExchange: Sendable {
    package var status: Int
    package var headers: HTTPHeaders
    package var body: String
    /// What the origin was asked until the client had its answer.
    package var asked: [HTTPHeaders]
    /// Statuses of interim responses; nil where they are not seen.
    package var interim: [Int]?

    package init(status: Int, headers: HTTPHeaders, body: String, asked: [HTTPHeaders], interim: [Int]? = nil) {
        self.status = status
        self.headers = headers
        self.body = body
        self.asked = asked
        self.interim = interim
    }

    /// What is not as the step expects it.
    package func failures(of step: Step, number: Int, _ moment: ScenarioMoment) -> [String] {
        (self.sourceFailures(step, number) + self.valueFailures(step, moment)).map { "step \(number): \($0)" }
    }

    private func sourceFailures(_ step: Step, _ number: Int) -> [String] {
        let origin = self.headers.first(name: "x-step").flatMap { Int($0) }
        switch step.expected.source {
        case .anywhere: return []
        case .origin: return origin != number || self.asked.isEmpty ? ["not from the origin: \(self)"] : []
        case .proxy: return origin == nil ? [] : ["somebody's answer: \(self)"]
        case .cache:
            // These two carry no field of the stored answer's that would tell.
            let isStored =
                self.status == 304 || self.status == 416 ? self.asked.isEmpty : origin.map { $0 < number } ?? false
            return isStored ? [] : ["not from the store: \(self)"]
        case .validated(by: let field):
            guard let first = self.asked.first, first.contains(name: field) else {
                return ["not validated by \(field): \(self)"]
            }
            return self.status != 304 && self.body == OriginAnswer.text(ofStep: number) ? ["fetched again"] : []
        }
    }

    private func valueFailures(_ step: Step, _ moment: ScenarioMoment) -> [String] {
        let expected = step.expected
        var failures: [String] = []
        let status = expected.status ?? (expected.source == .origin ? step.answer.status : nil)
        if let status, status != self.status { failures.append("status \(self.status), not \(status)") }
        for (name, value) in expected.fields {
            let (got, wanted) = (self.headers[name].joined(separator: ", "), moment.text(value, of: name))
            if got != wanted { failures.append("\(name) is \(got), not \(wanted)") }
        }
        for name in expected.missing where self.headers.contains(name: name) { failures.append("\(name) is there") }
        if let body = expected.body, body != self.body { failures.append("body \(self.body), not \(body)") }
        if let age = expected.age, (self.headers.first(name: "age").flatMap { Int($0) } ?? -1) < age {
            failures.append("age \(self.headers["age"]), not \(age) or more")
        }
        for (name, value) in expected.seen {
            let got = self.asked.last?[name].joined(separator: ", ")
            if got != moment.text(value, of: name) { failures.append("the origin was sent \(name) \(got ?? "")") }
        }
        if let interim = expected.interim, let seen = self.interim, interim != seen {
            failures.append("interim \(seen), not \(interim)")
        }
        return failures
    }
}
