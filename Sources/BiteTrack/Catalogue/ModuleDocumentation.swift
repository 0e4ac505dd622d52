/// What the JSDoc comment of an exported function says.
package struct ModuleDocumentation: Sendable, Equatable {
    package struct Parameter: Sendable, Equatable {
        /// Without the name of the object it is a member of.
        package var name: String
        package var type: String
        package var isOptional: Bool
        /// The object itself that carries the others.
        package var isRoot: Bool
        package var text: String
    }

    /// The first sentence.
    package var summary = ""
    /// Everything before the first tag, in one line.
    package var description = ""
    /// The sentence after `Cost:`.
    package var cost: String?
    package var parameters: [Parameter] = []
    package var returnType = "Promise<unknown>"
    package var returnText = ""
    package var examples: [String] = []
    /// Words somebody may search with, in English and Spanish, that stand nowhere else.
    package var keywords = ""

    /// Reads the comment a file begins with.
    ///
    /// - Returns: nil when it begins otherwise.
    init?(heading source: String) {
        guard source.hasPrefix("/**"), let comment = JSDocComment.all(in: source).first else { return nil }
        self.init(comment: comment.lines)
    }

    /// Reads the comment before the first exported function of `source`.
    ///
    /// - Returns: nil when there is none.
    package init?(source: String) {
        guard let comment = Self.comment(of: source) else { return nil }
        self.init(comment: comment)
    }

    init(comment: [String]) {
        var blocks: [(tag: String, lines: [String])] = [("", [])]
        for line in comment {
            if line.hasPrefix("@") {
                let tag = line.dropFirst().prefix { $0.isLetter }
                let rest = line.dropFirst(tag.count + 1).drop { $0 == " " }
                blocks.append((String(tag), rest.isEmpty ? [] : [String(rest)]))
            } else {
                blocks[blocks.count - 1].lines.append(line)
            }
        }
        for (tag, lines) in blocks {
            let text = Self.joined(lines)
            switch tag {
            case "": self.readDescription(lines)
            case "param": self.readParameter(text)
            case "returns": (self.returnType, self.returnText) = Self.typed(text)
            case "keywords": self.keywords = text
            case "example": self.examples.append(Self.trimmed(lines).joined(separator: "\n"))
            default: break
            }
        }
    }

    private static func comment(of source: String) -> [String]? {
        JSDocComment.all(in: source).first { $0.declaration.hasPrefix("export async function ") }?.lines
    }

    private mutating func readDescription(_ lines: [String]) {
        self.description = Self.joined(lines)
        self.summary = Self.firstSentence(self.description)
        let paragraphs = lines.split { $0.isEmpty }.map { Self.joined(Array($0)) }
        self.cost = paragraphs.first { $0.hasPrefix("Cost: ") }.map { String($0.dropFirst("Cost: ".count)) }
    }

    private mutating func readParameter(_ text: String) {
        let (type, rest) = Self.typed(text)
        var name = rest.prefix { $0 != " " }
        var explanation = rest.dropFirst(name.count)
        if name.hasPrefix("["), let close = rest.firstIndex(of: "]") {
            name = rest[..<close].dropFirst()
            explanation = rest[close...].dropFirst()
        }
        let isOptional = rest.hasPrefix("[")
        let plain = name.prefix { $0 != "=" }
        let parts = plain.split(separator: ".")
        self.parameters.append(
            Parameter(
                name: String(parts.last ?? plain), type: type, isOptional: isOptional, isRoot: parts.count < 2,
                text: String(explanation.drop { $0 == " " || $0 == "-" })))
    }

    /// Splits `{type} text`, minding braces inside the type.
    static func typed(_ text: String) -> (type: String, rest: String) {
        guard text.hasPrefix("{") else { return ("unknown", text) }
        var depth = 0
        for index in text.indices {
            if text[index] == "{" { depth += 1 }
            if text[index] == "}" { depth -= 1 }
            if depth == 0 {
                let type = text[text.index(after: text.startIndex)..<index]
                return (String(type), String(text[text.index(after: index)...].drop { $0 == " " }))
            }
        }
        return ("unknown", text)
    }

    private static func firstSentence(_ text: String) -> String {
        var previous: Character = " "
        for index in text.indices {
            if text[index] == " ", previous == "." { return String(text[..<index]) }
            previous = text[index]
        }
        return text
    }

    static func joined(_ lines: [String]) -> String {
        lines.flatMap { $0.parts(between: " ") }.joined(separator: " ")
    }

    private static func trimmed(_ lines: [String]) -> [String] {
        var lines = lines[...]
        while lines.last?.isEmpty == true { lines.removeLast() }
        while lines.first?.isEmpty == true { lines.removeFirst() }
        return Array(lines)
    }
}
