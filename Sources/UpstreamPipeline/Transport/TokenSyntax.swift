/// Which bytes may stand in a message's head (RFC 9110, section 5).
enum TokenSyntax {
    /// Whether `text` is a method or the name of a header.
    static func isToken(_ text: String) -> Bool { self.isToken(text.utf8) }

    static func isToken(_ bytes: some Collection<UInt8>) -> Bool {
        !bytes.isEmpty
            && bytes.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// Whether `text` cannot end its line.
    static func isFieldValue(_ text: String) -> Bool { self.isFieldValue(text.utf8) }

    static func isFieldValue(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
    }

    /// `line` without its end, which is a line feed, with or without a carriage return before it.
    static func withoutEnd<Line: BidirectionalCollection<UInt8>>(_ line: Line) -> Line.SubSequence {
        var rest = line[...]
        guard rest.last == UInt8(ascii: "\n") else { return rest }
        rest = rest.dropLast()
        return rest.last == UInt8(ascii: "\r") ? rest.dropLast() : rest
    }
}
