/// Turns text into comparable word stems.
enum SearchTerms {
    /// Words that tell nothing about which tool is meant.
    static let stopWords: Set<String> = [
        "a", "al", "all", "also", "an", "and", "another", "any", "are", "as", "at", "be", "because", "been", "being",
        "between", "both", "but", "by", "cada", "can", "como", "con", "could", "cual", "cuales", "cuando", "de",
        "del", "desde", "did", "do", "does", "donde", "each", "el", "en", "es", "esa", "ese", "esta", "estan",
        "estas", "este", "estos", "every", "few", "for", "from", "fue", "further", "get", "give", "given", "ha",
        "han", "has", "hasta", "have", "hay", "he", "hemos", "here", "how", "i", "if", "in", "into", "is", "it",
        "its", "just", "know", "la", "las", "le", "les", "let", "lo", "los", "many", "me", "mi", "much", "must",
        "muy", "my", "need", "needs", "ni", "nor", "nos", "now", "o", "of", "off", "on", "once", "only", "or",
        "other", "our", "over", "own", "para", "pero", "please", "por", "porque", "que", "same", "se", "see", "ser",
        "should", "show", "si", "so", "sobre", "some", "somebody", "someone", "something", "son", "still", "su",
        "such", "sus", "tell", "tenemos", "tengo", "than", "that", "the", "their", "them", "then", "there", "these",
        "they", "thing", "things", "this", "those", "through", "tiene", "tienen", "to", "too", "un", "una", "under",
        "until", "up", "us", "very", "want", "was", "we", "were", "what", "when", "where", "which", "while", "who",
        "whose", "why", "will", "with", "would", "y", "ya", "you", "your",
    ]

    /// The words of a text and the stem of each, stop words included.
    struct Reading: Sendable {
        var words: [String] = []
        var stems: [String] = []

        /// Places of the words that are no stop words.
        var content: [Int] { self.words.indices.filter { !SearchTerms.stopWords.contains(self.words[$0]) } }
    }

    /// The first words of `text`, in order; `camelCase` counts as two words.
    static func read(_ text: String, atMost limit: Int = .max) -> Reading {
        var reading = Reading()
        for word in FoldedText(text).words.prefix(limit) {
            reading.words.append(String(decoding: word, as: UTF8.self))
            reading.stems.append(self.stem(word))
        }
        return reading
    }

    static func words(of text: String) -> [String] {
        FoldedText(text).words.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Takes off the endings that do not change what a word is about: plural, tense, `-ment`, Spanish verbs.
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
        for ending in self.spanishEndings where drop(ending, leaving: 4) { break }
        return String(decoding: stem, as: UTF8.self)
    }

    /// Endings of Spanish verbs and what is made of them, as they are left by the English ones: `facturación`,
    /// `facturamos`, `facturar`.
    static let spanishEndings = ["acion", "ando", "iendo", "amo", "aron", "ars", "ado", "ada", "ar"]
}
