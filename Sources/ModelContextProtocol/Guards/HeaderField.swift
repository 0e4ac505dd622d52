import NIOHTTP1

/// A header that may be given once.
enum HeaderField: Equatable, Sendable {
    case absent
    case single(String)
    /// Given more than once with different values: readers of the first and of the last would disagree.
    case conflicting

    /// - Parameter acceptsRepetition: whether the same value may be given more than once.
    init(_ name: String, in headers: HTTPHeaders, acceptsRepetition: Bool = true) {
        self = .absent
        for value in headers[name] { self.add(value, acceptsRepetition: acceptsRepetition) }
    }

    /// Takes one more value into account.
    mutating func add(_ value: String, acceptsRepetition: Bool = true) {
        let value = HeaderField.trimmed(value)
        switch self {
        case .absent: self = .single(value)
        case .single(let first) where acceptsRepetition && first == value: break
        case .single, .conflicting: self = .conflicting
        }
    }

    var value: String? {
        guard case .single(let value) = self else { return nil }
        return value
    }

    /// Without the blanks around it, which mean nothing (RFC 9110 section 5.5).
    private static func trimmed(_ text: String) -> String {
        func isBlank(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        guard isBlank(text.utf8.first) || isBlank(text.utf8.last) else { return text }
        var bytes = Substring(text).utf8
        while isBlank(bytes.first) { bytes.removeFirst() }
        while isBlank(bytes.last) { bytes.removeLast() }
        return String(Substring(bytes))
    }
}
