extension JSONReader {
    /// Moves past a number and returns its range.
    mutating func skipNumber() throws(JSONError) -> Range<Int> {
        let start = self.offset
        _ = self.take(UInt8(ascii: "-"))
        if !self.take(UInt8(ascii: "0")) {
            guard self.takeDigits() else { throw JSONError(.badNumber, at: start) }
        }
        if self.take(UInt8(ascii: ".")) {
            guard self.takeDigits() else { throw JSONError(.badNumber, at: start) }
        }
        if self.take(UInt8(ascii: "e")) || self.take(UInt8(ascii: "E")) {
            if !self.take(UInt8(ascii: "+")) { _ = self.take(UInt8(ascii: "-")) }
            guard self.takeDigits() else { throw JSONError(.badNumber, at: start) }
        }
        return start..<self.offset
    }

    /// Moves past `true`, `false` or `null`.
    mutating func expect(_ word: StaticString) throws(JSONError) {
        let start = self.offset
        for index in 0..<word.utf8CodeUnitCount {
            guard self.take(unsafe word.utf8Start[index]) else {
                throw JSONError(self.offset < self.text.count ? .unexpectedByte : .unexpectedEnd, at: start)
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard self.offset < self.text.count, self.text[self.offset] == byte else { return false }
        self.offset += 1
        return true
    }

    private mutating func takeDigits() -> Bool {
        let start = self.offset
        while self.offset < self.text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self.text[self.offset]) {
            self.offset += 1
        }
        return self.offset > start
    }
}
