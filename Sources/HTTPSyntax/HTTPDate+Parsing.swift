extension HTTPDate {
    /// Reads any of the three forms a recipient must accept (RFC 9110, section 5.6.7).
    ///
    /// Nothing else is taken for a date: a cache would otherwise keep what its origin meant to have expired. Only case does
    /// not matter, as it should not to a cache (RFC 9111, section 4.2).
    ///
    /// - Parameter now: seconds since 1970, for the two-digit years of RFC 850: one that would lie more than 50 years
    ///   ahead is taken from the century before.
    /// - Returns: seconds since 1970; nil for anything that is no date.
    package static func secondsSinceEpoch(of text: some StringProtocol, now: Int) -> Int? {
        var cursor = Cursor(rest: Array(text.utf8)[...])
        return cursor.fixedDate() ?? cursor.rfc850Date(now: now) ?? cursor.asctimeDate()
    }

    /// Days from 1970-01-01 to this day of the Gregorian calendar.
    static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        // Years begin in March here, so that the leap day comes last.
        let shiftedYear = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return shiftedYear * 365 + shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400 + dayOfYear - 719_468
    }

    static func dayCount(year: Int, month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Reads a date from left to right; each form begins again at the start.
    private struct Cursor {
        let rest: ArraySlice<UInt8>
        private var position: Int
        private static let longDays = [
            "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
        ]

        init(rest: ArraySlice<UInt8>) {
            self.rest = rest
            self.position = rest.startIndex
        }

        /// `Sun, 06 Nov 1994 08:49:37 GMT`.
        mutating func fixedDate() -> Int? {
            self.position = self.rest.startIndex
            guard self.takes(anyOf: HTTPDate.days) != nil, self.takes(", "), let day = self.number(2), self.takes(" "),
                let month = self.takes(anyOf: HTTPDate.months), self.takes(" "), let year = self.number(4),
                self.takes(" "), let second = self.time(), self.takes(" GMT")
            else { return nil }
            return self.moment(year, month + 1, day, second)
        }

        /// `Sunday, 06-Nov-94 08:49:37 GMT`.
        mutating func rfc850Date(now: Int) -> Int? {
            self.position = self.rest.startIndex
            guard self.takes(anyOf: Self.longDays) != nil, self.takes(", "), let day = self.number(2), self.takes("-"),
                let month = self.takes(anyOf: HTTPDate.months), self.takes("-"), let shortYear = self.number(2),
                self.takes(" "), let second = self.time(), self.takes(" GMT")
            else { return nil }
            let century = 1970 + now / 31_556_952 - (1970 + now / 31_556_952) % 100
            let year = century + shortYear
            guard let moment = self.moment(year, month + 1, day, second) else { return nil }
            return moment > now + 50 * 31_556_952 ? self.moment(year - 100, month + 1, day, second) : moment
        }

        /// `Sun Nov  6 08:49:37 1994`.
        mutating func asctimeDate() -> Int? {
            self.position = self.rest.startIndex
            guard self.takes(anyOf: HTTPDate.days) != nil, self.takes(" "),
                let month = self.takes(anyOf: HTTPDate.months), self.takes(" "),
                let day = self.takes(" ") ? self.number(1) : self.number(2), self.takes(" "), let second = self.time(),
                self.takes(" "), let year = self.number(4)
            else { return nil }
            return self.moment(year, month + 1, day, second)
        }

        private func moment(_ year: Int, _ month: Int, _ day: Int, _ second: Int) -> Int? {
            guard self.position == self.rest.endIndex, year >= 1970, day >= 1,
                day <= HTTPDate.dayCount(year: year, month: month)
            else { return nil }
            return HTTPDate.dayNumber(year: year, month: month, day: day) * 86_400 + second
        }

        private mutating func time() -> Int? {
            guard let hour = self.number(2), self.takes(":"), let minute = self.number(2), self.takes(":"),
                // A leap second is the 60th.
                let second = self.number(2), hour < 24, minute < 60, second <= 60
            else { return nil }
            return hour * 3600 + minute * 60 + second
        }

        private mutating func number(_ digits: Int) -> Int? {
            guard self.rest.endIndex - self.position >= digits else { return nil }
            var value = 0
            for byte in self.rest[self.position..<self.position + digits] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            self.position += digits
            return value
        }

        private mutating func takes(_ text: String) -> Bool {
            let fits = self.rest[self.position...].starts(with: text.utf8) { $0 == $1 || Self.isSameLetter($0, $1) }
            guard fits else { return false }
            self.position += text.utf8.count
            return true
        }

        private static func isSameLetter(_ first: UInt8, _ second: UInt8) -> Bool {
            first | 0x20 == second | 0x20 && (0x61...0x7A).contains(first | 0x20)
        }

        private mutating func takes(anyOf words: [String]) -> Int? {
            for (index, word) in words.enumerated() where self.takes(word) { return index }
            return nil
        }
    }
}
