/// Decides whether a request's path and query may be passed on; what may be is passed on as it came.
struct TargetCheck {
    let encodedSlashes: ProxyConfiguration.EncodedSlashes

    enum Fault: String, Error, Equatable {
        case percent = "A percent sign in the address is not followed by two hexadecimal digits."
        case character = "The path has a character that must be percent-encoded."
        case control = "The path has an encoded control character."
        case text = "The path is not percent-encoded UTF-8."
        case dots = "The path has a segment of dots."
        case slash = "The path has an encoded slash."
    }

    func check(path: String, query: String?) throws(Fault) {
        if !path.utf8.allSatisfy(Self.isPlain) { try self.check(path) }
        if let query { try Self.checkPercents(query) }
    }

    /// Whether a byte is harmless wherever it stands in a path: nearly all paths have no other.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    private func check(_ path: String) throws(Fault) {
        let decoded = try Self.decoded(path)
        guard decoded.allSatisfy({ $0.byte >= 0x20 && $0.byte != 0x7F }) else { throw .control }
        guard String(validating: decoded.lazy.map(\.byte), as: UTF8.self) != nil else { throw .text }
        guard path.utf8.allSatisfy({ !Self.excluded.contains($0) }) else { throw .character }
        // Origins differ in what ends a segment; where any of them would see dots, none shall.
        let segments = decoded.split(
            omittingEmptySubsequences: false, whereSeparator: { $0.byte == 0x2F || $0.byte == 0x5C })
        for segment in segments {
            // Some cut parameters off, and blanks, before they look.
            var name = segment.prefix { $0.byte != UInt8(ascii: ";") }
            while name.last?.byte == UInt8(ascii: " ") { name.removeLast() }
            guard !(1...2).contains(name.count) || !name.allSatisfy({ $0.byte == 0x2E }) else { throw .dots }
        }
        if self.encodedSlashes == .refuse,
            decoded.contains(where: { $0.isEncoded && ($0.byte == 0x2F || $0.byte == 0x5C) })
        {
            throw .slash
        }
    }

    /// RFC 3986 has no place for these in a path.
    private static let excluded = Array(#""<>\^`{|}"#.utf8)

    private static func decoded(_ text: String) throws(Fault) -> [(byte: UInt8, isEncoded: Bool)] {
        var decoded: [(byte: UInt8, isEncoded: Bool)] = []
        decoded.reserveCapacity(text.utf8.count)
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append((byte, false))
                continue
            }
            guard let high = bytes.next().flatMap(self.digit), let low = bytes.next().flatMap(self.digit) else {
                throw .percent
            }
            decoded.append((high << 4 | low, true))
        }
        return decoded
    }

    private static func checkPercents(_ text: String) throws(Fault) {
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            guard byte == UInt8(ascii: "%") else { continue }
            guard bytes.next().flatMap(self.digit) != nil, bytes.next().flatMap(self.digit) != nil else {
                throw .percent
            }
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
