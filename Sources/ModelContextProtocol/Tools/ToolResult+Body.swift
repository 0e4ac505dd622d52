import JSON
import NIOCore

extension ToolResult {
    /// The `CallToolResult` of a revision.
    ///
    /// Clients before 2025-06-18 do not know `structuredContent`; those up to 2025-11-25 know objects only.
    func body(for revision: ProtocolRevision) -> ResultBody {
        let textBytes =
            switch self.content.first {
            // Escapes take a little more than the text.
            case .text(let text): text.utf8.count + text.utf8.count / 8
            case .encodedText(let text): text.json.readableBytes
            default: 0
            }
        var buffer = ByteBufferAllocator().buffer(capacity: textBytes + 64)
        buffer.writeStaticString("\"content\":[")
        for (index, block) in self.content.enumerated() {
            if index > 0 { buffer.writeStaticString(",") }
            block.write(into: &buffer, for: revision)
        }
        buffer.writeStaticString("]")
        if let structuredContent, revision.hasStructuredContent {
            buffer.writeStaticString(",\"structuredContent\":")
            let isKnown = revision.isModern || structuredContent.objectValue != nil
            buffer.writeJSON(isKnown ? structuredContent : ["result": structuredContent])
        }
        if self.isError { buffer.writeStaticString(",\"isError\":true") }
        return ResultBody(members: buffer)
    }
}
