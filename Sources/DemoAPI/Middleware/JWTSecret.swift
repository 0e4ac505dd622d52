/// The key tokens are signed with; cannot be printed.
package struct JWTSecret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// A new key nobody else knows.
    package static func random() -> JWTSecret { JWTSecret(Digest.randomBytes(32)) }

    package var description: String { "<secret>" }
    package var debugDescription: String { "<secret>" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }

    func sign(_ text: String) -> [UInt8] { Digest.hmacSHA256(key: self.bytes, Array(text.utf8)) }
}
