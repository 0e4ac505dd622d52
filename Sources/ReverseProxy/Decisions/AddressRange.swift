import Glibc

/// Addresses that share their first bits, such as `10.0.0.0/8`, `192.0.2.1` or `fd00::/8`.
package struct AddressRange: Sendable, Equatable {
    private let bytes: [UInt8]
    private let prefixBits: Int

    /// - Returns: nil when the text is neither an address nor an address and a number of bits.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bytes = Self.bytes(of: String(parts[0])) else { return nil }
        var bits = bytes.count * 8
        if parts.count > 1 {
            guard let number = Int(parts[1]), (0...bits).contains(number), !parts[1].hasPrefix("+") else { return nil }
            bits = number
        }
        self.bytes = bytes
        self.prefixBits = bits
    }

    package func contains(_ address: String) -> Bool {
        guard let other = Self.bytes(of: address), other.count == self.bytes.count else { return false }
        for index in 0..<self.bytes.count {
            let bits = min(8, max(0, self.prefixBits - index * 8))
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
            if (self.bytes[index] ^ other[index]) & mask != 0 { return false }
        }
        return true
    }

    /// Four bytes or sixteen; an IPv4 address that came over an IPv6 socket counts as what it is.
    private static func bytes(of text: String) -> [UInt8]? {
        var four = in_addr()
        if unsafe inet_pton(AF_INET, text, &four) == 1 {
            return unsafe withUnsafeBytes(of: four) { unsafe Array($0) }
        }
        var sixteen = in6_addr()
        guard unsafe inet_pton(AF_INET6, text, &sixteen) == 1 else { return nil }
        let bytes = unsafe withUnsafeBytes(of: sixteen) { unsafe Array($0) }
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        return isMapped ? Array(bytes[12...]) : bytes
    }
}
