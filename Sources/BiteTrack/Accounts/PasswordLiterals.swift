/// Finds passwords written into a script, before anything runs: an error may quote the line they stand on.
enum PasswordLiterals {
    /// The texts of string literals that follow a name containing `password` and `:` or `=`.
    ///
    /// A script may of course hide a password better; this keeps an honest one from being echoed.
    static func find(in code: String) -> [String] {
        let bytes = Array(code.utf8)
        var found: [String] = []
        var index = 0
        while let name = self.nextName(in: bytes, from: index) {
            index = name.upperBound
            guard let quote = self.openingQuote(in: bytes, after: name.upperBound) else { continue }
            guard let end = self.closingQuote(in: bytes, from: quote + 1, quote: bytes[quote]) else { continue }
            found.append(String(decoding: bytes[(quote + 1)..<end], as: UTF8.self))
            index = end + 1
        }
        return found
    }

    private static let names = ["password", "passwd", "contrasena"].map { Array($0.utf8) }

    private static func nextName(in bytes: [UInt8], from start: Int) -> Range<Int>? {
        for index in bytes.indices.dropFirst(start) {
            for name in self.names where self.matches(name, in: bytes, at: index) {
                return index..<(index + name.count)
            }
        }
        return nil
    }

    /// Compares letters without regard to case.
    private static func matches(_ name: [UInt8], in bytes: [UInt8], at index: Int) -> Bool {
        guard index + name.count <= bytes.count else { return false }
        for (offset, byte) in name.enumerated() where bytes[index + offset] | 0x20 != byte { return false }
        return true
    }

    /// Where the literal of `password: "`, `password = '`, `"password": "` and the like begins.
    private static func openingQuote(in bytes: [UInt8], after index: Int) -> Int? {
        var index = index
        while index < bytes.count, self.isNameByte(bytes[index]) { index += 1 }
        if index < bytes.count, self.isQuote(bytes[index]) { index += 1 }
        index = self.skipSpace(in: bytes, from: index)
        guard index < bytes.count, bytes[index] == UInt8(ascii: ":") || bytes[index] == UInt8(ascii: "=") else {
            return nil
        }
        index = self.skipSpace(in: bytes, from: index + 1)
        return index < bytes.count && self.isQuote(bytes[index]) ? index : nil
    }

    /// The quote's end, or that of the line when it is never closed: then the script is broken and will be quoted.
    private static func closingQuote(in bytes: [UInt8], from start: Int, quote: UInt8) -> Int? {
        var index = start
        while index < bytes.count, bytes[index] != quote, bytes[index] != 0x0A {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return index > start ? min(index, bytes.count) : nil
    }

    private static func skipSpace(in bytes: [UInt8], from start: Int) -> Int {
        var index = start
        while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
        return index
    }

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
