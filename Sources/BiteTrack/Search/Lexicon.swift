/// Which meanings of the trade the words of a text have.
struct Lexicon: Sendable {
    /// One meaning of a word, by its number, and how surely it is meant.
    struct Sense: Sendable, Equatable {
        let meaning: Int
        let strength: Double
    }

    /// A part of a text: a word, or the words of a phrase.
    struct Part: Equatable {
        var words: Range<Int>
        /// Empty for a word without a known meaning.
        var senses: [Sense]
    }

    private struct Phrase: Sendable {
        let rest: [String]
        var senses: [Sense]
    }

    static let shared = Lexicon(Self.trade, topics: Self.moduleTopics)

    /// The names of all meanings.
    private(set) var meanings: [String] = []
    /// What modules are about, by their names.
    private(set) var topics: [String: [Sense]] = [:]
    /// What the stems of single words mean.
    private(set) var senses: [String: [Sense]] = [:]
    /// What words mean in one form only, such as an imperative, beside what their stems mean.
    private var forms: [String: [Sense]] = [:]
    /// Phrases by the stem of their first word, the longest first.
    private var phrases: [String: [Phrase]] = [:]

    /// Reads lines of `meaning strength: entry, entry`.
    init(_ table: String, topics: [String: String] = [:]) {
        var numbers: [Substring: Int] = [:]
        for line in table.split(separator: "\n") {
            let halves = line.split(separator: ":", maxSplits: 1)
            let head = halves[0].split(separator: " ")
            precondition(halves.count == 2 && head.count == 2, "a line of the lexicon is `meaning strength: entries`")
            guard let strength = Double(head[1]) else { preconditionFailure("a strength is a number") }
            let meaning = numbers[head[0]] ?? self.meanings.count
            if meaning == self.meanings.count {
                numbers[head[0]] = meaning
                self.meanings.append(String(head[0]))
            }
            for entry in halves[1].split(separator: ",") {
                self.add(entry.split(separator: " ").map(String.init), Sense(meaning: meaning, strength: strength))
            }
        }
        self.topics = topics.mapValues { topics in
            topics.split(separator: " ").map { topic in
                let isMinor = topic.hasSuffix("?")
                guard let meaning = numbers[isMinor ? topic.dropLast() : topic] else {
                    preconditionFailure("\(topic) is no meaning of the lexicon")
                }
                return Sense(meaning: meaning, strength: isMinor ? 0.4 : 1)
            }
        }
        for first in self.phrases.keys { self.phrases[first]?.sort { $0.rest.count > $1.rest.count } }
    }

    /// The meaning of an id: that one thing is wanted.
    var one: Int? { self.meanings.firstIndex(of: "one") }

    /// Divides a text's words, with their stems, into phrases and single words.
    func parts(of words: [String], stems: [String]) -> [Part] {
        var parts: [Part] = []
        var place = 0
        while place < words.count {
            let phrase = self.phrases[stems[place]]?.first { stems[(place + 1)...].starts(with: $0.rest) }
            let count = 1 + (phrase?.rest.count ?? 0)
            parts.append(
                Part(words: place..<(place + count), senses: phrase?.senses ?? self.senses(of: words[place], stem: stems[place])))
            place += count
        }
        return parts
    }

    /// What a single word means.
    func senses(of word: String, stem: String) -> [Sense] {
        // A word that tells nothing by itself has the form's meanings alone.
        let form = self.forms[word] ?? []
        guard !SearchTerms.stopWords.contains(word) else { return form }
        return form + (self.senses[stem] ?? [])
    }

    private mutating func add(_ entry: [String], _ sense: Sense) {
        guard let last = entry.last else { return }
        if entry.count > 1 {
            // An adjective at the end of a phrase has all its forms.
            let endings = last.hasSuffix("@") ? SpanishForms.adjective(String(last.dropLast())) : [last]
            for ending in endings { self.addPhrase(SearchTerms.words(of: (entry.dropLast() + [ending]).joined(separator: " ")), sense) }
        } else if last.hasPrefix("=") {
            for word in SearchTerms.words(of: last) { Self.add(sense, to: &self.forms[word, default: []]) }
        } else if let star = last.firstIndex(of: "*") {
            let changed = last[last.index(after: star)...]
            let verb = SearchTerms.words(of: String(last[..<star]))[0]
            for form in SpanishForms.verb(verb, changed: changed.isEmpty ? nil : String(changed)) { self.addWord(form, sense) }
        } else if last.hasSuffix("@") {
            for form in SpanishForms.adjective(SearchTerms.words(of: last)[0]) { self.addWord(form, sense) }
        } else {
            for word in SearchTerms.words(of: last) { self.addWord(word, sense) }
        }
    }

    private mutating func addWord(_ word: String, _ sense: Sense) {
        if SearchTerms.stopWords.contains(word) {
            Self.add(sense, to: &self.forms[word, default: []])
        } else {
            Self.add(sense, to: &self.senses[SearchTerms.stem(word), default: []])
        }
    }

    private mutating func addPhrase(_ words: [String], _ sense: Sense) {
        let stems = words.map(SearchTerms.stem)
        let rest = Array(stems.dropFirst())
        var phrases = self.phrases[stems[0]] ?? []
        if let known = phrases.firstIndex(where: { $0.rest == rest }) {
            Self.add(sense, to: &phrases[known].senses)
        } else {
            phrases.append(Phrase(rest: rest, senses: [sense]))
        }
        self.phrases[stems[0]] = phrases
    }

    /// A meaning given twice counts with its greatest strength.
    private static func add(_ sense: Sense, to senses: inout [Sense]) {
        if let known = senses.firstIndex(where: { $0.meaning == sense.meaning }) {
            if senses[known].strength < sense.strength { senses[known] = sense }
        } else {
            senses.append(sense)
        }
    }
}
