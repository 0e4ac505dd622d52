/// What may stand in a Host field or an `:authority` (RFC 9110, section 7.2).
enum HostSyntax {
    /// Whether `text` is `host[:port]`, or empty, and nothing that somebody would read as more than that.
    static func isSound(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.first == UInt8(ascii: "[") else {
            let host = bytes.prefix { $0 != UInt8(ascii: ":") }
            return self.isName(host) && self.isPort(bytes.dropFirst(host.count))
        }
        guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
        return self.isAddress(bytes[..<end].dropFirst()) && self.isPort(bytes[end...].dropFirst())
    }

    private static func isPort(_ rest: Substring.UTF8View) -> Bool {
        rest.isEmpty || rest.first == UInt8(ascii: ":") && rest.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Letters, digits, marks and percent-encoded bytes (RFC 3986, section 3.2.2), but no comma.
    private static func isName(_ name: Substring.UTF8View) -> Bool {
        var rest = name
        while let byte = rest.popFirst() {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: continue
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst(), let low = rest.popFirst(), self.isHexadecimal(high),
                    self.isHexadecimal(low)
                else { return false }
            default: guard "-._~!$&*+;=()".utf8.contains(byte) else { return false }
            }
        }
        return true
    }

    private static func isAddress(_ address: Substring.UTF8View) -> Bool {
        address.contains(UInt8(ascii: ":"))
            && address.allSatisfy { self.isHexadecimal($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }
}
