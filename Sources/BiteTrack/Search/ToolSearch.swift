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
        self.init(catalogue, tuning: SearchTuning())
    }

    init(_ catalogue: ToolCatalogue, tuning: SearchTuning) {
        self.modules = catalogue.modules.sorted { $0.path < $1.path }
        self.details = self.modules.map(ModuleDetails.init)
        self.index = SearchIndex(self.modules, tuning: tuning)
    }

    /// Modules that fit, best first; ties by path.
    ///
    /// An empty query finds everything.
    package func modules(for query: String, category: String? = nil) -> [ToolModule] {
        self.ranking(for: query, category: category).hits.map { self.modules[$0.module] }
    }

    func ranking(for query: String, category: String? = nil) -> Ranking {
        let reading = SearchTerms.read(Self.cut(query), atMost: Self.mostWords)
        guard !reading.words.isEmpty else {
            return Ranking(hits: self.modules(in: category).map { Hit(module: $0, score: 0) })
        }
        let words = QueryWords(reading, in: self.index)
        var ranking = Ranking()
        ranking.compared = words.compared
        let scores = self.scores(of: words)
        for module in self.modules(in: category) where scores[module] > 0 {
            ranking.hits.append(Hit(module: module, score: scores[module]))
        }
        let best = ranking.hits.map(\.score).max() ?? 0
        ranking.hits.removeAll { $0.score < best * self.index.tuning.leastShare }
        ranking.hits.sort { ($1.score, $0.module) < ($0.score, $1.module) }
        return ranking
    }

    /// What each module is worth to a query.
    private func scores(of words: QueryWords) -> [Double] {
        var sums = Array(repeating: 0.0, count: self.modules.count)
        var matched = sums
        var best = sums
        var isNamed = Array(repeating: false, count: self.index.nameWords.last?.upperBound ?? 0)
        var total = 0.0
        for word in words.words {
            var touched: [Int] = []
            for alternative in word.alternatives {
                for posting in self.index.postings[alternative.term] {
                    if best[posting.module] == 0 { touched.append(posting.module) }
                    best[posting.module] = max(best[posting.module], posting.score * alternative.quality)
                }
                guard alternative.quality >= self.index.tuning.namingQuality else { continue }
                for name in self.index.named[alternative.term] { isNamed[name] = true }
            }
            // Words no module knows are names of people and things: they tell the modules nothing.
            guard !touched.isEmpty else { continue }
            let most = word.weight * (word.alternatives.map(\.quality).max() ?? 0)
            total += most
            for module in touched {
                sums[module] += word.weight * best[module]
                matched[module] += most
                best[module] = 0
            }
        }
        for module in self.modules.indices where sums[module] > 0 {
            // `customers` means getCustomers rather than getCustomerTransactions: little of the name is left over.
            let name = self.index.nameWords[module]
            let spare = name.count { !isNamed[$0] }
            let fit = 1 - (1 - self.index.tuning.unnamedShare) * Double(spare) / Double(max(1, name.count))
            let unmatched = self.index.tuning.unmatchedShare
            let share = unmatched + (1 - unmatched) * matched[module] / total
            sums[module] *= fit * share * self.likelihood(of: self.modules[module])
        }
        return sums
    }

    /// How likely a module is wanted at all.
    private func likelihood(of module: ToolModule) -> Double {
        if module.isClosed { return self.index.tuning.closedShare }
        return module.category == "lib" ? self.index.tuning.helperShare : 1
    }

    /// Words of a query that are read.
    static let mostWords = 40

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
