import JSON
import NIOCore

extension ToolResult {
    /// The `CallToolResult` object of a revision.
    ///
    /// Clients before 2025-06-18 do not know `structuredContent`; those up to 2025-11-25 know objects only.
    func encoded(for revision: ProtocolRevision) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeString("{\"content\":[")
        for (index, block) in self.content.enumerated() {
            if index > 0 { buffer.writeString(",") }
            switch block {
            case .text(let text):
                buffer.writeString("{\"type\":\"text\",\"text\":")
                buffer.writeJSONString(text)
            case .image(let base64, let mimeType):
                buffer.writeString("{\"type\":\"image\",\"data\":")
                buffer.writeJSONString(base64)
                buffer.writeString(",\"mimeType\":")
                buffer.writeJSONString(mimeType)
            }
            buffer.writeString("}")
        }
        buffer.writeString("]")
        if let structuredContent, revision.hasStructuredContent {
            buffer.writeString(",\"structuredContent\":")
            buffer.writeJSON(structuredContent.objectValue == nil ? ["result": structuredContent] : structuredContent)
        }
        buffer.writeString(self.isError ? ",\"isError\":true}" : "}")
        return buffer
    }
}
