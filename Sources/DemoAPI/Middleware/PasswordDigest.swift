/// A password that can be compared but not read.
///
/// One keyed hash, not the slow function of a real service: the accounts live as long as the process, and so does the
/// key.
struct PasswordDigest: Sendable {
    private static let key = Digest.randomBytes(32)
    private let bytes: [UInt8]

    init(_ password: String) { self.bytes = Digest.hmacSHA256(key: Self.key, Array(password.utf8)) }

    func matches(_ password: String) -> Bool { Digest.areEqual(self.bytes, PasswordDigest(password).bytes) }

    /// The rule for new passwords: eight characters of a fixed set, one of each class.
    static func isAcceptable(_ password: String) -> Bool {
        let symbols = "@$!%*?&".utf8
        var (hasLower, hasUpper, hasDigit, hasSymbol) = (false, false, false, false)
        for byte in password.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): hasLower = true
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): hasUpper = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): hasDigit = true
            case _ where symbols.contains(byte): hasSymbol = true
            default: return false
            }
        }
        return password.utf8.count >= 8 && hasLower && hasUpper && hasDigit && hasSymbol
    }
}
