@testable import BiteTrack

/// The scoring of a query in its plainest form: every word of the query against every word of every field.
struct ReferenceSearch {
    private struct Document {
        let path: String
        let category: String
        let name: Set<String>
        let weight: Double
        let fields: [(weight: Double, stems: Set<String>)]
    }

    private let documents: [Document]
    private let rarity: [String: Double]

    init(_ catalogue: ToolCatalogue) {
        self.documents = catalogue.modules.map { module in
            let texts = zip(SearchIndex.weights, SearchIndex.texts(of: module))
            return Document(
                path: module.path, category: module.category, name: Set(Self.stems(of: module.name)),
                weight: module.weight,
                fields: texts.map { ($0, Set(Self.stems(of: $1))) })
        }
        var frequency: [String: Int] = [:]
        for document in self.documents {
            for stem in document.fields.reduce(into: Set<String>(), { $0.formUnion($1.stems) }) {
                frequency[stem, default: 0] += 1
            }
        }
        let total = self.documents.count
        self.rarity = frequency.mapValues { SearchIndex.rarity($0, of: total) }
    }

    func ranking(for query: String, category: String? = nil) -> [(path: String, score: Double)] {
        let candidates = self.documents.filter { category == nil || $0.category == category }
        let stems = Self.stems(of: String(query.prefix(300))).prefix(24)
        guard !stems.isEmpty else {
            return query.allSatisfy({ !$0.isLetter }) ? candidates.map { ($0.path, 0) } : []
        }
        let scored = candidates.map { (path: $0.path, score: self.score($0, Array(stems))) }
        let best = scored.map(\.score).max() ?? 0
        return scored.filter { $0.score > 0 && $0.score >= best * 0.2 }
            .sorted { ($1.score, $0.path) < ($0.score, $1.path) }
    }

    private func score(_ document: Document, _ stems: [String]) -> Double {
        var sum = 0.0
        var matched = 0
        for stem in stems {
            let score = document.fields.reduce(0) { $0 + $1.weight * self.quality(of: stem, in: $1.stems) }
            if score > 0 { matched += 1 }
            sum += score
        }
        let spare = document.name.filter { word in !stems.contains { self.quality(of: $0, in: [word]) > 0 } }
        let fit = 1 - (1 - SearchIndex.unnamedShare) * Double(spare.count) / Double(max(1, document.name.count))
        return sum * fit * (0.5 + 0.5 * Double(matched) / Double(stems.count)) * document.weight
    }

    private func quality(of stem: String, in field: Set<String>) -> Double {
        if field.contains(stem) { return self.rarity[stem] ?? 0 }
        let all = Synonyms.of(stem)
        let synonym = all.filter(field.contains).compactMap { self.rarity[$0] }.max() ?? 0
        var best = SearchIndex.synonymQuality * synonym
        guard stem.count >= SearchIndex.shortest else { return best }
        let isKnown = self.rarity[stem] != nil || Synonyms.stems.contains(stem)
        for word in field {
            var quality = 0.0
            if word.hasPrefix(stem) {
                quality = SearchIndex.beginningQuality
            } else if !isKnown {
                switch Spelling.distance(stem, word, limit: 2) {
                case 1 where stem.count >= SearchIndex.shortestForReplacement || !Self.isReplacement(stem, word):
                    quality = SearchIndex.slipQuality
                case 2 where stem.count >= SearchIndex.shortestForTwoSlips && Self.resemble(stem, word):
                    quality = SearchIndex.twoSlipsQuality
                default: break
                }
            }
            best = max(best, quality * (self.rarity[word] ?? 0))
        }
        return best
    }

    private static func isReplacement(_ first: String, _ second: String) -> Bool {
        let (first, second) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
        return first.count == second.count && first.map(\.value).sorted() != second.map(\.value).sorted()
    }

    /// Two slips count where length and letters are nearly the same.
    private static func resemble(_ first: String, _ second: String) -> Bool {
        func letters(_ word: String) -> UInt32 { word.unicodeScalars.reduce(0) { $0 | 1 << ($1.value & 31) } }
        let (count, other) = (first.unicodeScalars.count, second.unicodeScalars.count)
        return abs(count - other) <= 1 && (letters(first) ^ letters(second)).nonzeroBitCount <= 2
    }

    static func stems(of text: String) -> [String] {
        self.words(of: text).filter { !SearchTerms.stopWords.contains($0) }.map(self.stem)
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
            word += self.accents[character] ?? character.lowercased()
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    private static let accents: [Character: String] = [
        "á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ü": "u", "ñ": "n",
        "Á": "a", "É": "e", "Í": "i", "Ó": "o", "Ú": "u", "Ü": "u", "Ñ": "n",
    ]

    static func stem(_ word: String) -> String {
        var stem = word
        func drop(_ suffix: String, leaving least: Int, adding replacement: String = "") -> Bool {
            guard stem.hasSuffix(suffix), stem.count - suffix.count >= least else { return false }
            stem = String(stem.dropLast(suffix.count)) + replacement
            return true
        }
        if drop("ies", leaving: 2, adding: "y") { return stem }
        if !stem.hasSuffix("ss") { _ = drop("s", leaving: 3) }
        if drop("ment", leaving: 4) || drop("ing", leaving: 3) || drop("ed", leaving: 3) {
            if let last = stem.last, stem.dropLast().last == last, !"lse".contains(last) { stem.removeLast() }
        }
        _ = drop("e", leaving: 3)
        for ending in SearchTerms.spanishEndings where drop(ending, leaving: 4) { break }
        return stem
    }
}
