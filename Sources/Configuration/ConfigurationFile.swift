import TOMLKit

/// The keys and values of one TOML file, each with the line it stands on.
struct ConfigurationFile {
    struct Entry {
        let key: String
        let value: RawValue
        let line: Int
    }

    let path: String
    let entries: [Entry]

    /// - Throws: ``ConfigurationError`` with line and column when the text is not TOML.
    init(path: String, text: String) throws(ConfigurationError) {
        self.path = path
        let table: TOMLTable
        do { table = try TOMLTable(string: text) } catch let error as TOMLParseError {
            let place = "\(path):\(error.source.begin.line):\(error.source.begin.column)"
            throw ConfigurationError(["\(place): not TOML: \(error.description)"])
        } catch { throw ConfigurationError(["\(path): not TOML"]) }
        let lines = ConfigurationFile.lines(of: text)
        var entries: [Entry] = []
        for name in table.keys {
            if let section = table[name]?.table {
                for key in section.keys {
                    let fullKey = "\(name).\(key)"
                    entries.append(
                        Entry(key: fullKey, value: RawValue(section[key]), line: lines[fullKey] ?? lines[name] ?? 1))
                }
            } else {
                entries.append(Entry(key: name, value: RawValue(table[name]), line: lines[name] ?? 1))
            }
        }
        self.entries = entries.sorted { $0.line < $1.line }
    }

    /// Where each section and key begins.
    ///
    /// The parser has accepted the text and does not tell positions of keys; a line scan of headers and assignments
    /// finds them. A line inside a multi-line string could only move the number in a message.
    private static func lines(of text: String) -> [String: Int] {
        var found: [String: Int] = [:]
        var section = ""
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.drop { $0 == " " || $0 == "\t" }
            if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
                section = String(line[line.index(after: line.startIndex)..<end]).filter { $0 != "[" && $0 != " " }
                found[section, default: index + 1] = index + 1
            } else if !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") {
                let key = line[..<equals].filter { !" \t\"'".contains($0) }
                let fullKey = section.isEmpty ? key : "\(section).\(key)"
                if found[fullKey] == nil { found[fullKey] = index + 1 }
            }
        }
        return found
    }
}

/// A value before it is known to fit its setting.
enum RawValue: Equatable {
    case integer(Int)
    case boolean(Bool)
    case text(String)
    case list([String])
    /// Something no setting takes, in words.
    case other(String)

    init(_ value: (any TOMLValueConvertible)?) {
        guard let value else {
            self = .other("nothing")
            return
        }
        switch value.type {
        case .int: self = value.int.map { .integer($0) } ?? .other("a number out of range")
        case .bool: self = value.bool.map { .boolean($0) } ?? .other("a boolean")
        case .string: self = value.string.map { .text($0) } ?? .other("a text")
        case .array:
            let elements = value.array.map { array in (0..<array.count).map { array[$0].string } } ?? [nil]
            let texts = elements.compactMap { $0 }
            self = texts.count == elements.count ? .list(texts) : .other("a list that holds more than texts")
        default: self = .other("a \(value.type.rawValue)")
        }
    }

    /// How the value is called in an error message.
    ///
    /// Texts are shown as they are: keys that hold a secret are not asked.
    var shown: String {
        switch self {
        case .integer(let value): String(value)
        case .boolean(let value): String(value)
        case .text(let value): "\"\(value.prefix(80))\""
        case .list: "a list"
        case .other(let word): word
        }
    }
}
