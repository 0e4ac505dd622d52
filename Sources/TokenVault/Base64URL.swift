/// Base64url without padding (RFC 4648 section 5, RFC 7515 section 2).
enum Base64URL {
    /// Decodes strictly: nil for padding, foreign characters, an impossible length or stray bits at the end.
    static func decode(_ text: Substring) -> [UInt8]? {
        var (output, accumulator, bits): ([UInt8], UInt32, Int) = ([], 0, 0)
        output.reserveCapacity(text.utf8.count / 4 * 3 + 2)
        for character in text.utf8 {
            guard let value = self.value(of: character) else { return nil }
            accumulator = (accumulator << 6 | UInt32(value)) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                output.append(UInt8(truncatingIfNeeded: accumulator >> bits))
            }
        }
        guard bits < 6, accumulator & ((1 << bits) - 1) == 0 else { return nil }
        return output
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
