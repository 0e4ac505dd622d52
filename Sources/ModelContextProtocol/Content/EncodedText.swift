import JSON
import NIOCore

/// A text in the form in which it goes out, made once for an answer that is given often.
package struct EncodedText: Sendable, Equatable {
    /// Bytes of the text itself, in UTF-8.
    package let textBytes: Int
    /// The text as a JSON string.
    let json: ByteBuffer

    package init(_ text: String) {
        var json = ByteBuffer()
        json.writeJSONString(text)
        self.textBytes = text.utf8.count
        self.json = json
    }

    /// The text again, read back: for whoever wants it as it was.
    package var text: String {
        (try? JSONValue(parsing: self.json.readableBytesUInt8Span))?.stringValue ?? ""
    }
}
