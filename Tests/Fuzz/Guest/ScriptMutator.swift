/// Changes scripts line by line, so that most of what comes out still parses.
///
/// Holes in the snippets: `$v` is a variable, `$n` a number, `$e` any expression, `$f` a function, `$p` a property.
package struct ScriptMutator {
    private var random: SplitMix
    private var lines: [String]

    package static func mutate(_ script: [UInt8], seed: UInt32) -> [UInt8] {
        var mutator = Self(script, seed: seed)
        for _ in 0..<(1 + mutator.random.below(3)) { mutator.mutateOnce() }
        return Array(mutator.lines.joined(separator: "\n").utf8)
    }

    private init(_ script: [UInt8], seed: UInt32) {
        self.random = SplitMix(state: UInt64(seed))
        self.lines = String(decoding: script, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
            .map(String.init)
    }

    private mutating func mutateOnce() {
        let place = self.random.below(self.lines.count + 1)
        guard place < self.lines.count else { return self.insert(at: place) }
        switch self.random.below(10) {
        case 0: self.lines.remove(at: place)
        case 1: self.lines.insert(self.lines[place], at: self.random.below(self.lines.count + 1))
        case 2: self.lines.swapAt(place, self.random.below(self.lines.count))
        case 3, 4: self.replaceWord(in: place)
        case 5:
            let wrappers = ScriptWords.wrappers
            self.lines[place] = self.filled(wrappers[self.random.below(wrappers.count)])
                .replacing("$line", with: self.lines[place])
        default: self.insert(at: place)
        }
    }

    private mutating func insert(at place: Int) {
        let statements = ScriptWords.statements
        self.lines.insert(self.filled(statements[self.random.below(statements.count)]), at: place)
    }

    /// Puts something else in place of one word or number.
    private mutating func replaceWord(in place: Int) {
        let line = self.lines[place]
        let isPart = { (character: Character) in character.isLetter || character.isNumber || character == "_" }
        let words = line.split { !isPart($0) }
        guard !words.isEmpty else { return }
        let word = words[self.random.below(words.count)]
        let isNumber = word.first?.isNumber == true
        let replacement = self.filled(isNumber ? "$n" : self.random.below(2) == 0 ? "$v" : "$p")
        self.lines[place] = line[..<word.startIndex] + replacement + line[word.endIndex...]
    }

    /// Fills the holes, those of what fills them too; deep down only with what has none.
    private mutating func filled(_ text: String, depth: Int = 0) -> String {
        var result = ""
        var rest = text[...]
        while let hole = rest.firstIndex(of: "$") {
            result += rest[..<hole]
            rest = rest[hole...].dropFirst()
            let choices: [String]
            switch rest.first {
            case "v": choices = ScriptWords.variables
            case "n": choices = ScriptWords.numbers
            case "p": choices = ScriptWords.properties
            case "f": choices = depth < 2 ? ScriptWords.functions : ["() => {}"]
            case "e": choices = depth < 2 ? ScriptWords.expressions : ScriptWords.variables
            default:
                result += "$"
                continue
            }
            rest = rest.dropFirst()
            result += self.filled(choices[self.random.below(choices.count)], depth: depth + 1)
        }
        return result + rest
    }
}

/// A small generator of numbers that look random, the same for the same seed.
private struct SplitMix {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) >> 1) % max(1, bound)
    }
}
