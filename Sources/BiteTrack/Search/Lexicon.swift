/// Which meanings of the trade the words of a text have.
struct Lexicon: Sendable {
    /// One meaning of a word, by its number, and how surely it is meant.
    struct Sense: Sendable, Equatable {
        let meaning: Int
        let strength: Double
    }

    /// A part of a text: a word, or a phrase.
    struct Part: Equatable {
        /// The place of a single word.
        var word: Int?
        /// Empty for a word without a known meaning.
        var senses: [Sense]
    }

    private struct Phrase: Sendable {
        /// The stems after the first one.
        let rest: [String]
        /// The stems after a few other words; empty when all stand together.
        let tail: [String]
        var senses: [Sense]

        /// The words of the phrase that begins at `start`.
        func places(in stems: [String], from start: Int) -> [Int]? {
            var end = start + 1
            guard stems[end...].starts(with: self.rest) else { return nil }
            end += self.rest.count
            guard !self.tail.isEmpty else { return Array(start..<end) }
            for gap in 1...Lexicon.widestGap where end + gap < stems.count {
                guard stems[(end + gap)...].starts(with: self.tail) else { continue }
                return Array(start..<end) + Array((end + gap)..<(end + gap + self.tail.count))
            }
            return nil
        }
    }

    /// Words that may stand within a phrase such as `take … off`.
    static let widestGap = 3

    static let shared = Lexicon(Self.trade + "\n" + Self.things, topics: Self.moduleTopics)

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
        for line in table.parts(between: "\n") {
            let halves = line.split(separator: ":", maxSplits: 1)
            let head = halves[0].parts(between: " ")
            precondition(halves.count == 2 && head.count == 2, "a line of the lexicon is `meaning strength: entries`")
            guard let strength = Double(head[1]) else { preconditionFailure("a strength is a number") }
            let meaning = numbers[head[0]] ?? self.meanings.count
            if meaning == self.meanings.count {
                numbers[head[0]] = meaning
                self.meanings.append(String(head[0]))
            }
            for entry in halves[1].parts(between: ",") {
                self.add(entry.parts(between: " ").map(String.init), Sense(meaning: meaning, strength: strength))
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
        for first in self.phrases.keys {
            self.phrases[first]?.sort { $0.rest.count + $0.tail.count > $1.rest.count + $1.tail.count }
        }
    }

    /// The meaning of an id: that one thing is wanted.
    var one: Int? { self.meanings.firstIndex(of: "one") }

    /// Divides a text's words, with their stems, into phrases and single words.
    func parts(of words: [String], stems: [String]) -> [Part] {
        var parts: [Part] = []
        var isTaken = Array(repeating: false, count: words.count)
        for place in words.indices where !isTaken[place] {
            for phrase in self.phrases[stems[place]] ?? [] {
                guard let places = phrase.places(in: stems, from: place), !places.contains(where: { isTaken[$0] })
                else { continue }
                for taken in places { isTaken[taken] = true }
                parts.append(Part(word: nil, senses: phrase.senses))
                break
            }
            if !isTaken[place] {
                parts.append(Part(word: place, senses: self.senses(of: words[place], stem: stems[place])))
            }
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
            for ending in endings { self.addPhrase(entry.dropLast() + [ending], sense) }
        } else if last.hasPrefix("=") {
            for word in SearchTerms.words(of: last) { Self.add(sense, to: &self.forms[word, default: []]) }
        } else if let star = last.firstIndex(of: "*") {
            let changed = last[last.index(after: star)...]
            let verb = SearchTerms.words(of: String(last[..<star]))[0]
            for form in SpanishForms.verb(verb, changed: changed.isEmpty ? nil : String(changed)) {
                self.addWord(form, sense)
            }
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
        let halves = words.split(separator: "…").map { part in
            part.flatMap { SearchTerms.words(of: $0) }.map(SearchTerms.stem)
        }
        let (rest, tail) = (Array(halves[0].dropFirst()), halves.count > 1 ? halves[1] : [])
        var phrases = self.phrases[halves[0][0]] ?? []
        if let known = phrases.firstIndex(where: { $0.rest == rest && $0.tail == tail }) {
            Self.add(sense, to: &phrases[known].senses)
        } else {
            phrases.append(Phrase(rest: rest, tail: tail, senses: [sense]))
        }
        self.phrases[halves[0][0]] = phrases
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
