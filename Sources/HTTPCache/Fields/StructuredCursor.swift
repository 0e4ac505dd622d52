import HTTPSyntax

/// Reads Structured Fields from left to right (RFC 9651, section 4.2).
struct StructuredCursor {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        self.bytes = Array(text.utf8)
        // Spaces behind the value are no part of it.
        self.end = (self.bytes.lastIndex { $0 != 0x20 } ?? -1) + 1
    }
    private let end: Int

    var isAtEnd: Bool { self.position >= self.end }
    private var next: UInt8? { self.isAtEnd ? nil : self.bytes[self.position] }

    mutating func skipSpaces() { while self.next == 0x20 { self.position += 1 } }

    mutating func skipOptionalSpace() { while let next = self.next, FieldText.isSpace(next) { self.position += 1 } }

    mutating func take(_ character: Character) -> Bool {
        guard self.next == character.asciiValue else { return false }
        self.position += 1
        return true
    }

    mutating func key() -> String? {
        guard let first = self.next, (0x61...0x7A).contains(first) || first == UInt8(ascii: "*") else { return nil }
        let start = self.position
        while let byte = self.next, Self.isKey(byte) { self.position += 1 }
        return String(decoding: self.bytes[start..<self.position], as: UTF8.self)
    }

    private static func isKey(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
            || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "*")].contains(byte)
    }

    mutating func itemOrInnerList() -> StructuredDictionary.Value? {
        guard self.take("(") else { return self.item() }
        while !self.isAtEnd {
            self.skipSpaces()
            if self.take(")") { return .other }
            guard self.item() != nil, self.skipParameters() else { return nil }
            guard self.next == 0x20 || self.next == UInt8(ascii: ")") else { return nil }
        }
        return nil
    }

    /// - Returns: false when a parameter breaks the grammar.
    mutating func skipParameters() -> Bool {
        while self.take(";") {
            self.skipSpaces()
            guard self.key() != nil else { return false }
            if self.take("="), self.item() == nil { return false }
        }
        return true
    }

    private mutating func item() -> StructuredDictionary.Value? {
        guard let next = self.next else { return nil }
        return switch next {
        case UInt8(ascii: "-"), 0x30...0x39: self.number(isNegative: self.take("-"))
        case UInt8(ascii: "\""): self.string().map { .string($0) }
        case UInt8(ascii: "?"): self.boolean()
        case UInt8(ascii: ":"): self.delimited(by: ":")
        case UInt8(ascii: "@"): self.date()
        case UInt8(ascii: "%"): self.displayString()
        case UInt8(ascii: "*"), 0x41...0x5A, 0x61...0x7A: self.token()
        default: nil
        }
    }

    private mutating func number(isNegative: Bool) -> StructuredDictionary.Value? {
        let whole = self.digits()
        guard (1...15).contains(whole.count) else { return nil }
        if self.take(".") {
            let fraction = self.digits().count
            return whole.count <= 12 && (1...3).contains(fraction) ? .other : nil
        }
        return Int(String(decoding: whole, as: UTF8.self)).map { .integer(isNegative ? -$0 : $0) }
    }

    private mutating func digits() -> ArraySlice<UInt8> {
        let start = self.position
        while let byte = self.next, (0x30...0x39).contains(byte) { self.position += 1 }
        return self.bytes[start..<self.position]
    }

    private mutating func string() -> String? {
        self.position += 1
        var text: [UInt8] = []
        while let byte = self.next {
            self.position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = self.next, escaped == UInt8(ascii: "\"") || escaped == byte else { return nil }
                self.position += 1
                text.append(escaped)
            case 0x20...0x7E: text.append(byte)
            default: return nil
            }
        }
        return nil
    }

    private mutating func boolean() -> StructuredDictionary.Value? {
        self.position += 1
        if self.take("1") { return .boolean(true) }
        return self.take("0") ? .boolean(false) : nil
    }

    private mutating func token() -> StructuredDictionary.Value {
        while let byte = self.next,
            FieldSyntax.isToken(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "/")
        {
            self.position += 1
        }
        return .other
    }

    private mutating func delimited(by mark: Character) -> StructuredDictionary.Value? {
        self.position += 1
        while !self.isAtEnd {
            if self.take(mark) { return .other }
            guard let byte = self.next, Self.isBase64(byte) else { return nil }
            self.position += 1
        }
        return nil
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || [UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "=")].contains(byte)
    }

    private mutating func date() -> StructuredDictionary.Value? {
        self.position += 1
        guard case .integer? = self.number(isNegative: self.take("-")) else { return nil }
        return .other
    }

    private mutating func displayString() -> StructuredDictionary.Value? {
        self.position += 1
        return self.next == UInt8(ascii: "\"") && self.string() != nil ? .other : nil
    }
}
