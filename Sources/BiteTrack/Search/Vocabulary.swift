/// The distinct stems of all modules and of the lexicon, numbered, and which of them a word may stand for.
struct Vocabulary: Sendable {
    /// Ascending, so that words with a common beginning are neighbours.
    let words: [String]
    private let numbers: [String: Int]
    private let scalars: [[Unicode.Scalar]]
    /// A bit for each letter a word contains.
    private let letters: [UInt32]
    private let numbersByLength: [[Int]]

    init(_ words: Set<String>) {
        self.words = words.sorted()
        self.numbers = Dictionary(uniqueKeysWithValues: zip(self.words, self.words.indices))
        self.scalars = self.words.map { Array($0.unicodeScalars) }
        self.letters = self.scalars.map(Self.letters)
        var numbersByLength: [[Int]] = []
        for (number, scalars) in self.scalars.enumerated() {
            while numbersByLength.count <= scalars.count { numbersByLength.append([]) }
            numbersByLength[scalars.count].append(number)
        }
        self.numbersByLength = numbersByLength
    }

    /// More bytes than any stem has of which a word could be a slip.
    var longest: Int { 4 * self.numbersByLength.count + 4 }

    /// The number of a word; nil when it is unknown.
    func number(of word: String) -> Int? { self.numbers[word] }

    /// Numbers of the words that begin with `beginning`.
    func numbers(beginningWith beginning: String) -> Range<Int> {
        var (low, high) = (0, self.words.count)
        while low < high {
            let middle = (low + high) / 2
            if self.words[middle] < beginning { low = middle + 1 } else { high = middle }
        }
        while high < self.words.count, self.words[high].hasPrefix(beginning) { high += 1 }
        return low..<high
    }

    /// Numbers of the words with nearly the length and the letters of `word`: all that one slip can make of it, and few
    /// others.
    func numbers(resembling word: [Unicode.Scalar]) -> [Int] {
        let letters = Self.letters(of: word)
        let lengths = (max(1, word.count) - 1)..<(word.count + 2)
        return lengths.clamped(to: self.numbersByLength.indices).flatMap { length in
            // A slip replaces one letter by another at most.
            self.numbersByLength[length].filter { (self.letters[$0] ^ letters).nonzeroBitCount <= 2 }
        }
    }

    func isOneSlip(_ number: Int, from word: [Unicode.Scalar]) -> Bool {
        Spelling.isOneSlip(self.scalars[number], word)
    }

    /// Whether the words have the same letters in another order.
    func isSwap(_ number: Int, of word: [Unicode.Scalar]) -> Bool {
        let scalars = self.scalars[number]
        return scalars.count == word.count && scalars.map(\.value).sorted() == word.map(\.value).sorted()
    }

    private static func letters(of word: [Unicode.Scalar]) -> UInt32 {
        word.reduce(0) { $0 | 1 << ($1.value & 31) }
    }
}
