import HTTPSyntax

/// Small rules of field values (RFC 9110, section 5.6), over bytes.
enum FieldText {
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    static func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var text = text
        while let first = text.first, self.isSpace(first) { text.removeFirst() }
        while let last = text.last, self.isSpace(last) { text.removeLast() }
        return text
    }

    /// Whether `value` is one token.
    static func isToken(_ value: some Collection<UInt8>) -> Bool {
        !value.isEmpty && value.allSatisfy { FieldSyntax.isToken($0) }
    }

    /// Members of a list, several lines of a field being one list (RFC 9110, section 5.6.1); commas within quotes count
    /// for nothing, and neither do empty members.
    static func members(_ lines: [String]) -> [Substring] {
        var members: [Substring] = []
        for line in lines {
            var start = line.startIndex
            var isQuoted = false
            var isEscaped = false
            func end(_ index: String.Index) {
                let member = Substring(self.trimmed(line[start..<index].utf8))
                if !member.isEmpty { members.append(member) }
            }
            for index in line.utf8.indices {
                let byte = line.utf8[index]
                if isEscaped {
                    isEscaped = false
                } else if isQuoted {
                    if byte == UInt8(ascii: "\\") { isEscaped = true }
                    if byte == UInt8(ascii: "\"") { isQuoted = false }
                } else if byte == UInt8(ascii: "\"") {
                    isQuoted = true
                } else if byte == UInt8(ascii: ",") {
                    end(index)
                    start = line.utf8.index(after: index)
                }
            }
            end(line.endIndex)
        }
        return members
    }

    /// What stands between the quotes of a quoted string; nil when it is none.
    static func unquoted(_ text: Substring) -> String? {
        guard text.utf8.count >= 2, text.utf8.first == UInt8(ascii: "\""), text.utf8.last == UInt8(ascii: "\"") else {
            return nil
        }
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in text.utf8.dropFirst().dropLast() {
            if byte == UInt8(ascii: "\\"), !isEscaped {
                isEscaped = true
                continue
            }
            if byte == UInt8(ascii: "\""), !isEscaped { return nil }
            isEscaped = false
            bytes.append(byte)
        }
        return isEscaped ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// Delta-seconds (RFC 9111, section 1.2.2): digits and nothing else; a value too large to count with is 2³¹ − 1.
    static func seconds(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return text.utf8.reduce(0) { min($0 * 10 + Int($1 - 0x30), Int(Int32.max)) }
    }
}
