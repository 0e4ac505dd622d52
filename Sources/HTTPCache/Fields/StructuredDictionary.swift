/// A Structured Field that is a dictionary, as far as caches use one (RFC 9651, sections 4.2.2 to 4.2.6).
struct StructuredDictionary {
    enum Value: Equatable {
        case boolean(Bool)
        case integer(Int)
        case string(String)
        /// A decimal, token, byte sequence, date, display string or inner list.
        case other
    }

    /// In the order of their first appearance; of two with one key the later one holds.
    private(set) var members: [(key: String, value: Value)] = []

    /// - Returns: nil when any part of it breaks the grammar: then none of it counts.
    init?(_ lines: [String]) {
        var cursor = StructuredCursor(lines.joined(separator: ", "))
        cursor.skipSpaces()
        while !cursor.isAtEnd {
            guard let key = cursor.key() else { return nil }
            var value = Value.boolean(true)
            if cursor.take("=") {
                guard let read = cursor.itemOrInnerList() else { return nil }
                value = read
            }
            guard cursor.skipParameters() else { return nil }
            self.members.removeAll { $0.key == key }
            self.members.append((key, value))
            cursor.skipOptionalSpace()
            if cursor.isAtEnd { break }
            guard cursor.take(",") else { return nil }
            cursor.skipOptionalSpace()
            guard !cursor.isAtEnd else { return nil }
        }
    }
}

/// A Structured Field that is a list of strings, such as `Cache-Groups` (RFC 9875, section 2.1).
enum StructuredStrings {
    /// The strings; members of another type are left out, and a list that breaks the grammar has none.
    static func read(_ lines: [String]) -> [String] {
        var cursor = StructuredCursor(lines.joined(separator: ", "))
        var strings: [String] = []
        cursor.skipSpaces()
        while !cursor.isAtEnd {
            guard let value = cursor.itemOrInnerList(), cursor.skipParameters() else { return [] }
            if case .string(let text) = value { strings.append(text) }
            cursor.skipOptionalSpace()
            if cursor.isAtEnd { break }
            guard cursor.take(",") else { return [] }
            cursor.skipOptionalSpace()
            guard !cursor.isAtEnd else { return [] }
        }
        return strings
    }
}
