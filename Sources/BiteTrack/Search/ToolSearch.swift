/// Ranks the tool modules for a query.
///
/// A word counts most in a module's name, then in its category and summary, then in its parameters, then elsewhere; a
/// synonym, a beginning or a slip of one letter counts less than the word itself, and a rare word more than a common one.
package struct ToolSearch: Sendable {
    private struct Document: Sendable {
        let module: ToolModule
        let fields: [Field]
    }
    private struct Field: Sendable {
        let weight: Double
        let stems: Set<String>
    }

    private let documents: [Document]
    /// How much a stem tells, by how few modules contain it.
    private let rarity: [String: Double]

    package init(_ catalogue: ToolCatalogue) {
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
                module: module, fields: texts.map { Field(weight: $0, stems: Set(SearchTerms.stems(of: $1))) })
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

    /// Modules that fit, best first; ties by path.
    ///
    /// An empty query finds everything.
    package func modules(for query: String, category: String? = nil) -> [ToolModule] {
        let candidates = self.documents.filter { category == nil || $0.module.category == category }
        // A query longer than any question is cut, not walked through.
        let stems = SearchTerms.stems(of: String(query.prefix(300))).prefix(24)
        guard !stems.isEmpty else {
            return query.allSatisfy({ !$0.isLetter }) ? candidates.map(\.module) : []
        }
        let scored = candidates.map { (module: $0.module, score: self.score($0, Array(stems))) }
        let best = scored.map(\.score).max() ?? 0
        return scored.filter { $0.score > 0 && $0.score >= best * 0.2 }
            .sorted { ($1.score, $0.module.path) < ($0.score, $1.module.path) }
            .map(\.module)
    }

    private func score(_ document: Document, _ stems: [String]) -> Double {
        var sum = 0.0
        var matched = 0
        for stem in stems {
            let synonyms = Synonyms.of(stem)
            let score = document.fields.reduce(0) { $0 + $1.weight * self.quality(of: stem, synonyms, in: $1.stems) }
            if score > 0 { matched += 1 }
            sum += score
        }
        return sum * (0.5 + 0.5 * Double(matched) / Double(stems.count))
    }

    /// How well the best word of a field fits, from 0 on.
    private func quality(of stem: String, _ synonyms: [String], in field: Set<String>) -> Double {
        if field.contains(stem) { return self.rarity[stem] ?? 1 }
        let synonym = synonyms.filter(field.contains).compactMap { self.rarity[$0] }.max().map { $0 * 0.8 } ?? 0
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
}
