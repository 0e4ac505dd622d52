import NIOHTTP1

/// The request fields a response depends on, and when two requests agree in them (RFC 9111, section 4.1).
enum VaryRules {
    /// Fields whose value is no list, so that a comma in it means nothing.
    private static let singletons: Set<String> = [
        "authorization", "cookie", "host", "origin", "referer", "user-agent",
    ]

    /// The field names `Vary` lists, in lower case, sorted, each once.
    static func fields(_ headers: HTTPHeaders) -> [String] {
        Array(Set(FieldText.members(headers["vary"]).map { $0.lowercased() })).sorted()
    }

    /// What a request says in a field, in one spelling; nil when the field is absent.
    ///
    /// Several lines become one, space around commas goes, and for the fields whose meaning is known, order and case go
    /// too.
    static func normalised(_ field: String, _ headers: HTTPHeaders) -> String? {
        let lines = headers[field]
        guard !lines.isEmpty else { return nil }
        switch field {
        case "accept-language", "accept-encoding", "accept-charset":
            let members = FieldText.members(lines).map { member in
                String(
                    decoding: member.utf8.lazy.filter { !FieldText.isSpace($0) }.map(FieldText.lowered), as: UTF8.self)
            }
            return Array(Set(members)).sorted().joined(separator: ",")
        case let field where self.singletons.contains(field):
            return lines.joined(separator: ",")
        default:
            return FieldText.members(lines).joined(separator: ",")
        }
    }

    /// The stored form of what a request says in `fields`: `name:value` or `name` alone, with a line feed behind each.
    ///
    /// No field value can hold a line feed.
    static func text(_ fields: [String], _ headers: HTTPHeaders) -> String {
        fields.map { field in
            self.normalised(field, headers).map { "\(field):\($0)\n" } ?? "\(field)\n"
        }.joined()
    }

    /// Whether a request agrees with the stored form.
    ///
    /// - Parameter language: the stored response's `Content-Language`.
    static func matches(_ text: String, _ headers: HTTPHeaders, language: @autoclosure () -> String?) -> Bool {
        text.split(separator: "\n").allSatisfy { line in
            let colon = line.utf8.firstIndex(of: UInt8(ascii: ":"))
            let field = String(line[..<(colon ?? line.endIndex)])
            let stored = colon.map { line[line.utf8.index(after: $0)...] }
            let asked = self.normalised(field, headers)
            if asked.map({ Substring($0) }) == stored { return !(asked?.contains(Self.unreadable) ?? false) }
            // Negotiation could bring nothing better than the one language the client likes best.
            guard field == "accept-language", let asked, let language = language() else { return false }
            return self.favourite(asked) == language.lowercased()
        }
    }

    /// What stands where a client sent bytes that are no UTF-8; other bytes may have stood there.
    private static let unreadable: Character = "\u{FFFD}"

    /// The language preferred to all others; nil when there is none or the two best are equal.
    static func favourite(_ languages: String) -> String? {
        var best: (name: Substring, weight: Double)?
        var isTied = false
        for member in languages.split(separator: ",") {
            let parts = member.split(separator: ";")
            guard let name = parts.first, name != "*" else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            if let current = best, weight <= current.weight {
                isTied = isTied || weight == current.weight
            } else {
                (best, isTied) = ((name, weight), false)
            }
        }
        return isTied ? nil : best.map { String($0.name) }
    }
}
