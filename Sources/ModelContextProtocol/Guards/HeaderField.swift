import NIOHTTP1

/// A header that may be given once.
enum HeaderField: Equatable, Sendable {
    case absent
    case single(String)
    /// Given more than once with different values: readers of the first and of the last would disagree.
    case conflicting

    /// - Parameter acceptsRepetition: whether the same value may be given more than once.
    init(_ name: String, in headers: HTTPHeaders, acceptsRepetition: Bool = true) {
        let values = headers[name].map { HeaderField.trimmed($0) }
        guard let first = values.first else {
            self = .absent
            return
        }
        guard values.count == 1 || acceptsRepetition else {
            self = .conflicting
            return
        }
        self = values.allSatisfy { $0 == first } ? .single(first) : .conflicting
    }

    var value: String? {
        guard case .single(let value) = self else { return nil }
        return value
    }

    private static func trimmed(_ text: String) -> String {
        let blanks: Set<Character> = [" ", "\t"]
        guard let first = text.firstIndex(where: { !blanks.contains($0) }),
            let last = text.lastIndex(where: { !blanks.contains($0) })
        else { return "" }
        return String(text[first...last])
    }
}
