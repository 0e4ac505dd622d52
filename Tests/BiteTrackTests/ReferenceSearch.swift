@testable import BiteTrack

/// The scoring of a query in its plainest form: every word of the query against every word of every field.
struct ReferenceSearch {
    private struct Document {
        let path: String
        let category: String
        let name: Set<String>
        let fields: [(weight: Double, stems: Set<String>)]
    }

    private let documents: [Document]
    private let rarity: [String: Double]

    init(_ catalogue: ToolCatalogue) {
        self.documents = catalogue.modules.map { module in
            let documentation = module.documentation
            let texts: [(Double, String)] = [
                (8, module.name),
                (4, module.category),
                (4, documentation.summary),
                (2, documentation.parameters.map { "\($0.name) \($0.text)" }.joined(separator: " ")),
                (1, documentation.description + " " + documentation.returnType + " " + documentation.returnText),
            ]
            return Document(
                path: module.path, category: module.category, name: Set(Self.stems(of: module.name)),
                fields: texts.map { ($0, Set(Self.stems(of: $1))) })
        }
        var frequency: [String: Int] = [:]
        for document in self.documents {
            for stem in document.fields.reduce(into: Set<String>(), { $0.formUnion($1.stems) }) {
                frequency[stem, default: 0] += 1
            }
        }
        let total = Double(self.documents.count)
        self.rarity = frequency.mapValues { 1 + 1 / Double($0) - 1 / total }
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
        let fit = 1 - 0.5 * Double(spare.count) / Double(max(1, document.name.count))
        return sum * fit * (0.5 + 0.5 * Double(matched) / Double(stems.count))
    }

    private func quality(of stem: String, in field: Set<String>) -> Double {
        if field.contains(stem) { return self.rarity[stem] ?? 1 }
        let synonyms = Synonyms.of(stem).filter(field.contains)
        let synonym = synonyms.compactMap { self.rarity[$0] }.max().map { $0 * 0.8 } ?? 0
        guard synonym == 0, stem.count >= 3 else { return synonym }
        var best = 0.0
        for word in field {
            if word.hasPrefix(stem) {
                best = max(best, 0.7)
            } else if stem.count >= 4, Spelling.distance(stem, word, limit: 1) == 1 {
                best = max(best, 0.6)
            }
        }
        return best
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
        if !drop("ies", leaving: 2, adding: "y"), !stem.hasSuffix("ss") { _ = drop("s", leaving: 3) }
        if drop("ment", leaving: 4) || drop("ing", leaving: 3) || drop("ed", leaving: 3) {
            if let last = stem.last, stem.dropLast().last == last, !"lse".contains(last) { stem.removeLast() }
        }
        _ = drop("e", leaving: 3)
        return stem
    }
}
