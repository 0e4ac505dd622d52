import JSON
import ModelContextProtocol

extension Question {
    /// A question for the client's model.
    static func prompt(_ text: String, maximumTokens: Int = 100) -> Question {
        .sampling([
            "messages": [["role": "user", "content": ["type": "text", "text": .string(text)]]],
            "maxTokens": JSONValue(maximumTokens),
        ])
    }
}

/// Reads raw answers.
enum Answer {
    /// What the client's model said.
    static func said(_ answer: JSONValue?) -> String {
        answer?["content"]?["text"]?.stringValue ?? answer?["content"]?.text ?? ""
    }

    /// The URIs of the folders the client works in.
    static func roots(_ answer: JSONValue?) -> String {
        (answer?["roots"]?.arrayValue ?? []).compactMap { $0["uri"]?.stringValue }.joined(separator: ", ")
    }
}
