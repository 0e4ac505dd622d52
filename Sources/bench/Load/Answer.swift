import JSON
import NIOCore

/// One answer as the load generator keeps it.
struct Answer {
    let status: Int
    let headBytes: Int
    /// Length of the body without chunk framing.
    let bodyBytes: Int
    /// Head and body as they came.
    let text: ByteBuffer

    /// What follows the head.
    var body: ByteBuffer {
        self.text.getSlice(
            at: self.text.readerIndex + self.headBytes, length: self.text.readableBytes - self.headBytes)
            ?? ByteBuffer()
    }

    /// Status and the beginning of the body, for reports.
    var summary: String { "HTTP \(self.status) \(String(buffer: self.body).prefix(300))" }

    /// The value of a header; the name in lower case.
    func header(_ name: StaticString) -> String? {
        let text = self.text.readableBytesUInt8Span
        var lineStart = 0
        for index in 0..<self.headBytes where text[index] == UInt8(ascii: "\n") {
            if let value = AnswerHead.value(of: name, in: text.extracting(lineStart..<index)) { return value }
            lineStart = index + 1
        }
        return nil
    }

    /// What is wrong with it as the answer to a tool call, read in full; nil when nothing is.
    var toolCallFailure: String? {
        guard self.status == 200 else { return self.summary }
        guard let message = try? JSONValue(parsing: self.body.readableBytesUInt8Span) else {
            return "not JSON: \(self.summary)"
        }
        guard let content = message["result"]?["content"]?.arrayValue, !content.isEmpty, message["id"]?.intValue == 1,
            message["result"]?["isError"]?.boolValue != true
        else { return "not a tool's result: \(self.summary)" }
        return nil
    }

    /// Whether the body tells of an error; looked for as text, since the generator must stay cheap.
    var mentionsError: Bool {
        let text = String(buffer: self.body)
        return text.contains("\"isError\":true") || text.contains("\"error\":{")
    }
}
