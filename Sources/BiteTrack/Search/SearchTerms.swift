/// Turns text into comparable word stems.
enum SearchTerms {
    /// Words that tell nothing about which tool is meant.
    static let stopWords: Set<String> = [
        "a", "an", "and", "are", "as", "at", "be", "by", "can", "did", "do", "does", "for", "from", "get", "give",
        "has",
        "have", "how", "i", "in", "is", "it", "its", "many", "me", "much", "my", "of", "on", "or", "our", "show",
        "tell",
        "that", "the", "their", "them", "they", "this", "to", "was", "we", "were", "what", "when", "where", "which",
        "who", "whose", "will", "with", "you", "your", "could", "been", "if", "should", "would", "us", "de", "del",
        "el", "la", "las", "los", "un", "una", "en", "por",
        "para", "con", "que", "y", "al", "hay", "nos", "mi", "me", "es",
    ]

    /// The first stems of `text` without stop words, in order; `camelCase` counts as two words.
    static func stems(of text: String, atMost limit: Int = .max) -> [String] {
        var stems: [String] = []
        for word in FoldedText(text).words {
            guard stems.count < limit else { break }
            if !self.stopWords.contains(String(decoding: word, as: UTF8.self)) { stems.append(self.stem(word)) }
        }
        return stems
    }

    static func words(of text: String) -> [String] {
        FoldedText(text).words.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Takes off the endings that do not change what a word is about: plural, tense, `-ment`.
    static func stem(_ word: String) -> String { self.stem(Array(word.utf8)[...]) }

    private static func stem(_ word: ArraySlice<UInt8>) -> String {
        var stem = word
        // Endings are ASCII, so that only what stays can have more bytes than characters.
        let extraBytes = word.allSatisfy { $0 < 0x80 } ? 0 : word.count - String(decoding: word, as: UTF8.self).count
        func endsIn(_ suffix: String) -> Bool { stem.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }
        func drop(_ suffix: String, leaving least: Int) -> Bool {
            guard stem.count - extraBytes - suffix.utf8.count >= least, endsIn(suffix) else { return false }
            stem = stem.dropLast(suffix.utf8.count)
            return true
        }
        if drop("ies", leaving: 2) { return String(decoding: stem, as: UTF8.self) + "y" }
        if !endsIn("ss") { _ = drop("s", leaving: 3) }
        if drop("ment", leaving: 4) || drop("ing", leaving: 3) || drop("ed", leaving: 3) {
            // `dropped` and `dropping` are about a `drop`.
            if let last = stem.last, stem.dropLast().last == last, !"lse".utf8.contains(last) { stem = stem.dropLast() }
        }
        _ = drop("e", leaving: 3)
        return String(decoding: stem, as: UTF8.self)
    }
}
