import Foundation

/// Where the words and meanings of the modules occur, and what each is worth to each module (BM25F).
///
/// A term is a meaning of the lexicon or the stem of a word. A term's occurrences in a module are added up over the
/// fields, each with the field's weight and less in a long field than in a short one; more of them are worth more, but
/// ever less, and a term of few modules more than one of many. All of it is worked out once.
struct SearchIndex: Sendable {
    /// What a term adds to one module.
    struct Posting: Sendable, Equatable {
        let module: Int
        let score: Double
    }

    /// The distinct words of each module's name, numbered through all modules.
    let nameWords: [Range<Int>]
    /// What each term adds, ascending by module: first the meanings, then the stems.
    let postings: [[Posting]]
    /// The name words each term accounts for.
    let named: [[Int]]
    /// The stems of all modules and of the lexicon, and what somebody may have meant instead of others.
    let vocabulary: Vocabulary
    let lexicon: Lexicon
    let tuning: SearchTuning

    init(_ modules: [ToolModule], lexicon: Lexicon = .shared, tuning: SearchTuning = SearchTuning()) {
        self.lexicon = lexicon
        self.tuning = tuning
        let meanings = lexicon.meanings.count
        let texts = modules.map { Self.texts(of: $0).map { SearchTerms.read($0) } }
        let stems = Set(texts.joined().flatMap(\.stems)).union(lexicon.senses.keys)
        let vocabulary = Vocabulary(stems)
        let noCounts = tuning.weights.map { _ in 0.0 }
        // How often each term is in each field of each module it is in at all.
        var counts = Array(repeating: [Int: [Double]](), count: meanings + vocabulary.words.count)
        var lengths = modules.map { _ in noCounts }
        var nameWords: [Range<Int>] = []
        var named = Array(repeating: [Int](), count: counts.count)
        for (module, fields) in texts.enumerated() {
            for (field, text) in fields.enumerated() {
                lengths[module][field] = Double(text.stems.count)
                let saysWhatItIs = field <= Self.lastTellingField
                for (term, count) in Self.terms(of: text, in: vocabulary, lexicon)
                where saysWhatItIs || term >= meanings {
                    counts[term][module, default: noCounts][field] += count
                }
            }
            for topic in lexicon.topics[modules[module].name] ?? [] {
                counts[topic.meaning][module, default: noCounts][Self.topicsField] = topic.strength
            }
            let start = nameWords.last?.upperBound ?? 0
            let words = fields[0].content
            for (place, word) in words.enumerated() {
                let single = SearchTerms.Reading(words: [fields[0].words[word]], stems: [fields[0].stems[word]])
                for (term, _) in Self.terms(of: single, in: vocabulary, lexicon) { named[term].append(start + place) }
            }
            nameWords.append(start..<(start + words.count))
        }
        let averages = tuning.weights.indices.map { field in
            max(1, lengths.reduce(0) { $0 + $1[field] } / Double(max(1, modules.count)))
        }
        self.postings = counts.map { counts in
            let rarity = Self.rarity(counts.count, of: modules.count)
            return counts.sorted { $0.key < $1.key }.map { module, counts in
                var frequency = 0.0
                for (field, weight) in tuning.weights.enumerated() {
                    let length = lengths[module][field] / averages[field]
                    let share = tuning.lengthShares[field]
                    frequency += weight * counts[field] / (1 - share + share * length)
                }
                return Posting(
                    module: module,
                    score: rarity * frequency * (tuning.saturation + 1) / (tuning.saturation + frequency))
            }
        }
        self.nameWords = nameWords
        self.named = named
        self.vocabulary = vocabulary
    }

    /// The term of a stem.
    func term(ofStem number: Int) -> Int { self.lexicon.meanings.count + number }

    /// How much a term tells that is in so many modules of all, as in BM25.
    static func rarity(_ frequency: Int, of all: Int) -> Double {
        log(1 + (Double(all - frequency) + 0.5) / (Double(frequency) + 0.5))
    }

    /// Words mean in the name, the category, the summary, and the keywords what the module is about; elsewhere they are
    /// only words.
    static let lastTellingField = 3
    /// The field of the topics the lexicon gives a module.
    static let topicsField = 8

    /// The texts of a module, in the order of the fields.
    static func texts(of module: ToolModule) -> [String] {
        let documentation = module.documentation
        let parameters = documentation.parameters.map { "\($0.name) \($0.text)" }
        let functions = module.functions.map { "\($0.name) \($0.documentation.summary)" }
        return [
            module.name, module.category, documentation.summary, documentation.keywords,
            (parameters + functions).joined(separator: " "), documentation.description,
            "\(documentation.returnType) \(documentation.returnText)", self.calls(in: documentation.examples),
        ]
    }

    /// The lines of examples without the imports, which are the same everywhere.
    private static func calls(in examples: [String]) -> String {
        examples.flatMap { $0.parts(between: "\n") }.filter { !$0.hasPrefix("import ") }.joined(separator: "\n")
    }

    /// How often each term occurs in a text; a meaning counts as much as its words are sure to mean it.
    private static func terms(
        of text: SearchTerms.Reading, in vocabulary: Vocabulary, _ lexicon: Lexicon
    ) -> [(term: Int, count: Double)] {
        var terms: [(term: Int, count: Double)] = []
        for (word, stem) in zip(text.words, text.stems) where !SearchTerms.stopWords.contains(word) {
            if let number = vocabulary.number(of: stem) { terms.append((lexicon.meanings.count + number, 1)) }
        }
        for part in lexicon.parts(of: text.words, stems: text.stems) {
            for sense in part.senses { terms.append((sense.meaning, sense.strength)) }
        }
        return terms
    }
}
