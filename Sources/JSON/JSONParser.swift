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
        self = try JSONValue(parsing: text.utf8.span, maximumDepth: maximumDepth)
    }
}
