/// One JSON value (RFC 8259) that loses nothing: member order is kept and numbers stay the text they were.
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    package var stringValue: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }
    package var boolValue: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }
    package var intValue: Int? {
        guard case .number(let value) = self else { return nil }
        return value.int
    }
    package var doubleValue: Double? {
        guard case .number(let value) = self else { return nil }
        return value.double
    }
    package var arrayValue: [JSONValue]? {
        guard case .array(let value) = self else { return nil }
        return value
    }
    package var objectValue: JSONObject? {
        guard case .object(let value) = self else { return nil }
        return value
    }
    package var isNull: Bool { self == .null }

    /// The word for this value's type in an error message, such as `an array`.
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    /// The member `key` of an object; nil for other values and absent members.
    package subscript(key: String) -> JSONValue? { self.objectValue?[key] }
}

/// A number kept as its JSON text, so that 64-bit integers and trailing digits survive.
package struct JSONNumber: Sendable, Hashable {
    package let text: String

    /// `text` must be a number by RFC 8259 section 6; the parser and the initializers below see to it.
    init(text: String) { self.text = text }

    package init(_ value: Int) { self.text = String(value) }

    /// Prints the shortest text that reads back as `value`, without `.0`; NaN and infinities become `0`.
    package init(_ value: Double) {
        guard value.isFinite else {
            self.text = "0"
            return
        }
        self.text = if let int = Int(exactly: value), int.magnitude < 1 << 53 { String(int) } else { value.description }
    }

    /// The value as an integer, if it is one and fits: `2`, `2.0` and `2e0` all are.
    package var int: Int? { Int(self.text) ?? Double(self.text).flatMap { Int(exactly: $0) } }
    package var double: Double { Double(self.text) ?? 0 }
}

/// The members of an object in the order they were written.
package struct JSONObject: Sendable, Hashable, Sequence, ExpressibleByDictionaryLiteral {
    package typealias Member = (key: String, value: JSONValue)
    private static let usualCount = 4
    private var keys: [String] = []
    private var values: [JSONValue] = []

    package init() {}
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        for (key, value) in elements { self[key] = value }
    }

    package var count: Int { self.keys.count }
    package var isEmpty: Bool { self.keys.isEmpty }

    /// The value of `key`; setting nil removes the member.
    package subscript(key: String) -> JSONValue? {
        get { self.keys.firstIndex(of: key).map { self.values[$0] } }
        set {
            switch (self.keys.firstIndex(of: key), newValue) {
            case (let index?, let value?): self.values[index] = value
            case (let index?, nil):
                self.keys.remove(at: index)
                self.values.remove(at: index)
            case (nil, let value?): self.append(key, value)
            case (nil, nil): break
            }
        }
    }

    /// Adds a member whose key is known to be new.
    package mutating func append(_ key: String, _ value: JSONValue) {
        if self.keys.isEmpty {
            // Most objects have a few members: one allocation instead of three.
            self.keys.reserveCapacity(Self.usualCount)
            self.values.reserveCapacity(Self.usualCount)
        }
        self.keys.append(key)
        self.values.append(value)
    }

    package func contains(_ key: String) -> Bool { self.keys.contains(key) }

    package func makeIterator() -> Iterator { Iterator(object: self) }

    package struct Iterator: IteratorProtocol {
        private let object: JSONObject
        private var index = 0

        fileprivate init(object: JSONObject) { self.object = object }

        package mutating func next() -> Member? {
            guard self.index < self.object.keys.count else { return nil }
            defer { self.index += 1 }
            return (self.object.keys[self.index], self.object.values[self.index])
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
    package init(floatLiteral value: Double) { self = .number(JSONNumber(value)) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        var object = JSONObject()
        for (key, value) in elements { object[key] = value }
        self = .object(object)
    }
    package init(nilLiteral: ()) { self = .null }

    package init(_ value: Int) { self = .number(JSONNumber(value)) }
    package init(_ value: Double) { self = .number(JSONNumber(value)) }
    package init(_ value: String) { self = .string(value) }
    package init(_ value: Bool) { self = .bool(value) }
}
