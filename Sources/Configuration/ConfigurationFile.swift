import TOMLKit

/// The keys and values of one TOML file, each with the line it stands on.
struct ConfigurationFile {
    struct Entry {
        let key: String
        let value: RawValue
        let line: Int
    }

    /// One of several sections of the same name.
    struct Section {
        let line: Int
        let entries: [Entry]
    }

    let path: String
    let entries: [Entry]
    /// The `[[proxy]]` sections.
    let proxies: [Section]

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
        var proxies: [Section] = []
        for name in table.keys {
            if name == "proxy", let sections = table[name]?.array.flatMap(ConfigurationFile.tables) {
                proxies = sections.enumerated().map { index, section in
                    let start = lines["proxy#\(index)"] ?? lines[name] ?? 1
                    let entries = section.keys.map { key in
                        Entry(
                            key: "proxy.\(key)", value: RawValue(section[key]),
                            line: lines["proxy#\(index).\(key)"] ?? start)
                    }
                    return Section(line: start, entries: entries.sorted { $0.line < $1.line })
                }
            } else if let section = table[name]?.table {
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
        self.proxies = proxies
    }

    /// The elements of an array of tables; nil for any other array.
    private static func tables(_ array: TOMLArray) -> [TOMLTable]? {
        let tables = (0..<array.count).compactMap { array[$0].table }
        return tables.count == array.count ? tables : nil
    }

    /// Where each section and key begins.
    ///
    /// The parser has accepted the text and does not tell positions of keys; a line scan of headers and assignments
    /// finds them. A line inside a multi-line string could only move the number in a message.
    private static func lines(of text: String) -> [String: Int] {
        var found: [String: Int] = [:]
        var section = ""
        var counts: [String: Int] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.drop { $0 == " " || $0 == "\t" }
            if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
                let isRepeated = line.hasPrefix("[[")
                section = String(line[line.index(after: line.startIndex)..<end]).filter { $0 != "[" && $0 != " " }
                if isRepeated {
                    let number = counts[section, default: 0]
                    counts[section] = number + 1
                    section += "#\(number)"
                }
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
