/// Why a text is not JSON, and where.
package struct JSONError: Error, CustomStringConvertible, Equatable {
    package enum Code: String, Sendable {
        case unexpectedEnd = "the text ends too early"
        case unexpectedByte = "unexpected character"
        case badNumber = "not a number"
        case badEscape = "not an escape sequence"
        case badUnicode = "not valid UTF-8"
        case loneSurrogate = "half of a surrogate pair"
        case controlCharacter = "control character inside a string"
        case duplicateKey = "the same key twice in one object"
        case tooDeep = "nested too deeply"
        case trailingBytes = "text after the end of the value"
    }
    package let code: Code
    /// Byte offset in the text, from 0.
    package let offset: Int

    package var description: String { "\(self.code.rawValue) at byte \(self.offset)" }

    init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }
}
