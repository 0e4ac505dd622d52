/// The words the tables are written in.
extension Step {
    /// An exchange that fills the cache, answered by the origin.
    package static func store(_ fields: Fields, status: Int = 200, body: String? = nil, asking request: Fields = []) -> Step {
        var step = Step()
        step.request = request
        step.answer.fields = fields
        step.answer.status = status
        step.answer.body = body
        step.expected.source = .origin
        return step
    }

    /// An exchange that must be answered from the store.
    package static func cached(_ request: Fields = [], status: Int? = nil) -> Step {
        self.ask(.cache, request, status: status)
    }

    /// An exchange that must reach the origin.
    package static func fetched(_ request: Fields = []) -> Step { self.ask(.origin, request) }

    /// An exchange that must ask the origin whether what is stored still holds; it says so, with these fields.
    package static func validated(by field: String, _ fields: Fields = [], asking request: Fields = []) -> Step {
        var step = self.ask(.validated(by: field), request)
        step.answer.fields = fields
        return step
    }

    package static func ask(_ source: Source, _ request: Fields = [], status: Int? = nil) -> Step {
        var step = Step()
        step.request = request
        step.expected.source = source
        step.expected.status = status
        return step
    }

    /// An exchange during which the origin closes the connection.
    package static func cutOff(_ source: Source, status: Int? = nil) -> Step {
        var step = self.ask(source, status: status)
        step.answer.disconnects = true
        return step
    }

    /// A request that changes something.
    package static func change(_ method: String, status: Int = 200, _ fields: Fields = [], path: String = "") -> Step {
        var step = Step.store(fields, status: status)
        step.method = method
        step.path = path
        step.requestBody = "abc"
        return step
    }

    package func with(_ change: (inout Step) -> Void) -> Step {
        var step = self
        change(&step)
        return step
    }

    package func at(_ path: String) -> Step { self.with { $0.path = path } }
    package func answering(_ status: Int, _ fields: Fields = []) -> Step {
        self.with {
            $0.answer.status = status
            $0.answer.fields = fields
        }
    }
    package func expecting(_ fields: Fields, missing: [String] = []) -> Step {
        self.with {
            $0.expected.fields = fields
            $0.expected.missing = missing
        }
    }
    package func expecting(body: String) -> Step { self.with { $0.expected.body = body } }
    package func expecting(age: Int) -> Step { self.with { $0.expected.age = age } }
    package func seeing(_ fields: Fields) -> Step { self.with { $0.expected.seen = fields } }

    /// Long enough for what was fresh for two seconds.
    package var later: Step { self.with { $0.pause = 3 } }
}
