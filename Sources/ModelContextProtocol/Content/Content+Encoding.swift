import JSON
import NIOCore

extension Content {
    /// Writes the block as a revision knows it: a kind it does not know becomes text, for clients that refuse the rest.
    func write(into buffer: inout ByteBuffer, for revision: ProtocolRevision) {
        switch self {
        case .text(let text): Content.writeText(text, into: &buffer)
        case .encodedText(let text):
            Content.writeText(into: &buffer) { $0.writeImmutableBuffer(text.json) }
        case .image(let base64, let mimeType): Content.writeMedia("image", base64, mimeType, into: &buffer)
        case .audio(_, let mimeType) where revision < .march2025:
            Content.writeText("[audio, \(mimeType), which this client cannot play]", into: &buffer)
        case .audio(let base64, let mimeType): Content.writeMedia("audio", base64, mimeType, into: &buffer)
        case .resource(let contents):
            buffer.writeStaticString("{\"type\":\"resource\",\"resource\":")
            contents.write(into: &buffer)
            buffer.writeStaticString("}")
        case .resourceLink(let uri, let name, _, _) where revision < .june2025:
            Content.writeText("\(name): \(uri)", into: &buffer)
        case .resourceLink(let uri, let name, let description, let mimeType):
            var object: JSONObject = ["type": "resource_link", "uri": .string(uri), "name": .string(name)]
            object["description"] = description.map { .string($0) }
            object["mimeType"] = mimeType.map { .string($0) }
            buffer.writeJSON(.object(object))
        }
    }

    private static func writeText(_ text: String, into buffer: inout ByteBuffer) {
        self.writeText(into: &buffer) { $0.writeJSONString(text) }
    }

    private static func writeText(into buffer: inout ByteBuffer, _ writeString: (inout ByteBuffer) -> Void) {
        buffer.writeStaticString("{\"type\":\"text\",\"text\":")
        writeString(&buffer)
        buffer.writeStaticString("}")
    }

    private static func writeMedia(
        _ type: StaticString, _ base64: String, _ mimeType: String, into buffer: inout ByteBuffer
    ) {
        buffer.writeStaticString("{\"type\":\"")
        buffer.writeStaticString(type)
        buffer.writeStaticString("\",\"data\":")
        buffer.writeJSONString(base64)
        buffer.writeStaticString(",\"mimeType\":")
        buffer.writeJSONString(mimeType)
        buffer.writeStaticString("}")
    }
}

extension ResourceContents {
    func write(into buffer: inout ByteBuffer) {
        buffer.writeStaticString("{\"uri\":")
        buffer.writeJSONString(self.uri)
        if let mimeType {
            buffer.writeStaticString(",\"mimeType\":")
            buffer.writeJSONString(mimeType)
        }
        switch self.data {
        case .text(let text):
            buffer.writeStaticString(",\"text\":")
            buffer.writeJSONString(text)
        case .blob(let base64):
            buffer.writeStaticString(",\"blob\":")
            buffer.writeJSONString(base64)
        }
        buffer.writeStaticString("}")
    }
}
