import HTTPSyntax
package import NIOHTTP1

/// What field values of a scenario mean now.
package struct ScenarioMoment: Sendable {
    /// Since 1970.
    package var seconds: Int
    /// The scenario's own target.
    package var target: String
    /// What the origin has sent so far, the last of each field.
    package var sent: HTTPHeaders

    package init(seconds: Int, target: String, sent: HTTPHeaders) {
        self.seconds = seconds
        self.target = target
        self.sent = sent
    }

    package func headers(_ fields: Fields) -> HTTPHeaders {
        HTTPHeaders(fields.map { ($0.name, self.text($0.value, of: $0.name)) })
    }

    package func text(_ value: FieldValue, of name: String) -> String {
        switch value {
        case .text(let text): text
        case .date(let offset): "\(HTTPDate(secondsSinceEpoch: self.seconds + offset))"
        case .longDate(let offset): self.longDate(HTTPDate(secondsSinceEpoch: self.seconds + offset))
        case .here(let path): self.target + path
        case .asSent: self.sent.first(name: name) ?? "never sent"
        }
    }

    /// In the words of RFC 850.
    private func longDate(_ date: HTTPDate) -> String {
        let words = "\(date)".split(separator: " ")
        let days = [
            "Mon,": "Monday", "Tue,": "Tuesday", "Wed,": "Wednesday", "Thu,": "Thursday", "Fri,": "Friday",
            "Sat,": "Saturday", "Sun,": "Sunday",
        ]
        return "\(days[String(words[0])] ?? ""), \(words[1])-\(words[2])-\(words[3].suffix(2)) \(words[4]) GMT"
    }
}
