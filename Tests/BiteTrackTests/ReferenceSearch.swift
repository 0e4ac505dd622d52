import Foundation

@testable import BiteTrack

/// The scoring of a query in its plainest form: every word of the query against every term of every field.
struct ReferenceSearch {
    /// A meaning of the lexicon, or the stem of a word.
    private enum Term: Hashable {
        case meaning(Int)
        case stem(String)
    }

    private struct Document {
        let module: ToolModule
        /// How often each term is in each field.
        var fields: [[Term: Double]]
        /// The words of each field.
        let lengths: [Int]
        /// The terms of each word of the name.
        let name: [Set<Term>]
    }

    private let documents: [Document]
    private let known: Set<String>
    /// How many modules contain a term.
    private let frequency: [Term: Int]
    /// The mean length of each field.
    private let averages: [Double]
    private let lexicon = Lexicon.shared
    private let tuning = SearchTuning()

    init(_ catalogue: ToolCatalogue) {
        let lexicon = Lexicon.shared
        var known = Set(lexicon.senses.keys)
        self.documents = catalogue.modules.map { module in
            let texts = SearchIndex.texts(of: module).map(Self.words)
            for word in texts.joined() { known.insert(Self.stem(word)) }
            var fields = texts.enumerated().map { number, words in
                Self.terms(of: words, lexicon).filter { number < 4 || !Self.isMeaning($0.key) }
            }
            fields.append([:])
            for topic in lexicon.topics[module.name] ?? [] { fields[8][.meaning(topic.meaning)] = topic.strength }
            let name = texts[0].filter { !SearchTerms.stopWords.contains($0) }
            return Document(
                module: module, fields: fields, lengths: texts.map(\.count) + [0],
                name: name.map { Set(Self.terms(of: [$0], lexicon).keys) })
        }
        self.known = known
        self.frequency = self.documents.reduce(into: [:]) { frequency, document in
            for term in Set(document.fields.flatMap(\.keys)) { frequency[term, default: 0] += 1 }
        }
        let documents = self.documents
        self.averages = self.tuning.weights.indices.map { field in
            max(1, Double(documents.reduce(0) { $0 + $1.lengths[field] }) / Double(documents.count))
        }
    }

    func ranking(for query: String, category: String? = nil) -> [(path: String, score: Double)] {
        let candidates = self.documents.filter { category == nil || $0.module.category == category }
        let words = Array(Self.words(of: String(query.prefix(300))).prefix(ToolSearch.mostWords))
        guard !words.isEmpty else { return candidates.map { ($0.module.path, 0) } }
        let asked = self.asked(words)
        let scored = candidates.map { (path: $0.module.path, score: self.score($0, asked)) }
        let best = scored.map(\.score).max() ?? 0
        return scored.filter { $0.score > 0 && $0.score >= best * self.tuning.leastShare }
            .sorted { ($1.score, $0.path) < ($0.score, $1.path) }
    }

    private func score(_ document: Document, _ asked: [(weight: Double, terms: [Term: Double])]) -> Double {
        var (sum, matched, total) = (0.0, 0.0, 0.0)
        var named: Set<Term> = []
        for (weight, terms) in asked {
            named.formUnion(terms.filter { $0.value >= self.tuning.namingQuality }.keys)
            guard terms.keys.contains(where: { self.frequency[$0] != nil }) else { continue }
            let most = weight * (terms.values.max() ?? 0)
            let best = terms.map { self.worth(of: $0.key, in: document) * $0.value }.max() ?? 0
            total += most
            sum += weight * best
            if best > 0 { matched += most }
        }
        guard sum > 0 else { return 0 }
        let spare = document.name.count { named.isDisjoint(with: $0) }
        let fit = 1 - (1 - self.tuning.unnamedShare) * Double(spare) / Double(max(1, document.name.count))
        let share = self.tuning.unmatchedShare + (1 - self.tuning.unmatchedShare) * matched / total
        let module = document.module
        let likelihood =
            module.isClosed ? self.tuning.closedShare : module.category == "lib" ? self.tuning.helperShare : 1
        return sum * fit * share * likelihood
    }

    /// BM25F.
    private func worth(of term: Term, in document: Document) -> Double {
        var frequency = 0.0
        for (field, weight) in self.tuning.weights.enumerated() {
            let length = Double(document.lengths[field]) / self.averages[field]
            let share = self.tuning.lengthShares[field]
            frequency += weight * (document.fields[field][term] ?? 0) / (1 - share + share * length)
        }
        let rarity = SearchIndex.rarity(self.frequency[term] ?? 0, of: self.documents.count)
        return rarity * frequency * (self.tuning.saturation + 1) / (self.tuning.saturation + frequency)
    }

    /// What each word of a query may stand for, and how well it fits.
    private func asked(_ words: [String]) -> [(weight: Double, terms: [Term: Double])] {
        var asked: [(weight: Double, terms: [Term: Double])] = []
        var said: Set<Int> = []
        for part in self.lexicon.parts(of: words, stems: words.map(Self.stem)) {
            var terms = self.terms(of: part.senses, quality: 1)
            if let place = part.word {
                if words[place].count == 24, words[place].allSatisfy(\.isHexDigit), words[place].utf8.count == 24 {
                    terms = [.meaning(self.lexicon.meanings.firstIndex(of: "one")!): 1]
                } else if SearchTerms.stopWords.contains(words[place]) {
                    if terms.isEmpty { continue }
                } else {
                    let others = self.terms(of: Self.stem(words[place]), hasMeaning: !terms.isEmpty)
                    terms.merge(others, uniquingKeysWith: max)
                }
            }
            let isRepeated = part.senses.first.map { !said.insert($0.meaning).inserted } ?? false
            asked.append((isRepeated ? self.tuning.repetitionWeight : 1, terms))
        }
        return asked
    }

    private func terms(of senses: [Lexicon.Sense], quality: Double) -> [Term: Double] {
        let terms = senses.map { (Term.meaning($0.meaning), quality * self.tuning.meaningQuality * $0.strength) }
        return Dictionary(terms, uniquingKeysWith: max)
    }

    private func terms(of stem: String, hasMeaning: Bool) -> [Term: Double] {
        if self.known.contains(stem) { return [.stem(stem): 1] }
        guard !hasMeaning, stem.utf8.count >= QueryWords.shortest, stem.utf8.count <= 200 else { return [:] }
        var found = self.known.filter { $0.hasPrefix(stem) }
        var quality = self.tuning.beginningQuality
        if found.isEmpty {
            quality = self.tuning.slipQuality
            found = self.known.filter {
                Spelling.distance(stem, $0, limit: 1) == 1
                    && (stem.count >= QueryWords.shortestForSlip || Self.isSwap(stem, $0))
            }
        }
        if found.isEmpty, stem.count >= QueryWords.shortestForTwoSlips {
            quality = self.tuning.twoSlipsQuality
            found = self.known.filter { Self.resemble(stem, $0) && Spelling.distance(stem, $0, limit: 2) == 2 }
        }
        var terms: [Term: Double] = [:]
        for word in found {
            terms[.stem(word)] = quality
            terms.merge(self.terms(of: self.lexicon.senses[word] ?? [], quality: quality), uniquingKeysWith: max)
        }
        return terms
    }

    private static func terms(of words: [String], _ lexicon: Lexicon) -> [Term: Double] {
        var terms: [Term: Double] = [:]
        for word in words where !SearchTerms.stopWords.contains(word) { terms[.stem(self.stem(word)), default: 0] += 1 }
        for sense in lexicon.parts(of: words, stems: words.map(self.stem)).flatMap(\.senses) {
            terms[.meaning(sense.meaning), default: 0] += sense.strength
        }
        return terms
    }

    private static func isMeaning(_ term: Term) -> Bool {
        if case .meaning = term { true } else { false }
    }

    private static func isSwap(_ first: String, _ second: String) -> Bool {
        first.unicodeScalars.map(\.value).sorted() == second.unicodeScalars.map(\.value).sorted()
    }

    /// Two slips count where length and letters are nearly the same.
    private static func resemble(_ first: String, _ second: String) -> Bool {
        func letters(_ word: String) -> UInt32 { word.unicodeScalars.reduce(0) { $0 | 1 << ($1.value & 31) } }
        let (count, other) = (first.unicodeScalars.count, second.unicodeScalars.count)
        return abs(count - other) <= 1 && (letters(first) ^ letters(second)).nonzeroBitCount <= 2
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
