/// One `/** … */` comment and what follows it.
struct JSDocComment {
    /// Without stars.
    let lines: [String]
    /// The next line that is not empty.
    let declaration: Substring

    /// All that begin at the start of a line, in order.
    static func all(in source: String) -> [JSDocComment] {
        var comments: [JSDocComment] = []
        let lines = source.parts(between: "\n", omittingEmpty: false)
        var start = 0
        while let first = lines[start...].firstIndex(where: { $0.hasPrefix("/**") }),
            let last = lines[first...].firstIndex(where: { $0.hasSuffix("*/") })
        {
            let text: [String]
            if first == last {
                text = [String(lines[first].dropFirst(3).dropLast(2)).trimmed]
            } else {
                text = lines[(first + 1)..<last].map { line in
                    let inner = line.drop { $0 == " " }.dropFirst()
                    return String(inner.hasPrefix(" ") ? inner.dropFirst() : inner)
                }
            }
            let rest = lines[(last + 1)...].first { !$0.allSatisfy { $0 == " " } }
            comments.append(JSDocComment(lines: text, declaration: rest ?? ""))
            start = last + 1
        }
        return comments
    }
}

extension String {
    fileprivate var trimmed: String {
        let start = self.drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }
}

/// The words for the search alone, which would cost a reader of a module tokens for nothing.
enum KeywordLines {
    /// The text without its `@keywords` and their continuation.
    static func removed(from text: String) -> String {
        guard text.contains("@keywords") else { return text }
        var kept: [Substring] = []
        var isInside = false
        for line in text.parts(between: "\n", omittingEmpty: false) {
            if line.hasPrefix(" * @keywords") {
                isInside = true
                continue
            }
            if isInside, line.hasPrefix(" *   ") { continue }
            isInside = false
            // What stood between the description and the keywords separates nothing any more.
            if line == " */", kept.last == " *" { kept.removeLast() }
            kept.append(line)
        }
        return kept.joined(separator: "\n")
    }
}
