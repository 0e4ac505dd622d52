/// What a query's words may stand for, each with its terms and how well they fit.
struct QueryWords {
    /// A term of the index, and what it is worth of the word itself.
    struct Alternative: Equatable {
        let term: Int
        let quality: Double
    }

    /// A word or a phrase of the query.
    struct Word {
        var alternatives: [Alternative]
        /// How much it counts beside the others.
        var weight = 1.0
    }

    private(set) var words: [Word] = []
    /// How many words of the vocabulary were compared letter by letter, which is what takes time.
    private(set) var compared = 0

    /// Letters a stem must have at least for a beginning, a slip, and two slips to mean anything: a short word with
    /// another letter is another word.
    static let shortest = 3
    static let shortestForSlip = 5
    static let shortestForTwoSlips = 8

    init(_ query: SearchTerms.Reading, in index: SearchIndex) {
        var known: Set<Int> = []
        for part in index.lexicon.parts(of: query.words, stems: query.stems) {
            var alternatives = part.senses.map {
                Alternative(term: $0.meaning, quality: index.tuning.meaningQuality * $0.strength)
            }
            if let place = part.word, Self.isID(query.words[place]), let one = index.lexicon.one {
                alternatives = [Alternative(term: one, quality: 1)]
            } else if let place = part.word {
                guard !alternatives.isEmpty || !SearchTerms.stopWords.contains(query.words[place]) else { continue }
                alternatives += self.alternatives(
                    for: query.stems[place], word: query.words[place], in: index, hasMeaning: !alternatives.isEmpty)
            }
            var word = Word(alternatives: alternatives)
            if let first = part.senses.first, !known.insert(first.meaning).inserted {
                word.weight = index.tuning.repetitionWeight
            }
            self.words.append(word)
        }
    }

    /// Whether a word is the id of one thing: 24 hex digits.
    private static func isID(_ word: String) -> Bool {
        word.utf8.count == 24
            && word.utf8.allSatisfy {
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
            }
    }

    /// The stem itself or, when it is unknown, what it begins or was meant to be.
    private mutating func alternatives(for stem: String, word: String, in index: SearchIndex, hasMeaning: Bool)
        -> [Alternative]
    {
        if SearchTerms.stopWords.contains(word) { return [] }
        if let number = index.vocabulary.number(of: stem) {
            return [Alternative(term: index.term(ofStem: number), quality: 1)]
        }
        guard !hasMeaning, (Self.shortest...index.vocabulary.longest).contains(stem.utf8.count) else { return [] }
        var alternatives: [Alternative] = []
        func add(_ number: Int, _ quality: Double) {
            alternatives.append(Alternative(term: index.term(ofStem: number), quality: quality))
            for sense in index.lexicon.senses[index.vocabulary.words[number]] ?? [] {
                alternatives.append(
                    Alternative(term: sense.meaning, quality: quality * index.tuning.meaningQuality * sense.strength))
            }
        }
        for number in index.vocabulary.numbers(beginningWith: stem) { add(number, index.tuning.beginningQuality) }
        guard alternatives.isEmpty else { return alternatives }
        let scalars = Array(stem.unicodeScalars)
        let similar = index.vocabulary.numbers(resembling: scalars)
        self.compared += similar.count
        for number in similar where index.vocabulary.isOneSlip(number, from: scalars) {
            // A short word with another letter is another word; with swapped letters it is a slip.
            let isSwap = index.vocabulary.isSwap(number, of: scalars)
            if isSwap || stem.count >= Self.shortestForSlip { add(number, index.tuning.slipQuality) }
        }
        guard alternatives.isEmpty, stem.count >= Self.shortestForTwoSlips else { return alternatives }
        for number in similar where Spelling.distance(index.vocabulary.words[number], stem, limit: 2) == 2 {
            add(number, index.tuning.twoSlipsQuality)
        }
        return alternatives
    }
}
