/// Tells whether the place at which JavaScript could not be parsed looks like TypeScript.
///
/// Only ever asked about a script that does not compile, so that a wrong guess costs some words and nothing else. It
/// is careful all the same: what it does not know for a construct of TypeScript it leaves to the parser's own message.
struct TypeScriptHint: Equatable {
    /// What was found, in words: "a type annotation".
    var construct: String

    /// - Parameters:
    ///   - line: the source line of the error.
    ///   - column: where in it the parser stopped, from 1.
    init?(line: String, column: Int) {
        let characters = Self.withoutTexts(Array(line.unicodeScalars))
        guard column >= 1, column <= characters.count else { return nil }
        let before = Self.trimmedEnd(characters[..<(column - 1)])
        let after = characters[(column - 1)...]
        let found = Self.statement(before, after) ?? Self.annotation(before, after) ?? Self.operation(before, after)
        guard let found = found ?? Self.generic(before, after) else { return nil }
        self.construct = found
    }

    private typealias Part = ArraySlice<UnicodeScalar>

    // MARK: Kinds of TypeScript

    /// `interface X`, `type X =`, `enum X`, `import type`, modifiers, decorators.
    private static func statement(_ before: Part, _ after: Part) -> String? {
        let first = self.word(at: after)
        let follower = self.trimmedStart(after.dropFirst(first.count))
        let isNamed = self.startsIdentifier(follower)
        if ["interface", "enum", "namespace"].contains(first), isNamed { return "an \(first) declaration" }
        if ["private", "public", "protected", "readonly", "override"].contains(first), isNamed {
            return "the modifier `\(first)`"
        }
        if first == "implements", isNamed { return "an `implements` clause" }
        if first == "this", follower.first == ":" { return "a type annotation" }
        if after.first == "@", self.startsIdentifier(after.dropFirst()) { return "a decorator" }
        let last = self.lastWord(of: before)
        let line = String(String.UnicodeScalarView(before))
        let isImport = line.hasPrefix("import ") || line.hasPrefix("export ")
        guard self.startsIdentifier(after) || (isImport && after.first == "{") else { return nil }
        switch last {
        case "type": return isImport || self.isTypeAlias(after) ? "a `type`" : nil
        case "interface", "enum", "namespace", "declare", "abstract": return "the keyword `\(last)`"
        case "private", "public", "protected", "readonly", "override": return "the modifier `\(last)`"
        default: return nil
        }
    }

    private static func isTypeAlias(_ after: Part) -> Bool {
        let rest = self.trimmedStart(after.dropFirst(self.word(at: after).count))
        return rest.first == "=" || rest.first == "<"
    }

    /// `: Type`, also behind `?`, `!` and `)`.
    private static func annotation(_ before: Part, _ after: Part) -> String? {
        var rest = after
        if rest.first == "?" || rest.first == "!" { rest = self.trimmedStart(rest.dropFirst()) }
        guard rest.first == ":" else { return nil }
        let type = self.trimmedStart(rest.dropFirst())
        let name = self.lastWord(of: before)
        let ahead = self.trimmedEnd(before.dropLast(name.count))
        let isDeclared = ["const", "let", "var"].contains(self.lastWord(of: ahead))
        let isParameter = !name.isEmpty && (ahead.last == "(" || ahead.last == "," || ahead.last == ".")
        let isMember = !name.isEmpty && (ahead.last == "{" || ahead.last == ";" || ahead.isEmpty)
        let isReturn = before.last == ")"
        let isPattern = before.last == "}" || before.last == "]"
        if self.startsPrimitive(type), isDeclared || isParameter || isMember || isReturn || isPattern {
            return "a type annotation"
        }
        // A name or a shape may be an expression; only where a value cannot stand is it surely a type.
        let isShape = type.first.map { $0 == "{" || $0 == "[" || $0 == "(" || self.isUppercase($0) } ?? false
        return isShape && (isDeclared || isReturn || (isParameter && self.isUppercase(type.first!)))
            ? "a type annotation" : nil
    }

    /// `as Type`, `satisfies Type`, `value!`.
    private static func operation(_ before: Part, _ after: Part) -> String? {
        let word = self.word(at: after)
        let isImport = String(String.UnicodeScalarView(before)).hasPrefix("import")
        if word == "as" || word == "satisfies", !before.isEmpty, !isImport {
            let type = self.trimmedStart(after.dropFirst(word.count))
            let isType =
                self.startsPrimitive(type) || self.word(at: type) == "const" || self.word(at: type) == "keyof"
                || self.word(at: type) == "typeof" || type.first == "{" || type.first == "["
                || type.first.map(self.isUppercase) == true
            return isType ? "`\(word)` with a type" : nil
        }
        guard after.first == "!", let last = before.last, self.isIdentifierPart(last) || last == ")" || last == "]"
        else {
            return nil
        }
        let next = self.trimmedStart(after.dropFirst()).first
        return next == nil || ".[)],;:".unicodeScalars.contains(next!) ? "the non-null assertion `!`" : nil
    }

    /// `f<T>(`, `<T>(x) =>`, `class A<T>`, `new Map<string, number>()`, `<string>x`.
    private static func generic(_ before: Part, _ after: Part) -> String? {
        if after.first == "<", let end = self.endOfTypes(after) {
            let next = self.trimmedStart(after[end...]).first
            guard let next, next == "(" || next == "{" || self.isIdentifierPart(next) else { return nil }
            return "a type parameter or cast in `<…>`"
        }
        if after.first == "]", before.last == "[", self.primitives.contains(self.lastWord(of: before.dropLast())) {
            return "an array type"
        }
        // Read as comparisons, a call with type arguments fails at its `)`, or at the `>` in a declaration.
        var types = before
        if after.first == ">" { types = before + after.prefix(1) }
        if after.first == ")", before.last == "(" { types = before.dropLast() }
        guard types.last == ">", let start = types.lastIndex(of: "<"), start > types.startIndex,
            self.isIdentifierPart(types[start - 1]), self.endOfTypes(types[start...]) != nil
        else { return nil }
        return "type arguments in `<…>`"
    }

    /// The end of `<…>` when nothing but types can be in it; markup like `<b>text</b>` is none.
    private static func endOfTypes(_ part: Part) -> Int? {
        var depth = 0
        for index in part.indices {
            let scalar = part[index]
            if scalar == "<" { depth += 1 }
            if scalar == ">" { depth -= 1 }
            if depth == 0 { return part[index...].contains("/") ? nil : index + 1 }
            let isAllowed = self.isIdentifierPart(scalar) || " <>,.[]|&{}:;?".unicodeScalars.contains(scalar)
            guard isAllowed else { return nil }
        }
        return nil
    }

    // MARK: Reading

    private static let primitives: Set<String> = [
        "string", "number", "boolean", "any", "unknown", "void", "never", "bigint", "object", "symbol", "null",
        "undefined",
    ]

    private static func startsPrimitive(_ part: Part) -> Bool { self.primitives.contains(self.word(at: part)) }

    private static func word(at part: Part) -> String {
        String(String.UnicodeScalarView(part.prefix(while: self.isIdentifierPart)))
    }

    private static func lastWord(of part: Part) -> String {
        let trimmed = self.trimmedEnd(part)
        return String(String.UnicodeScalarView(trimmed.reversed().prefix(while: self.isIdentifierPart).reversed()))
    }

    private static func startsIdentifier(_ part: Part) -> Bool {
        part.first.map { self.isIdentifierPart($0) && !("0"..."9").contains($0) } ?? false
    }

    private static func isIdentifierPart(_ scalar: UnicodeScalar) -> Bool {
        scalar == "_" || scalar == "$" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    }

    private static func isUppercase(_ scalar: UnicodeScalar) -> Bool { ("A"..."Z").contains(scalar) }

    private static func isSpace(_ scalar: UnicodeScalar) -> Bool { scalar == " " || scalar == "\t" || scalar == "\r" }

    private static func trimmedStart(_ part: Part) -> Part { part.drop(while: self.isSpace) }

    private static func trimmedEnd(_ part: Part) -> Part {
        var part = part
        while let last = part.last, self.isSpace(last) { part = part.dropLast() }
        return part
    }

    /// The line with blanks in place of what is in quotes and comments.
    private static func withoutTexts(_ line: [UnicodeScalar]) -> [UnicodeScalar] {
        var result = line
        var quote: UnicodeScalar?
        var index = 0
        while index < line.count {
            let scalar = line[index]
            if let open = quote {
                if scalar == "\\" {
                    result[index] = " "
                    index += 1
                } else if scalar == open {
                    quote = nil
                }
                if index < line.count, quote != nil { result[index] = " " }
            } else if scalar == "\"" || scalar == "'" || scalar == "`" {
                quote = scalar
            } else if scalar == "/", index + 1 < line.count, line[index + 1] == "/" {
                for rest in index..<line.count { result[rest] = " " }
                return result
            }
            index += 1
        }
        return result
    }
}

extension ScriptRun {
    /// Says so when a script that cannot be parsed looks like TypeScript at that place.
    func pointOutTypeScript(_ failure: inout RunFailure) {
        guard let position = failure.position else { return }
        let lines = self.source.split(separator: "\n", omittingEmptySubsequences: false)
        guard position.line <= lines.count, lines[position.line - 1].utf8.count < 2000,
            let hint = TypeScriptHint(line: String(lines[position.line - 1]), column: position.column)
        else { return }
        failure.message +=
            ". This looks like TypeScript (\(hint.construct)): remove it, because scripts are plain JavaScript."
    }
}
