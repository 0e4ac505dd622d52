/// The part of RFC 6570 that resource templates need: literals, `{name}` and `{+name}`.
struct URITemplate: Sendable, Equatable {
    private enum Piece: Sendable, Equatable {
        case literal(String)
        case variable(name: String, takesSlashes: Bool)
    }
    private let pieces: [Piece]

    /// Other expressions of RFC 6570 are not known: `{?x}` is a variable with an odd name.
    init(_ text: String) {
        var pieces: [Piece] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { pieces.append(.literal(String(rest[..<open]))) }
            let expression = rest[rest.index(after: open)..<close]
            let takesSlashes = expression.hasPrefix("+")
            pieces.append(.variable(name: String(expression.drop { $0 == "+" }), takesSlashes: takesSlashes))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.literal(String(rest))) }
        self.pieces = pieces
    }

    var variables: [String] {
        self.pieces.compactMap { if case .variable(let name, _) = $0 { name } else { nil } }
    }

    /// The variables' values in `uri`, percent-decoded; nil when it does not follow the template.
    func match(_ uri: String) -> [String: String]? {
        var values: [String: String] = [:]
        var rest = Substring(uri)
        for (index, piece) in self.pieces.enumerated() {
            switch piece {
            case .literal(let text):
                guard rest.hasPrefix(text) else { return nil }
                rest = rest.dropFirst(text.count)
            case .variable(let name, let takesSlashes):
                guard let end = self.end(of: rest, before: index + 1), end > rest.startIndex else { return nil }
                guard let value = PercentText.decoded(rest[..<end]), takesSlashes || !value.contains("/") else {
                    return nil
                }
                values[name] = value
                rest = rest[end...]
            }
        }
        return rest.isEmpty ? values : nil
    }

    /// Where a variable's value ends: before the next literal, or at the end.
    private func end(of rest: Substring, before next: Int) -> Substring.Index? {
        guard next < self.pieces.count, case .literal(let text) = self.pieces[next] else { return rest.endIndex }
        let range =
            next == self.pieces.count - 1 && rest.hasSuffix(text)
            ? rest.index(rest.endIndex, offsetBy: -text.count)..<rest.endIndex : rest.firstRange(of: text)
        return range?.lowerBound
    }
}

/// Percent-encoding of URIs (RFC 3986 section 2.1).
enum PercentText {
    /// nil for a broken escape or what is not UTF-8.
    static func decoded(_ text: Substring) -> String? {
        guard text.contains("%") else { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst(), let low = rest.popFirst(),
                let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
