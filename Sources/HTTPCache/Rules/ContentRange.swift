import NIOHTTP1

/// `Content-Range` of one part in bytes (RFC 9110, section 14.4).
struct ContentRange: Equatable {
    let first: Int
    let last: Int
    /// Of the whole; nil when the origin does not know.
    let completeLength: Int?

    /// - Returns: nil when there is none, or what there is breaks the grammar, is unsatisfied, or contradicts itself.
    init?(_ headers: HTTPHeaders) {
        guard let text = headers.first(name: "content-range") else { return nil }
        self.init(text)
    }

    init?(_ text: String) {
        let words = text.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bytes" else { return nil }
        let parts = words[1].split(separator: "/", omittingEmptySubsequences: false)
        let ends = parts[0].split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, ends.count == 2, let first = Self.number(ends[0]), let last = Self.number(ends[1]),
            first <= last
        else { return nil }
        let complete = Self.number(parts[1])
        guard complete != nil || parts[1] == "*", complete.map({ last < $0 }) ?? true else { return nil }
        (self.first, self.last, self.completeLength) = (first, last, complete)
    }

    private static func number(_ text: Substring) -> Int? {
        (1...18).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }
}
