import JSON

/// Decides which questions of a task are open; keys that clients see are never used twice.
struct TaskInput {
    private struct Open {
        let key: String
        let question: Question
    }
    /// By the key the client sees.
    private var open: [String: Open] = [:]
    private var answers = Answers()
    private var used: Set<String> = []

    var isOpen: Bool { !self.open.isEmpty }

    /// The `inputRequests` object.
    func requests(for revision: ProtocolRevision) -> JSONObject {
        self.open.sorted { $0.key < $1.key }.reduce(into: JSONObject()) { object, entry in
            object.append(entry.key, entry.value.question.request(for: revision, id: entry.key))
        }
    }

    mutating func ask(_ questions: [String: Question]) {
        self.answers = Answers()
        for (key, question) in questions {
            var name = key
            var count = 1
            while !self.used.insert(name).inserted {
                count += 1
                name = "\(key)-\(count)"
            }
            self.open[name] = Open(key: key, question: question)
        }
    }

    /// Takes what answers an open question, and ignores the rest; returns all answers once none is open.
    mutating func take(_ responses: JSONObject) -> Answers? {
        guard self.isOpen else { return nil }
        for (name, response) in responses {
            guard let asked = self.open[name], asked.question.accepts(response) else { continue }
            self.open[name] = nil
            self.answers[asked.key] = response
        }
        return self.isOpen ? nil : self.answers
    }
}

extension Question {
    /// The question as an entry of `inputRequests`.
    func request(for revision: ProtocolRevision, id: String) -> JSONValue {
        var object: JSONObject = ["method": .string(self.method)]
        object["params"] = self.parameters(for: revision, id: id).map { .object($0) }
        return .object(object)
    }
}
