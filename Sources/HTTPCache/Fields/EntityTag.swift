/// Entity tags as they are compared (RFC 9110, section 8.8.3).
///
/// A tag that breaks the grammar stands for itself, byte by byte.
enum EntityTag {
    static func isWeak(_ tag: some StringProtocol) -> Bool { tag.utf8.starts(with: "W/".utf8) }

    /// The tag without its weakness.
    static func opaque<Text: StringProtocol>(_ tag: Text) -> Text.SubSequence {
        self.isWeak(tag) ? tag.dropFirst(2) : tag[...]
    }

    static func matchesWeakly(_ one: some StringProtocol, _ other: some StringProtocol) -> Bool {
        self.opaque(one).utf8.elementsEqual(self.opaque(other).utf8)
    }

    static func matchesStrongly(_ one: some StringProtocol, _ other: some StringProtocol) -> Bool {
        !self.isWeak(one) && !self.isWeak(other) && one.utf8.elementsEqual(other.utf8)
    }

    /// Whether `If-None-Match` names the tag, or any at all (RFC 9110, section 13.1.2).
    static func isListed(_ tag: String?, in lines: [String]) -> Bool {
        FieldText.members(lines).contains { member in member == "*" || tag.map { self.matchesWeakly(member, $0) } ?? false }
    }
}
