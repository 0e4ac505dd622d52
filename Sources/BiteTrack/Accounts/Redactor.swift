import JSON
import TokenVault

/// Takes passwords and tokens out of everything that leaves a run.
///
/// Tokens are known by their shape, so that no second copy of one is kept beside the vault.
struct Redactor: Sendable {
    static let mark = "[redacted]"
    /// Shorter passwords are not looked for: they would take half of every answer with them.
    static let shortest = 4
    /// Passwords remembered; the oldest is forgotten first.
    static let most = 16

    /// As the bytes they may appear as: plain, and escaped as in JSON.
    private var patterns: [Secret<[UInt8]>] = []

    mutating func add(_ password: String) {
        for pattern in Self.forms(of: password) where !self.patterns.contains(where: { $0.reveal { $0 == pattern } }) {
            self.patterns.append(Secret(pattern))
        }
        if self.patterns.count > Self.most { self.patterns.removeFirst(self.patterns.count - Self.most) }
    }

    private static func forms(of password: String) -> [[UInt8]] {
        let plain = Array(password.utf8)
        guard plain.count >= self.shortest else { return [] }
        let escaped = Array(JSONValue.string(password).serialized.dropFirst().dropLast())
        // A literal taken from source code still has its escapes.
        let unescaped = (try? JSONValue(parsing: [0x22] + plain + [0x22]))?.stringValue.map { Array($0.utf8) } ?? plain
        // The longest first: one may contain the other.
        return [plain, escaped, unescaped].reduce(into: [[UInt8]]()) { forms, form in
            if form.count >= self.shortest, !forms.contains(form) { forms.append(form) }
        }
    }

    func redacted(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard let clean = self.redacted(bytes) else { return text }
        return String(decoding: clean, as: UTF8.self)
    }

    /// The text without secrets, or nil when there were none.
    func redacted(_ bytes: [UInt8]) -> [UInt8]? {
        var hits = TokenShape.ranges(in: bytes)
        for pattern in self.patterns {
            pattern.reveal { pattern in hits += Self.ranges(of: pattern, in: bytes) }
        }
        guard !hits.isEmpty else { return nil }
        hits.sort { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
        var output: [UInt8] = []
        var position = 0
        for hit in hits where hit.upperBound > position {
            // An overlapping hit is part of the one before: its rest goes too.
            if hit.lowerBound >= position {
                output += bytes[position..<hit.lowerBound]
                output += Array(Self.mark.utf8)
            }
            position = hit.upperBound
        }
        return output + bytes[position...]
    }

    private static func ranges(of pattern: [UInt8], in bytes: [UInt8]) -> [Range<Int>] {
        guard let first = pattern.first, bytes.count >= pattern.count else { return [] }
        var ranges: [Range<Int>] = []
        var index = 0
        while index <= bytes.count - pattern.count {
            if bytes[index] == first, bytes[index..<(index + pattern.count)].elementsEqual(pattern) {
                ranges.append(index..<(index + pattern.count))
                index += pattern.count
            } else {
                index += 1
            }
        }
        return ranges
    }
}
