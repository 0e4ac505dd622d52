import Foundation

/// Where the stems of the modules occur, and what any stem is worth to each module.
///
/// A word counts most in a module's name, then in its category and summary, then in its keywords and parameters, then
/// elsewhere; a synonym, a beginning or a slip of one letter counts less than the word itself, and a rare word more than a common one.
struct SearchIndex: Sendable {
    /// What is known of one word of the vocabulary.
    private struct Entry: Sendable {
        /// The fields that contain it, numbered through all modules.
        var fields: [Int] = []
        /// Where it stands in the names of modules.
        var nameWords: [Int] = []
        /// How much it tells, by how few modules contain it.
        var rarity = 0.0
    }

    /// The distinct words of each module's name, numbered through all modules.
    let nameWords: [Range<Int>]
    private let vocabulary: Vocabulary
    private let entries: [Entry]
    /// The words that mean the same as a stem.
    private let synonyms: [String: [Int]]
    /// What is found for the vocabulary and the stems with synonyms; for any other stem it must be worked out.
    private var matches: [String: StemMatch] = [:]
    /// More bytes than any stem that fits can have, however its accents are written.
    private let length: Int

    init(_ modules: [ToolModule]) {
        let fields = modules.flatMap(Self.fields)
        let vocabulary = Vocabulary(fields.reduce(into: []) { $0.formUnion($1) })
        var entries = vocabulary.words.map { _ in Entry() }
        for (field, stems) in fields.enumerated() {
            for word in stems.compactMap(vocabulary.number) { entries[word].fields.append(field) }
        }
        for word in entries.indices {
            let frequency = Set(entries[word].fields.map { $0 / Self.weights.count }).count
            entries[word].rarity = Self.rarity(frequency, of: modules.count)
        }
        var nameWords: [Range<Int>] = []
        for module in modules.indices {
            let start = nameWords.last?.upperBound ?? 0
            let words = fields[module * Self.weights.count].compactMap(vocabulary.number)
            for (place, word) in words.enumerated() { entries[word].nameWords.append(start + place) }
            nameWords.append(start..<(start + words.count))
        }
        self.nameWords = nameWords
        self.vocabulary = vocabulary
        self.entries = entries
        self.synonyms = Dictionary(
            uniqueKeysWithValues: Synonyms.stems.map { ($0, Synonyms.of($0).compactMap(vocabulary.number)) })
        let stems = vocabulary.words + Synonyms.stems
        self.length = 4 * (stems.map(\.utf8.count).max() ?? 0) + 4
        for stem in stems {
            var match = self.workOut(stem)
            match.compared = 0  // Now, and never for a query.
            self.matches[stem] = match
        }
    }

    /// What a stem is worth to each module, and what it accounts for of their names.
    func match(_ stem: String) -> StemMatch {
        guard stem.utf8.count < self.length else { return StemMatch() }
        return self.matches[stem] ?? self.workOut(stem)
    }

    /// How much a word tells that stands in so many modules of all, as in BM25.
    static func rarity(_ frequency: Int, of all: Int) -> Double {
        log(1 + (Double(all - frequency) + 0.5) / (Double(frequency) + 0.5))
    }

    /// What a synonym, a beginning, a slip of one letter and of two are worth of the word itself.
    static let synonymQuality = 0.8
    static let beginningQuality = 0.7
    static let slipQuality = 0.6
    static let twoSlipsQuality = 0.4
    /// Letters a stem must have at least for a beginning or a slip, and for two slips, to mean anything.
    static let shortest = 3
    static let shortestForTwoSlips = 8
    /// A short word with another letter is another word: `Paris` is no slip of `part`.
    static let shortestForReplacement = 5
    /// How much of its score a module keeps of whose name nothing was asked for.
    static let unnamedShare = 0.65

    /// How much a word counts in a module's name, category, summary, keywords, parameters, and elsewhere.
    static let weights = [8.0, 4, 4, 4, 2, 1]

    /// The texts of a module, in the order of the weights.
    static func texts(of module: ToolModule) -> [String] {
        let documentation = module.documentation
        let parameters = documentation.parameters.map { "\($0.name) \($0.text)" }
        let functions = module.functions.map { "\($0.name) \($0.documentation.summary)" }
        return [
            module.name, module.category, documentation.summary, documentation.keywords,
            (parameters + functions).joined(separator: " "),
            "\(documentation.description) \(documentation.returnType) \(documentation.returnText)",
        ]
    }

    private static func fields(of module: ToolModule) -> [Set<String>] {
        self.texts(of: module).map { Set(SearchTerms.stems(of: $0)) }
    }

    private func workOut(_ stem: String) -> StemMatch {
        var match = StemMatch()
        // How well the best word of each field fits.
        var qualities: [Double] = []
        func find(_ word: Int, _ quality: Double) {
            if qualities.isEmpty { qualities = Array(repeating: 0, count: self.nameWords.count * Self.weights.count) }
            for field in self.entries[word].fields { qualities[field] = max(qualities[field], quality) }
            match.nameWords += self.entries[word].nameWords
        }
        let length = stem.count
        if length >= Self.shortest {
            for word in self.vocabulary.numbers(beginningWith: stem) {
                find(word, Self.beginningQuality * self.entries[word].rarity)
            }
        }
        // A word that is known is no slip of another.
        if length >= Self.shortest, self.vocabulary.number(of: stem) == nil, self.synonyms[stem] == nil {
            let scalars = Array(stem.unicodeScalars)
            let similar = self.vocabulary.numbers(resembling: scalars)
            match.compared = similar.count
            for word in similar {
                let rarity = self.entries[word].rarity
                if self.vocabulary.isOneSlip(word, from: scalars),
                    length >= Self.shortestForReplacement || !self.vocabulary.isReplacement(word, of: scalars)
                {
                    find(word, Self.slipQuality * rarity)
                } else if length >= Self.shortestForTwoSlips,
                    Spelling.distance(self.vocabulary.words[word], stem, limit: 2) == 2
                {
                    find(word, Self.twoSlipsQuality * rarity)
                }
            }
        }
        for word in self.synonyms[stem] ?? [] { find(word, Self.synonymQuality * self.entries[word].rarity) }
        if let word = self.vocabulary.number(of: stem) {
            find(word, 0)
            // The word itself decides, even where a rarer synonym stands beside it.
            for field in self.entries[word].fields { qualities[field] = self.entries[word].rarity }
        }
        guard !qualities.isEmpty else { return match }
        for module in self.nameWords.indices {
            var score = 0.0
            for (field, weight) in Self.weights.enumerated() {
                score += weight * qualities[module * Self.weights.count + field]
            }
            if score > 0 { match.scores.append((module, score)) }
        }
        return match
    }
}
