extension JSONReader {
    /// Where a string stands in the text, and what is known of it.
    struct StringToken {
        /// Between the quotation marks.
        let content: Range<Int>
        let hasEscapes: Bool
        /// False when there may be bytes that only a look at the UTF-8 can vouch for.
        let isASCII: Bool
    }

    /// Reads a string that starts at this offset.
    package mutating func readString() throws(JSONError) -> String { try self.string(try self.skipString()) }

    /// The string a token stands for.
    func string(_ token: StringToken) throws(JSONError) -> String {
        if token.hasEscapes { return try self.unescaped(token) }
        return try Self.string(
            self.text.extracting(token.content), isASCII: token.isASCII, at: token.content.lowerBound)
    }

    /// Moves past a string that starts at this offset.
    mutating func skipString() throws(JSONError) -> StringToken {
        let start = self.offset + 1
        var index = start
        var hasEscapes = false
        var isASCII = true
        while index < self.text.count {
            index += WordScan.plainBytes(in: self.text, from: index, isASCII: &isASCII)
            guard index < self.text.count else { break }
            switch self.text[index] {
            case UInt8(ascii: "\""):
                self.offset = index + 1
                return StringToken(content: start..<index, hasEscapes: hasEscapes, isASCII: isASCII)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                index = try self.skipEscape(at: index)
            case 0..<0x20: throw JSONError(.controlCharacter, at: index)
            case let byte:
                if byte >= 0x80 { isASCII = false }
                index += 1
            }
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
            var index = start + 2
            _ = try self.scalar(at: &index, before: self.text.count)
            return index
        default: throw JSONError(.badEscape, at: start)
        }
    }

    /// A string of these bytes; UTF-8 is checked unless they are known to be ASCII.
    static func string(_ bytes: Span<UInt8>, isASCII: Bool, at offset: Int) throws(JSONError) -> String {
        if isASCII { return unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) } }
        do {
            return String(copying: try UTF8Span(validating: bytes))
        } catch { throw JSONError(.badUnicode, at: offset) }
    }

    private func unescaped(_ token: StringToken) throws(JSONError) -> String {
        let content = token.content
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.count)
        var isASCII = token.isASCII
        var index = content.lowerBound
        while index < content.upperBound {
            let start = index
            while index < content.upperBound, self.text[index] != UInt8(ascii: "\\") {
                index += max(1, WordScan.plainBytes(in: self.text, from: index, isASCII: &isASCII))
            }
            unsafe self.text.extracting(start..<index).withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
            guard index < content.upperBound else { break }
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
                let scalar = try self.scalar(at: &index, before: content.upperBound)
                if !scalar.isASCII { isASCII = false }
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            default: throw JSONError(.badEscape, at: index - 2)
            }
        }
        return try Self.string(bytes.span, isASCII: isASCII, at: content.lowerBound)
    }

    /// Reads what follows `\u`, both halves where it takes two.
    private func scalar(at index: inout Int, before end: Int) throws(JSONError) -> Unicode.Scalar {
        let start = index - 2
        let unit = try self.hexUnit(at: index, before: end)
        index += 4
        var value = UInt32(unit)
        if (0xD800...0xDBFF).contains(unit) {
            guard index + 6 <= end, self.text[index] == UInt8(ascii: "\\"), self.text[index + 1] == UInt8(ascii: "u")
            else { throw JSONError(.loneSurrogate, at: start) }
            let low = try self.hexUnit(at: index + 2, before: end)
            guard (0xDC00...0xDFFF).contains(low) else { throw JSONError(.loneSurrogate, at: start) }
            value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
            index += 6
        }
        guard let scalar = Unicode.Scalar(value) else { throw JSONError(.loneSurrogate, at: start) }
        return scalar
    }

    private func hexUnit(at index: Int, before end: Int) throws(JSONError) -> UInt16 {
        guard index + 4 <= end else { throw JSONError(.badEscape, at: index - 2) }
        var unit: UInt16 = 0
        for position in index..<index + 4 {
            let byte = self.text[position]
            switch byte {
            case 0x30...0x39: unit = unit << 4 | UInt16(byte - 0x30)
            case 0x41...0x46: unit = unit << 4 | UInt16(byte - 0x41 + 10)
            case 0x61...0x66: unit = unit << 4 | UInt16(byte - 0x61 + 10)
            default: throw JSONError(.badEscape, at: index - 2)
            }
        }
        return unit
    }
}
