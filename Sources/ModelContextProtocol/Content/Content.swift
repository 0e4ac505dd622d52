import JSON

/// One block of what a tool or a prompt says.
package enum Content: Sendable, Equatable {
    case text(String)
    /// The same for a text that is kept and given again.
    case encodedText(EncodedText)
    case image(base64: String, mimeType: String)
    /// From 2025-03-26; older clients get a text that says what they miss.
    case audio(base64: String, mimeType: String)
    /// A resource with its contents.
    case resource(ResourceContents)
    /// A resource to be read when it is wanted; from 2025-06-18, older clients get its URI as text.
    case resourceLink(uri: String, name: String, description: String?, mimeType: String?)
}

extension Content {
    /// What a block of text says; nil for other kinds.
    package var text: String? {
        switch self {
        case .text(let text): text
        case .encodedText(let text): text.text
        case .image, .audio, .resource, .resourceLink: nil
        }
    }
}

/// The contents of one resource: text, or bytes as base64.
package struct ResourceContents: Sendable, Equatable {
    package enum Data: Sendable, Equatable { case text(String), blob(base64: String) }

    package var uri: String
    package var mimeType: String?
    package var data: Data

    package init(uri: String, mimeType: String? = nil, text: String) {
        (self.uri, self.mimeType, self.data) = (uri, mimeType, .text(text))
    }

    package init(uri: String, mimeType: String? = nil, base64: String) {
        (self.uri, self.mimeType, self.data) = (uri, mimeType, .blob(base64: base64))
    }
}

/// A picture for a tool, resource, prompt or the server itself; shown by clients from 2025-11-25 on.
package struct Icon: Sendable, Equatable {
    /// An `https:` or `data:` URI.
    package var source: String
    package var mimeType: String?
    /// Such as `48x48`, or `any` for pictures that scale.
    package var sizes: [String]

    package init(source: String, mimeType: String? = nil, sizes: [String] = []) {
        (self.source, self.mimeType, self.sizes) = (source, mimeType, sizes)
    }

    var json: JSONValue {
        var object: JSONObject = ["src": .string(self.source)]
        object["mimeType"] = self.mimeType.map { .string($0) }
        if !self.sizes.isEmpty { object["sizes"] = .array(self.sizes.map { .string($0) }) }
        return .object(object)
    }
}
