import JSON

/// Reads the arguments of a tool, and says precisely what is wrong with them.
struct ArgumentReader {
    private let arguments: JSONObject

    /// - Throws: ``ArgumentError`` for arguments that are not known.
    init(_ arguments: JSONObject, known: [String]) throws(ArgumentError) {
        for (name, _) in arguments where !known.contains(name) {
            let nearest = Spelling.nearest(to: name, in: known).map { ", did you mean `\($0)`?" } ?? "."
            throw ArgumentError(
                "Unknown argument `\(name.prefix(60))`\(nearest) Arguments: \(known.joined(separator: ", ")).")
        }
        self.arguments = arguments
    }

    func string(_ name: String) throws(ArgumentError) -> String {
        guard let value = self.arguments[name], !value.isNull else {
            throw ArgumentError("`\(name)` is missing: give a string.")
        }
        guard let string = value.stringValue else {
            throw ArgumentError("`\(name)` must be a string, not \(value.kind).")
        }
        return string
    }

    /// Nil when the argument is absent, null or empty.
    func optionalString(_ name: String) throws(ArgumentError) -> String? {
        guard let value = self.arguments[name], !value.isNull, value != "" else { return nil }
        return try self.string(name)
    }

    /// False when the argument is absent or null.
    func flag(_ name: String) throws(ArgumentError) -> Bool {
        guard let value = self.arguments[name], !value.isNull else { return false }
        guard let flag = value.boolValue else {
            throw ArgumentError("`\(name)` must be true or false, not \(value.kind).")
        }
        return flag
    }

    /// Nil when the argument is absent or null.
    func choice(_ name: String, of choices: [String]) throws(ArgumentError) -> String? {
        guard let value = self.arguments[name], !value.isNull else { return nil }
        if let string = value.stringValue, choices.contains(string) { return string }
        let nearest = value.stringValue.flatMap { Spelling.nearest(to: $0, in: choices) }
        let suggestion = nearest.map { ", did you mean `\($0)`?" } ?? ""
        throw ArgumentError("`\(name)` must be one of \(choices.joined(separator: ", "))\(suggestion)")
    }

    /// Nil when the argument is absent or null.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(ArgumentError) -> Int? {
        guard let value = self.arguments[name], !value.isNull else { return nil }
        guard let integer = value.intValue, range.contains(integer) else {
            throw ArgumentError(
                "`\(name)` must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return integer
    }
}

/// What is wrong with the arguments of a tool, for whoever wrote them.
struct ArgumentError: Error, CustomStringConvertible, Equatable {
    let description: String

    init(_ description: String) { self.description = description }
}
