import NIOHTTP1

/// Which of the two answer types a client can take (RFC 9110 section 12.5.1).
struct AcceptHeader: Equatable {
    /// Whether a plain JSON answer will do; absence of the header means anything will.
    let allowsJSON: Bool
    let allowsEventStream: Bool
    /// Whether event streams are asked for by name, not by `*/*` alone.
    let namesEventStream: Bool

    init(_ headers: HTTPHeaders) {
        let fields = headers["accept"]
        guard !fields.isEmpty else {
            (self.allowsJSON, self.allowsEventStream, self.namesEventStream) = (true, true, false)
            return
        }
        let ranges = fields.flatMap { $0.split(separator: ",") }.compactMap { AcceptHeader.acceptedRange($0) }
        self.allowsJSON = ranges.contains { ["application/json", "application/*", "*/*"].contains($0) }
        self.namesEventStream = ranges.contains { ["text/event-stream", "text/*"].contains($0) }
        self.allowsEventStream = self.namesEventStream || ranges.contains("*/*")
    }

    /// The media range of one list element, lower-cased, unless its weight is zero.
    private static func acceptedRange(_ element: Substring) -> String? {
        let parts = element.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
        guard let range = parts.first else { return nil }
        let isRefused = parts.dropFirst().contains { $0.hasPrefix("q=") && Double($0.dropFirst(2)) == 0 }
        return isRefused ? nil : range
    }
}
