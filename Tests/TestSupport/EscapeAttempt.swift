import Foundation
import JSON

/// One file of the escape corpus: what somebody hostile tries, and what must come of it.
///
/// The file begins with lines `// KEY: TEXT`. Two are required: `tries`, a sentence, and `contained`, which is
/// `value JSON` or `failure CODE "part of the message"` (the part may be missing). More than one `contained` means that
/// any of them will do. `// let NAME = COUNT * "TEXT"` makes the file say TEXT, a JSON string, COUNT times where it
/// says `@NAME@`. Which other keys there are depends on the level.
package struct EscapeAttempt: Sendable {
    package enum Containment: Sendable, Equatable, CustomStringConvertible {
        case value(String)
        case failure(code: String, part: String)

        package var description: String {
            switch self {
            case .value(let json): "value \(json)"
            case .failure(let code, let part): "failure \(code) \"\(part)\""
            }
        }
    }

    package struct Malformed: Error, CustomStringConvertible { package let description: String }

    package let tries: String
    package let contained: [Containment]
    package let settings: [String: String]
    /// What is left without the header.
    package let body: String

    private static let folder = Project.root.appending(path: "Tests/CodeSandboxTests/Escapes")

    /// The names of the files of a level, sorted.
    package static func names(of level: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: Self.folder.appending(path: level).path())
        return (names ?? []).sorted()
    }

    /// Reads a file of the corpus.
    ///
    /// - Parameter keys: those the level knows besides `tries`, `contained` and `let`.
    package init(level: String, name: String, keys: Set<String>) throws {
        let file = Self.folder.appending(path: level).appending(path: name)
        try self.init(text: String(contentsOf: file, encoding: .utf8), keys: keys)
    }

    package init(text: String, keys: Set<String>) throws(Malformed) {
        var tries = ""
        var contained: [Containment] = []
        var settings: [String: String] = [:]
        var expansions: [(name: String, text: String)] = []
        var rest = text[...]
        while rest.hasPrefix("// ") {
            let line = rest.prefix { $0 != "\n" }
            rest = rest.dropFirst(line.count + 1)
            let words = line.dropFirst(3)
            if words.hasPrefix("let ") {
                expansions.append(try Self.expansion(words.dropFirst(4)))
                continue
            }
            guard let colon = words.firstIndex(of: ":") else { throw Malformed(description: "a key in: \(line)") }
            let key = String(words[..<colon])
            let value = words[words.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            switch key {
            case "tries": tries = value
            case "contained": contained.append(try Self.containment(value))
            case _ where keys.contains(key) && settings[key] == nil: settings[key] = value
            default: throw Malformed(description: "an unknown or repeated key: \(key)")
            }
        }
        guard !tries.isEmpty else { throw Malformed(description: "a header without what the attempt tries") }
        guard !contained.isEmpty else { throw Malformed(description: "a header without what contains the attempt") }
        self.tries = tries
        self.contained = contained
        func expanded(_ text: String) -> String {
            expansions.reduce(text) { $0.replacing("@\($1.name)@", with: $1.text) }
        }
        self.settings = settings.mapValues(expanded)
        self.body = expanded(String(rest))
    }

    private static let codes: Set = [
        "syntaxError", "exception", "timeout", "processorLimit", "memoryLimit", "stackLimit", "outputLimit",
        "hostCallLimit", "unserializableResult", "guestLost", "busy", "cancelled",
    ]

    private static func containment(_ text: String) throws(Malformed) -> Containment {
        if text.hasPrefix("value ") {
            let json = String(text.dropFirst(6))
            guard (try? JSONValue(parsing: json)) != nil else { throw Malformed(description: "no JSON: \(json)") }
            return .value(json)
        }
        let words = text.split(separator: " ", maxSplits: 2)
        guard words.first == "failure", words.count >= 2, Self.codes.contains(String(words[1])) else {
            throw Malformed(description: "no value and no known failure: \(text)")
        }
        guard words.count == 3 else { return .failure(code: String(words[1]), part: "") }
        guard let part = (try? JSONValue(parsing: String(words[2])))?.stringValue else {
            throw Malformed(description: "no JSON string: \(words[2])")
        }
        return .failure(code: String(words[1]), part: part)
    }

    /// `NAME = COUNT * "TEXT"`.
    private static func expansion(_ text: Substring) throws(Malformed) -> (name: String, text: String) {
        let words = text.split(separator: " ", maxSplits: 4)
        guard words.count == 5, words[1] == "=", words[3] == "*", let count = Int(words[2]),
            let piece = (try? JSONValue(parsing: String(words[4])))?.stringValue
        else { throw Malformed(description: "no expansion: \(text)") }
        return (String(words[0]), String(repeating: piece, count: count))
    }
}
