/// A text's words in lower case and without accents, one after the other.
struct FoldedText {
    /// UTF-8 in which a zero byte ends a word.
    private var bytes: [UInt8] = []
    private var previousWasLower = false

    /// The words in order; `camelCase` counts as two words.
    var words: [ArraySlice<UInt8>] { self.bytes.split(separator: 0) }

    init(_ text: String) {
        self.bytes.reserveCapacity(text.utf8.count * 2)
        if text.unicodeScalars.allSatisfy(Self.isCharacterByItself) {
            for scalar in text.unicodeScalars { self.fold(scalar) }
        } else {
            for character in text { self.fold(character) }
        }
    }

    /// Whether a scalar never joins its neighbours of the same kind: below the combining marks, or a dash or a quotation
    /// mark.
    private static func isCharacterByItself(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x300 || (0x2010...0x2027).contains(scalar.value)
    }

    private mutating func fold(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "a"..."z": self.append(UInt8(ascii: scalar), isLower: true)
        case "0"..."9": self.append(UInt8(ascii: scalar), isLower: false)
        case "A"..."Z":
            // An upper-case letter after a lower-case one begins a word.
            if self.previousWasLower { self.bytes.append(0) }
            self.append(UInt8(ascii: scalar) | 0x20, isLower: false)
        case "\0"..."\u{7F}": self.append(0, isLower: false)
        default: self.fold(Character(scalar))
        }
    }

    private mutating func fold(_ character: Character) {
        if let ascii = character.asciiValue { return self.fold(Unicode.Scalar(ascii)) }
        guard character.isLetter || character.isNumber else { return self.append(0, isLower: false) }
        let scalars = character.unicodeScalars
        if scalars.count == 1, let scalar = scalars.first, !scalar.properties.isCased {
            // Most scripts have no capitals.
            self.bytes.append(contentsOf: character.utf8)
            self.previousWasLower = false
            return
        }
        if self.previousWasLower, character.isUppercase { self.bytes.append(0) }
        self.previousWasLower = character.isLowercase
        if scalars.count <= 2, let plain = Self.plainLetters[character] {
            self.bytes.append(plain)
        } else {
            self.bytes.append(contentsOf: character.lowercased().utf8)
        }
    }

    private mutating func append(_ byte: UInt8, isLower: Bool) {
        self.bytes.append(byte)
        self.previousWasLower = isLower
    }

    /// The accented letters of Spanish without their accents.
    private static let plainLetters: [Character: UInt8] = {
        let letters: [(Character, Unicode.Scalar)] = [
            ("á", "a"), ("é", "e"), ("í", "i"), ("ó", "o"), ("ú", "u"), ("ü", "u"), ("ñ", "n"),
            ("Á", "a"), ("É", "e"), ("Í", "i"), ("Ó", "o"), ("Ú", "u"), ("Ü", "u"), ("Ñ", "n"),
        ]
        return Dictionary(uniqueKeysWithValues: letters.map { ($0, UInt8(ascii: $1)) })
    }()
}
