/// A cursor over JSON text: reads values, or skips them without building anything.
package struct JSONReader: ~Escapable {
    let text: Span<UInt8>
    package internal(set) var offset = 0

    @_lifetime(copy text)
    package init(_ text: Span<UInt8>) { self.text = text }

    // MARK: Values

    package mutating func readValue(depth: Int) throws(JSONError) -> JSONValue {
        switch try self.peekToken() {
        case UInt8(ascii: "{"): return .object(try self.readObject(depth: depth))
        case UInt8(ascii: "["): return .array(try self.readArray(depth: depth))
        case UInt8(ascii: "\""): return .string(try self.readString())
        case UInt8(ascii: "t"):
            try self.expect("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try self.expect("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try self.expect("null")
            return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let start = self.offset
            let digits = self.text.extracting(try self.skipNumber())
            return .number(JSONNumber(text: try Self.string(digits, isASCII: true, at: start)))
        default: throw JSONError(.unexpectedByte, at: self.offset)
        }
    }

    /// Reads the value that ``skipValue(depth:)`` found; the reader stays where it is.
    package func value(at range: Range<Int>, depth: Int) throws(JSONError) -> JSONValue {
        var reader = JSONReader(self.text)
        reader.offset = range.lowerBound
        return try reader.readValue(depth: depth)
    }

    /// Moves past one value and returns its range in the text.
    ///
    /// Checks everything but that keys differ and that bytes are UTF-8.
    @discardableResult
    package mutating func skipValue(depth: Int) throws(JSONError) -> Range<Int> {
        let first = try self.peekToken()
        let start = self.offset
        switch first {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth > 0 else { throw JSONError(.tooDeep, at: self.offset) }
            let isObject = first == UInt8(ascii: "{")
            self.offset += 1
            var closed = try self.consume(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
            while !closed {
                if isObject {
                    try self.peekKey()
                    _ = try self.skipString()
                    try self.require(UInt8(ascii: ":"))
                }
                try self.skipValue(depth: depth - 1)
                closed = try self.separatorOrClose(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
            }
        case UInt8(ascii: "\""): _ = try self.skipString()
        case UInt8(ascii: "t"): try self.expect("true")
        case UInt8(ascii: "f"): try self.expect("false")
        case UInt8(ascii: "n"): try self.expect("null")
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try self.skipNumber()
        default: throw JSONError(.unexpectedByte, at: self.offset)
        }
        return start..<self.offset
    }

    package mutating func expectEnd() throws(JSONError) {
        self.skipWhitespace()
        guard self.offset == self.text.count else { throw JSONError(.trailingBytes, at: self.offset) }
    }

    private mutating func readObject(depth: Int) throws(JSONError) -> JSONObject {
        guard depth > 0 else { throw JSONError(.tooDeep, at: self.offset) }
        self.offset += 1
        var object = JSONObject()
        // Small objects are searched, large ones are checked through a set: a hostile object must not cost n².
        var seen: Set<String> = []
        if try self.consume(UInt8(ascii: "}")) { return object }
        repeat {
            try self.peekKey()
            let keyOffset = self.offset
            let key = try self.readString()
            if object.count == 16 { for member in object { seen.insert(member.key) } }
            let isNew = object.count < 16 ? !object.contains(key) : seen.insert(key).inserted
            guard isNew else { throw JSONError(.duplicateKey, at: keyOffset) }
            try self.require(UInt8(ascii: ":"))
            object.append(key, try self.readValue(depth: depth - 1))
        } while try !self.separatorOrClose(UInt8(ascii: "}"))
        return object
    }

    private mutating func readArray(depth: Int) throws(JSONError) -> [JSONValue] {
        guard depth > 0 else { throw JSONError(.tooDeep, at: self.offset) }
        self.offset += 1
        var array: [JSONValue] = []
        if try self.consume(UInt8(ascii: "]")) { return array }
        repeat {
            array.append(try self.readValue(depth: depth - 1))
        } while try !self.separatorOrClose(UInt8(ascii: "]"))
        return array
    }

    /// Enters an array: calls `body` for each element, which it must read or skip with this reader.
    package mutating func forEachElement(
        _ body: (_ reader: inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        guard try self.peekToken() == UInt8(ascii: "[") else { throw JSONError(.unexpectedByte, at: self.offset) }
        self.offset += 1
        if try self.consume(UInt8(ascii: "]")) { return }
        repeat { try body(&self) } while try !self.separatorOrClose(UInt8(ascii: "]"))
    }

    // MARK: Tokens

    /// The next byte that is not white space, without moving past it.
    package mutating func peekToken() throws(JSONError) -> UInt8 {
        self.skipWhitespace()
        guard self.offset < self.text.count else { throw JSONError(.unexpectedEnd, at: self.offset) }
        return self.text[self.offset]
    }

    /// Stops before the quotation mark that starts a key.
    mutating func peekKey() throws(JSONError) {
        guard try self.peekToken() == UInt8(ascii: "\"") else { throw JSONError(.unexpectedByte, at: self.offset) }
    }

    mutating func consume(_ byte: UInt8) throws(JSONError) -> Bool {
        guard try self.peekToken() == byte else { return false }
        self.offset += 1
        return true
    }

    mutating func require(_ byte: UInt8) throws(JSONError) {
        guard try self.consume(byte) else { throw JSONError(.unexpectedByte, at: self.offset) }
    }

    mutating func separatorOrClose(_ close: UInt8) throws(JSONError) -> Bool {
        let token = try self.peekToken()
        guard token == close || token == UInt8(ascii: ",") else { throw JSONError(.unexpectedByte, at: self.offset) }
        self.offset += 1
        return token == close
    }

    private mutating func skipWhitespace() {
        while self.offset < self.text.count {
            switch self.text[self.offset] {
            case 0x20, 0x09, 0x0A, 0x0D: self.offset += 1
            default: return
            }
        }
    }
}
