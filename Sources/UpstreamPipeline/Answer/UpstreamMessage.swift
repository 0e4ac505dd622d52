import JSON
import NIOCore

/// Reads what an upstream error body says to people, and nothing else of it.
///
/// Of the envelope only `message` and the `field`/`message` pairs of `details` pass: the rest repeats what was sent or
/// tells of other customers.
enum UpstreamMessage {
    private static let longestText = 300
    private static let mostDetails = 5

    /// One line, or nil when the body is not the upstream's JSON.
    static func read(_ body: ByteBuffer) -> String? {
        guard body.readableBytes <= 256 * 1024,
            let value = try? JSONValue(parsing: Array(body.readableBytesView), maximumDepth: 16),
            let message = value["message"]?.stringValue ?? value["error"]?.stringValue
        else { return nil }
        let details = (value["details"]?.arrayValue ?? []).prefix(self.mostDetails).compactMap(self.detail)
        return self.clean(details.isEmpty ? message : message + ": " + details.joined(separator: "; "))
    }

    /// `field: message`, in both of the spellings the upstream uses.
    private static func detail(_ value: JSONValue) -> String? {
        guard let text = value["message"]?.stringValue ?? value["msg"]?.stringValue else { return nil }
        guard let field = value["field"]?.stringValue ?? value["path"]?.stringValue else { return text }
        return "\(field): \(text)"
    }

    /// One line of printable text of bounded length.
    static func clean(_ text: String) -> String {
        var output = ""
        for scalar in text.unicodeScalars.prefix(self.longestText) {
            output.unicodeScalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return output
    }
}
