/// Ranks the tool modules for a query.
///
/// All that depends on the modules alone is worked out at the start; a query costs a look-up for each of its words and
/// the comparison of an unknown word with the few that resemble it.
package struct ToolSearch: Sendable {
    /// A found module, by its number.
    struct Hit: Equatable {
        let module: Int
        let score: Double
    }

    /// What a query found, best first.
    struct Ranking {
        var hits: [Hit] = []
        /// How many words were compared letter by letter, which is what takes time.
        var compared = 0
    }

    /// By path, which decides between modules that fit equally well.
    let modules: [ToolModule]
    /// What answers say of each module.
    let details: [ModuleDetails]
    private let index: SearchIndex

    package init(_ catalogue: ToolCatalogue) {
        self.modules = catalogue.modules.sorted { $0.path < $1.path }
        self.details = self.modules.map(ModuleDetails.init)
        self.index = SearchIndex(self.modules)
    }

    /// Modules that fit, best first; ties by path.
    ///
    /// An empty query finds everything.
    package func modules(for query: String, category: String? = nil) -> [ToolModule] {
        self.ranking(for: query, category: category).hits.map { self.modules[$0.module] }
    }

    func ranking(for query: String, category: String? = nil) -> Ranking {
        let query = Self.cut(query)
        let stems = SearchTerms.stems(of: query, atMost: 24)
        guard !stems.isEmpty else {
            guard SearchTerms.words(of: query).isEmpty else { return Ranking() }
            return Ranking(hits: self.modules(in: category).map { Hit(module: $0, score: 0) })
        }
        var ranking = Ranking()
        var sums = Array(repeating: (score: 0.0, words: 0), count: self.modules.count)
        var isNamed = Array(repeating: false, count: self.index.nameWords.last?.upperBound ?? 0)
        for stem in stems {
            let match = self.index.match(stem)
            ranking.compared += match.compared
            for (module, score) in match.scores {
                sums[module].score += score
                sums[module].words += 1
            }
            for word in match.nameWords { isNamed[word] = true }
        }
        for module in self.modules(in: category) where sums[module].words > 0 {
            // `customers` means getCustomers rather than getCustomerTransactions: little of the name is left over.
            let name = self.index.nameWords[module]
            let spare = name.count { !isNamed[$0] }
            let fit = 1 - (1 - SearchIndex.unnamedShare) * Double(spare) / Double(max(1, name.count))
            let share = 0.5 + 0.5 * Double(sums[module].words) / Double(stems.count)
            let score = sums[module].score * fit * share * self.modules[module].weight
            ranking.hits.append(Hit(module: module, score: score))
        }
        let best = ranking.hits.map(\.score).max() ?? 0
        ranking.hits.removeAll { $0.score < best * 0.2 }
        ranking.hits.sort { ($1.score, $0.module) < ($0.score, $1.module) }
        return ranking
    }

    private func modules(in category: String?) -> some Sequence<Int> {
        self.modules.indices.lazy.filter { category == nil || self.modules[$0].category == category }
    }

    /// A query longer than any question is cut, not walked through.
    ///
    /// One character can be made of thousands of scalars: they count too.
    static func cut(_ query: String) -> String {
        guard query.utf8.count > 300 else { return query }
        // ASCII but for a line's end, and nothing after it that could join: each byte is a character.
        if query.utf8.prefix(301).allSatisfy({ $0 < 0x80 && $0 != 0x0D }) {
            return String(Substring(query.utf8.prefix(300)))
        }
        // A string of its own: in a part of the long one, looking for the last character's end could go on to the end.
        return String(String(String.UnicodeScalarView(query.unicodeScalars.prefix(1000))).prefix(300))
    }
}
