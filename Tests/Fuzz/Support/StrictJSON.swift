/// Whether text is JSON to the letter (RFC 8259), told by a reader of its own.
package struct StrictJSON {
    private let text: [UInt8]
    private var index = 0

    package static func accepts(_ text: [UInt8]) -> Bool {
        guard String(validating: text, as: UTF8.self) != nil else { return false }
        var reader = StrictJSON(text: text)
        return reader.value(depth: 0) && reader.isAtEnd
    }

    private init(text: [UInt8]) { self.text = text }

    private var next: UInt8? { self.index < self.text.count ? self.text[self.index] : nil }

    private var isAtEnd: Bool { self.index == self.text.count }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard self.next == UInt8(ascii: character) else { return false }
        self.index += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = self.next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { self.index += 1 }
    }

    /// A value with blanks around it.
    private mutating func value(depth: Int) -> Bool {
        guard depth < 1000 else { return false }
        self.skipBlanks()
        defer { self.skipBlanks() }
        switch self.next {
        case UInt8(ascii: "{"): return self.object(depth)
        case UInt8(ascii: "["): return self.array(depth)
        case UInt8(ascii: "\""): return self.string()
        case UInt8(ascii: "t"): return self.word("true")
        case UInt8(ascii: "f"): return self.word("false")
        case UInt8(ascii: "n"): return self.word("null")
        default: return self.number()
        }
    }

    private mutating func object(_ depth: Int) -> Bool {
        self.index += 1
        self.skipBlanks()
        if self.take("}") { return true }
        repeat {
            self.skipBlanks()
            guard self.string() else { return false }
            self.skipBlanks()
            guard self.take(":"), self.value(depth: depth + 1) else { return false }
        } while self.take(",")
        return self.take("}")
    }

    private mutating func array(_ depth: Int) -> Bool {
        self.index += 1
        self.skipBlanks()
        if self.take("]") { return true }
        repeat {
            guard self.value(depth: depth + 1) else { return false }
        } while self.take(",")
        return self.take("]")
    }

    private mutating func string() -> Bool {
        guard self.take("\"") else { return false }
        while let byte = self.next {
            self.index += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case 0..<0x20: return false
            case UInt8(ascii: "\\"):
                if self.take("u") {
                    for _ in 0..<4 {
                        guard let digit = self.next, Character(Unicode.Scalar(digit)).isHexDigit else { return false }
                        self.index += 1
                    }
                } else {
                    guard let escaped = self.next, "\"\\/bfnrt".utf8.contains(escaped) else { return false }
                    self.index += 1
                }
            default: break
            }
        }
        return false
    }

    private mutating func word(_ word: String) -> Bool {
        guard self.text[self.index...].starts(with: word.utf8) else { return false }
        self.index += word.utf8.count
        return true
    }

    private mutating func number() -> Bool {
        _ = self.take("-")
        if !self.take("0") {
            guard self.digits() else { return false }
        }
        if self.take(".") { guard self.digits() else { return false } }
        if self.take("e") || self.take("E") {
            if !self.take("+") { _ = self.take("-") }
            guard self.digits() else { return false }
        }
        return true
    }

    private mutating func digits() -> Bool {
        let start = self.index
        while let byte = self.next, (0x30...0x39).contains(byte) { self.index += 1 }
        return self.index > start
    }
}
