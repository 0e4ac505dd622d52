import Base64

/// The value of a header that repeats a part of the body (2026-07-28): plain, or Base64 between two markers.
enum RoutingHeader {
    private static let prefix = "=?base64?"
    private static let suffix = "?="

    /// What the value stands for; nil when it is marked as Base64 but is not Base64 of UTF-8.
    static func decode(_ value: String) -> String? {
        guard value.hasPrefix(self.prefix), value.hasSuffix(self.suffix),
            value.utf8.count >= self.prefix.utf8.count + self.suffix.utf8.count
        else { return value }
        let encoded = value.dropFirst(self.prefix.count).dropLast(self.suffix.count)
        return Base64.decode(encoded, as: .standard).flatMap { String(validating: $0, as: UTF8.self) }
    }
}
