/// Base64 (RFC 4648), strict in both directions: one text for one value.
package enum Base64 {
    /// Which characters stand for 62 and 63, and whether the end is padded.
    package enum Form: Sendable {
        /// Section 4: `+`, `/` and `=`.
        case standard
        /// Section 5, unpadded as in JSON Web Tokens: `-` and `_`, safe in URLs and headers.
        case url
    }

    package static func encode(_ bytes: [UInt8], as form: Form) -> String {
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count + 2) / 3 * 4)
        var accumulator: UInt32 = 0
        var bits: UInt32 = 0
        for byte in bytes {
            accumulator = accumulator << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                output.append(self.character(UInt8(accumulator >> bits & 63), form))
            }
            accumulator &= (1 << bits) - 1
        }
        if bits > 0 { output.append(self.character(UInt8(accumulator << (6 - bits) & 63), form)) }
        while form == .standard, output.count % 4 != 0 { output.append(UInt8(ascii: "=")) }
        return String(decoding: output, as: UTF8.self)
    }

    /// The bytes of `text`; nil for anything that ``encode(_:as:)`` does not write.
    package static func decode(_ text: some StringProtocol, as form: Form) -> [UInt8]? {
        var characters = ArraySlice(Array(text.utf8))
        if form == .standard {
            guard characters.count % 4 == 0 else { return nil }
            for _ in 0..<2 where characters.last == UInt8(ascii: "=") { characters.removeLast() }
        }
        var output: [UInt8] = []
        output.reserveCapacity(characters.count * 3 / 4)
        var accumulator: UInt32 = 0
        var bits: UInt32 = 0
        for character in characters {
            guard let value = self.value(character, form) else { return nil }
            accumulator = accumulator << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                output.append(UInt8(accumulator >> bits & 0xFF))
            }
            accumulator &= (1 << bits) - 1
        }
        // Left-over bits must be those that encoding adds.
        guard bits < 6, accumulator == 0 else { return nil }
        return output
    }

    private static func character(_ value: UInt8, _ form: Form) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + value - 26
        case 52..<62: UInt8(ascii: "0") + value - 52
        case 62: form == .url ? UInt8(ascii: "-") : UInt8(ascii: "+")
        default: form == .url ? UInt8(ascii: "_") : UInt8(ascii: "/")
        }
    }

    private static func value(_ character: UInt8, _ form: Form) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "-") where form == .url, UInt8(ascii: "+") where form == .standard: 62
        case UInt8(ascii: "_") where form == .url, UInt8(ascii: "/") where form == .standard: 63
        default: nil
        }
    }
}
