import Foundation

/// What a text must look like; an empty text always means "not set".
enum TextForm: Sendable, Equatable {
    case any, origin, page, path, file, timeZone
    /// A path, or the root of all.
    case place
    /// An IP address, or one and a number of bits.
    case addresses
    case oneOf([String])

    var words: [String] { if case .oneOf(let words) = self { words } else { [] } }

    func accepts(_ text: String) -> Bool {
        switch self {
        // The names of the tz database are letters, digits and few signs; what else the platform takes is no such name.
        case .timeZone:
            return text.utf8.count <= 64 && TimeZone(identifier: text) != nil
                && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\\\"<>:".utf8.contains($0) }
        case .any, .file: return !text.utf8.contains { $0 < 0x20 }
        case .oneOf(let words): return words.contains(text)
        case .place: return text == "/" || TextForm.path.accepts(text)
        case .addresses: return Self.isAddressRange(text)
        case .path:
            return text.hasPrefix("/") && !text.hasSuffix("/") && !text.contains("//") && !text.contains("..")
                && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"?#%\\\"<>".utf8.contains($0) }
        case .origin:
            guard let scheme = ["http://", "https://"].first(where: { text.hasPrefix($0) }) else { return false }
            let authority = text.dropFirst(scheme.count)
            return !authority.isEmpty
                && authority.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/?#@\\\"<>%".utf8.contains($0) }
        case .page:
            guard let scheme = ["http://", "https://"].first(where: { text.hasPrefix($0) }) else { return false }
            return text.utf8.count > scheme.utf8.count
                && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\\\"<>".utf8.contains($0) }
        }
    }
    private static func isAddressRange(_ text: String) -> Bool {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
        var address = in6_addr()
        let bits: Int
        if unsafe inet_pton(AF_INET, parts[0], &address) == 1 {
            bits = 32
        } else if unsafe inet_pton(AF_INET6, parts[0], &address) == 1 {
            bits = 128
        } else {
            return false
        }
        guard parts.count > 1 else { return true }
        return parts[1].allSatisfy(\.isNumber) && Int(parts[1]).map { (0...bits).contains($0) } ?? false
    }
}
