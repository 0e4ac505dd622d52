extension JSONValue {
    /// Parses one JSON text, strictly by RFC 8259: UTF-8, no duplicate keys, no lone surrogates, nothing after the value.
    ///
    /// - Parameter maximumDepth: how deep arrays and objects may nest; deeper text is an error, never a stack overflow.
    /// - Throws: the first thing wrong, with its byte offset.
    package init(parsing text: Span<UInt8>, maximumDepth: Int = 128) throws(JSONError) {
        var reader = JSONReader(text)
        self = try reader.readValue(depth: maximumDepth)
        try reader.expectEnd()
    }

    package init(parsing text: [UInt8], maximumDepth: Int = 128) throws(JSONError) {
        self = try JSONValue(parsing: text.span, maximumDepth: maximumDepth)
    }

    package init(parsing text: String, maximumDepth: Int = 128) throws(JSONError) {
        self = try JSONValue(parsing: Array(text.utf8).span, maximumDepth: maximumDepth)
    }
}

/// A cursor over JSON text: reads values, or skips them without building anything.
package struct JSONReader: ~Escapable {
    private let text: Span<UInt8>
    package private(set) var offset = 0

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
            let range = try self.skipNumber()
            return .number(JSONNumber(text: self.string(range)))
        default: throw JSONError(.unexpectedByte, at: self.offset)
        }
    }

    /// Moves past one value and returns its range in the text.
    ///
    /// Checks everything but that keys differ.
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
                    guard try self.peekToken() == UInt8(ascii: "\"") else {
                        throw JSONError(.unexpectedByte, at: self.offset)
                    }
                    _ = try self.skipString()
                    try self.require(UInt8(ascii: ":"))
                }
                _ = try self.skipValue(depth: depth - 1)
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
            guard try self.peekToken() == UInt8(ascii: "\"") else { throw JSONError(.unexpectedByte, at: self.offset) }
            let keyOffset = self.offset
            let key = try self.readString()
            if object.count == 16 { for member in object { seen.insert(member.key) } }
            let isNew = object.count < 16 ? object[key] == nil : seen.insert(key).inserted
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

    // MARK: Objects, member by member

    /// Enters an object: calls `body` with each key; `body` must read or skip the value with this reader.
    package mutating func forEachMember(
        _ body: (_ key: String, _ reader: inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        guard try self.peekToken() == UInt8(ascii: "{") else { throw JSONError(.unexpectedByte, at: self.offset) }
        self.offset += 1
        if try self.consume(UInt8(ascii: "}")) { return }
        repeat {
            guard try self.peekToken() == UInt8(ascii: "\"") else { throw JSONError(.unexpectedByte, at: self.offset) }
            let key = try self.readString()
            try self.require(UInt8(ascii: ":"))
            try body(key, &self)
        } while try !self.separatorOrClose(UInt8(ascii: "}"))
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

    /// The next byte that is not white space, without moving past it.
    package mutating func peekToken() throws(JSONError) -> UInt8 {
        self.skipWhitespace()
        guard self.offset < self.text.count else { throw JSONError(.unexpectedEnd, at: self.offset) }
        return self.text[self.offset]
    }

    // MARK: Strings

    /// Reads a string that starts at the next token.
    package mutating func readString() throws(JSONError) -> String {
        let start = self.offset + 1
        let (end, hasEscapes) = try self.skipString()
        if !hasEscapes {
            guard let string = self.validatedString(start..<end) else { throw JSONError(.badUnicode, at: start) }
            return string
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(end - start)
        var index = start
        while index < end {
            let byte = self.text[index]
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                index += 1
                continue
            }
            let escape = self.text[index + 1]
            index += 2
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(escape)
            case UInt8(ascii: "b"): bytes.append(0x08)
            case UInt8(ascii: "f"): bytes.append(0x0C)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "u"):
                let unit = try self.hexUnit(at: index, before: end)
                index += 4
                var scalar = UInt32(unit)
                if (0xD800...0xDBFF).contains(unit) {
                    guard index + 6 <= end, self.text[index] == UInt8(ascii: "\\"),
                        self.text[index + 1] == UInt8(ascii: "u")
                    else { throw JSONError(.loneSurrogate, at: index - 6) }
                    let low = try self.hexUnit(at: index + 2, before: end)
                    guard (0xDC00...0xDFFF).contains(low) else { throw JSONError(.loneSurrogate, at: index - 6) }
                    scalar = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
                    index += 6
                }
                guard let scalar = Unicode.Scalar(scalar) else { throw JSONError(.loneSurrogate, at: index - 6) }
                bytes.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrappedUTF8)
            default: throw JSONError(.badEscape, at: index - 2)
            }
        }
        guard let string = String(validating: bytes, as: UTF8.self) else { throw JSONError(.badUnicode, at: start) }
        return string
    }

    /// Moves past a string; returns where its content ends and whether it holds escapes.
    private mutating func skipString() throws(JSONError) -> (end: Int, hasEscapes: Bool) {
        var index = self.offset + 1
        var hasEscapes = false
        while index < self.text.count {
            let byte = self.text[index]
            if byte == UInt8(ascii: "\"") {
                self.offset = index + 1
                return (index, hasEscapes)
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                index = try self.skipEscape(at: index)
                continue
            }
            guard byte >= 0x20 else { throw JSONError(.controlCharacter, at: index) }
            index += 1
        }
        throw JSONError(.unexpectedEnd, at: self.text.count)
    }

    /// Checks the escape at `start` and returns where the text goes on: skipped strings are as strict as read ones.
    private func skipEscape(at start: Int) throws(JSONError) -> Int {
        guard start + 1 < self.text.count else { throw JSONError(.unexpectedEnd, at: self.text.count) }
        switch self.text[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return start + 2
        case UInt8(ascii: "u"):
            let unit = try self.hexUnit(at: start + 2, before: self.text.count)
            guard UTF16.isLeadSurrogate(unit) || UTF16.isTrailSurrogate(unit) else { return start + 6 }
            guard UTF16.isLeadSurrogate(unit), start + 7 < self.text.count, self.text[start + 6] == UInt8(ascii: "\\"),
                self.text[start + 7] == UInt8(ascii: "u"),
                UTF16.isTrailSurrogate(try self.hexUnit(at: start + 8, before: self.text.count))
            else { throw JSONError(.loneSurrogate, at: start) }
            return start + 12
        default: throw JSONError(.badEscape, at: start)
        }
    }

    private func hexUnit(at index: Int, before end: Int) throws(JSONError) -> UInt16 {
        guard index + 4 <= end else { throw JSONError(.badEscape, at: index - 2) }
        var unit: UInt16 = 0
        for position in index..<index + 4 {
            guard let digit = Character(Unicode.Scalar(self.text[position])).hexDigitValue else {
                throw JSONError(.badEscape, at: index - 2)
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    private func string(_ range: Range<Int>) -> String { self.validatedString(range) ?? "" }

    private func validatedString(_ range: Range<Int>) -> String? {
        unsafe self.text.extracting(range).withUnsafeBufferPointer { buffer in
            unsafe String(validating: buffer, as: UTF8.self)
        }
    }

    // MARK: Numbers, words, punctuation

    private mutating func skipNumber() throws(JSONError) -> Range<Int> {
        let start = self.offset
        _ = self.take(UInt8(ascii: "-"))
        if !self.take(UInt8(ascii: "0")) {
            guard self.takeDigits() else { throw JSONError(.badNumber, at: start) }
        }
        if self.take(UInt8(ascii: ".")) {
            guard self.takeDigits() else { throw JSONError(.badNumber, at: start) }
        }
        if self.take(UInt8(ascii: "e")) || self.take(UInt8(ascii: "E")) {
            if !self.take(UInt8(ascii: "+")) { _ = self.take(UInt8(ascii: "-")) }
            guard self.takeDigits() else { throw JSONError(.badNumber, at: start) }
        }
        return start..<self.offset
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard self.offset < self.text.count, self.text[self.offset] == byte else { return false }
        self.offset += 1
        return true
    }

    private mutating func takeDigits() -> Bool {
        let start = self.offset
        while self.offset < self.text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self.text[self.offset]) {
            self.offset += 1
        }
        return self.offset > start
    }

    private mutating func expect(_ word: StaticString) throws(JSONError) {
        let start = self.offset
        for byte in "\(word)".utf8 {
            guard self.take(byte) else {
                throw JSONError(self.offset < self.text.count ? .unexpectedByte : .unexpectedEnd, at: start)
            }
        }
    }

    private mutating func consume(_ byte: UInt8) throws(JSONError) -> Bool {
        guard try self.peekToken() == byte else { return false }
        self.offset += 1
        return true
    }

    private mutating func require(_ byte: UInt8) throws(JSONError) {
        guard try self.consume(byte) else { throw JSONError(.unexpectedByte, at: self.offset) }
    }

    private mutating func separatorOrClose(_ close: UInt8) throws(JSONError) -> Bool {
        if try self.consume(close) { return true }
        try self.require(UInt8(ascii: ","))
        return false
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

extension Optional where Wrapped == UTF8.EncodedScalar {
    /// Every Unicode scalar has a UTF-8 form.
    fileprivate var unsafelyUnwrappedUTF8: UTF8.EncodedScalar { self ?? UTF8.encodedReplacementCharacter }
}
