/// Which of the two answer types a client can take (RFC 9110 section 12.5.1).
struct AcceptHeader: Equatable, Sendable {
    /// Whether a plain JSON answer will do; absence of the header means anything will.
    let allowsJSON: Bool
    let allowsEventStream: Bool
    /// Whether event streams are asked for by name, not by `*/*` alone.
    let namesEventStream: Bool

    private init(json: Bool, eventStream: Bool, named: Bool) {
        (self.allowsJSON, self.allowsEventStream, self.namesEventStream) = (json, eventStream, named)
    }

    /// - Parameter fields: the values of all `Accept` fields, in order.
    init(_ fields: [String]) {
        switch fields {
        case []: self.init(json: true, eventStream: true, named: false)
        // What the SDKs send, word for word.
        case ["application/json, text/event-stream"], ["text/event-stream, application/json"]:
            self.init(json: true, eventStream: true, named: true)
        default:
            let ranges = fields.flatMap { $0.split(separator: ",") }.compactMap { AcceptHeader.acceptedRange($0) }
            let named = ranges.contains { ["text/event-stream", "text/*"].contains($0) }
            self.init(
                json: ranges.contains { ["application/json", "application/*", "*/*"].contains($0) },
                eventStream: named || ranges.contains("*/*"), named: named)
        }
    }

    /// The media range of one list element, lower-cased, unless its weight is zero.
    private static func acceptedRange(_ element: Substring) -> String? {
        let parts = element.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
        guard let range = parts.first else { return nil }
        let isRefused = parts.dropFirst().contains { $0.hasPrefix("q=") && Double($0.dropFirst(2)) == 0 }
        return isRefused ? nil : range
    }
}
