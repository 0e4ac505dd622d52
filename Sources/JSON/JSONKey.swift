/// The key of a member as it stands in the text: compared without building a string.
package struct JSONKey {
    let token: JSONReader.StringToken
    /// Byte offset of the quotation mark, for errors.
    package let offset: Int
    /// What the text stands for, where that is not the text itself.
    let unescaped: String?
}

extension JSONReader {
    /// Enters an object: calls `body` with each key; `body` must read or skip the value with this reader.
    package mutating func forEachMember(
        _ body: (_ key: String, _ reader: inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        try self.forEachKey { (key, reader) throws(JSONError) in try body(try reader.string(of: key), &reader) }
    }

    /// Enters an object like ``forEachMember(_:)``, for callers that only look for keys they know.
    ///
    /// Duplicate keys are the caller's to find, in either method.
    package mutating func forEachKey(
        _ body: (_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        guard try self.peekToken() == UInt8(ascii: "{") else { throw JSONError(.unexpectedByte, at: self.offset) }
        self.offset += 1
        if try self.consume(UInt8(ascii: "}")) { return }
        repeat {
            try self.peekKey()
            let key = try self.readKey()
            try self.require(UInt8(ascii: ":"))
            try body(key, &self)
        } while try !self.separatorOrClose(UInt8(ascii: "}"))
    }

    /// Whether `key` stands for `name`, however it is escaped.
    package func matches(_ key: JSONKey, _ name: StaticString) -> Bool {
        if let unescaped = key.unescaped {
            // Byte by byte: equal strings may have different ones.
            return name.withUTF8Buffer { unsafe unescaped.utf8.elementsEqual($0) }
        }
        let content = key.token.content
        guard content.count == name.utf8CodeUnitCount else { return false }
        for index in 0..<content.count
        where unsafe self.text[content.lowerBound + index] != name.utf8Start[index] { return false }
        return true
    }

    /// The string `key` stands for.
    package func string(of key: JSONKey) throws(JSONError) -> String {
        if let unescaped = key.unescaped { return unescaped }
        return try self.string(key.token)
    }

    private mutating func readKey() throws(JSONError) -> JSONKey {
        let offset = self.offset
        let token = try self.skipString()
        // A key that nobody asks for must be sound all the same.
        let unescaped = token.hasEscapes || !token.isASCII ? try self.string(token) : nil
        return JSONKey(token: token, offset: offset, unescaped: unescaped)
    }
}
