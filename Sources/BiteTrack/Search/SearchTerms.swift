/// Turns text into comparable word stems.
enum SearchTerms {
    /// Words that tell nothing about which tool is meant.
    private static let stopWords: Set<String> = [
        "a", "an", "and", "are", "as", "at", "be", "by", "can", "did", "do", "does", "for", "from", "get", "give",
        "has",
        "have", "how", "i", "in", "is", "it", "its", "many", "me", "much", "my", "of", "on", "or", "our", "show",
        "tell",
        "that", "the", "their", "them", "they", "this", "to", "was", "we", "were", "what", "when", "where", "which",
        "who", "whose", "will", "with", "you", "your", "de", "del", "el", "la", "las", "los", "un", "una", "en", "por",
        "para", "con", "que", "y",
    ]

    /// The stems of `text` without stop words, in order; `camelCase` counts as two words.
    static func stems(of text: String) -> [String] {
        self.words(of: text).filter { !self.stopWords.contains($0) }.map(self.stem)
    }

    static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var previousWasLower = false
        for character in text {
            guard character.isLetter || character.isNumber else {
                if !word.isEmpty { words.append(word) }
                (word, previousWasLower) = ("", false)
                continue
            }
            if character.isUppercase, previousWasLower {
                words.append(word)
                word = ""
            }
            previousWasLower = character.isLowercase
            word += self.plain(character)
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// A lower-case letter without its accent, for those that English and Spanish use.
    private static func plain(_ character: Character) -> String {
        let lower = character.lowercased()
        let accents = ["á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ü": "u", "ñ": "n"]
        return accents[lower] ?? lower
    }

    /// Takes off the endings that do not change what a word is about: plural, tense, `-ment`.
    static func stem(_ word: String) -> String {
        var stem = word
        func drop(_ suffix: String, leaving least: Int, adding replacement: String = "") -> Bool {
            guard stem.hasSuffix(suffix), stem.count - suffix.count >= least else { return false }
            stem = String(stem.dropLast(suffix.count)) + replacement
            return true
        }
        if !drop("ies", leaving: 2, adding: "y"), !stem.hasSuffix("ss") { _ = drop("s", leaving: 3) }
        if drop("ment", leaving: 4) || drop("ing", leaving: 3) || drop("ed", leaving: 3) {
            // `dropped` and `dropping` are about a `drop`.
            if let last = stem.last, stem.dropLast().last == last, !"lse".contains(last) { stem.removeLast() }
        }
        _ = drop("e", leaving: 3)
        return stem
    }
}
