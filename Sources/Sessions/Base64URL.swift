/// Base64 with the alphabet that is safe in URLs and headers, unpadded (RFC 4648 section 5).
enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count * 4 + 2) / 3)
        var accumulator: UInt32 = 0
        var bits = 0
        for byte in bytes {
            accumulator = accumulator << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                output.append(self.alphabet[Int(accumulator >> UInt32(bits)) & 63])
            }
            accumulator &= 1 << UInt32(bits) - 1
        }
        if bits > 0 { output.append(self.alphabet[Int(accumulator << UInt32(6 - bits)) & 63]) }
        return String(decoding: output, as: UTF8.self)
    }
}
