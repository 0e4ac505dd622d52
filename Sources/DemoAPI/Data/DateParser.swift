/// Reads dates the way JavaScript's `Date` constructor does, for the forms people send to an API.
///
/// Understood: `YYYY`, `YYYY-MM`, `YYYY-MM-DD` (UTC), the same with `THH:MM[:SS[.fff]]` and an optional `Z` or offset,
/// and the slash forms `M/D/YYYY` and `YYYY/M/D` with an optional time (server zone, which is UTC here). Days 29 to 31
/// that a month lacks roll over into the next month; month 13 or day 32 is no date.
struct DateParser {
    private let bytes: [UInt8]
    private var index = 0

    private init(_ text: String) { self.bytes = Array(text.utf8) }

    static func parse(_ text: String) -> Timestamp? {
        var iso = DateParser(text)
        if let timestamp = iso.parseISO() { return timestamp }
        var slashes = DateParser(text)
        return slashes.parseSlashes()
    }

    private mutating func parseISO() -> Timestamp? {
        guard let year = self.digits(exactly: 4) else { return nil }
        var (month, day) = (1, 1)
        if self.take("-") {
            guard let value = self.digits(exactly: 2) else { return nil }
            month = value
            if self.take("-") {
                guard let value = self.digits(exactly: 2) else { return nil }
                day = value
            }
        }
        guard let date = Self.date(year, month, day) else { return nil }
        if self.isAtEnd { return date }
        guard self.take("T") || self.take("t") || self.take(" "), let time = self.time(),
            let offset = self.offset(), self.isAtEnd
        else { return nil }
        return date.adding(milliseconds: time - offset)
    }

    private mutating func parseSlashes() -> Timestamp? {
        guard let first = self.digits(upTo: 4), self.take("/"), let second = self.digits(upTo: 2), self.take("/"),
            let third = self.digits(upTo: 4)
        else { return nil }
        let date = first > 31 ? Self.date(first, second, third) : Self.date(third, first, second)
        guard let date else { return nil }
        if self.isAtEnd { return date }
        guard self.take(" "), let time = self.time(), self.isAtEnd else { return nil }
        return date.adding(milliseconds: time)
    }

    private static func date(_ year: Int, _ month: Int, _ day: Int) -> Timestamp? {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        return Timestamp(year: year, month: month, day: day)
    }

    /// `HH:MM[:SS[.fff…]]` as milliseconds.
    private mutating func time() -> Int? {
        guard let hour = self.digits(upTo: 2), self.take(":"), let minute = self.digits(exactly: 2) else { return nil }
        var (second, millisecond) = (0, 0)
        if self.take(":") {
            guard let value = self.digits(exactly: 2) else { return nil }
            second = value
            if self.take(".") {
                guard let value = self.fraction() else { return nil }
                millisecond = value
            }
        }
        guard minute < 60, second < 60, hour < 24 || (hour == 24 && minute + second + millisecond == 0) else {
            return nil
        }
        return ((hour * 60 + minute) * 60 + second) * 1000 + millisecond
    }

    /// `Z`, `±HH:MM`, or nothing, as milliseconds east of UTC.
    private mutating func offset() -> Int? {
        if self.isAtEnd || self.take("Z") || self.take("z") { return 0 }
        let isWest = self.take("-")
        guard isWest || self.take("+"), let hours = self.digits(exactly: 2) else { return nil }
        _ = self.take(":")
        guard let minutes = self.digits(exactly: 2), hours < 24, minutes < 60 else { return nil }
        return (hours * 60 + minutes) * 60_000 * (isWest ? -1 : 1)
    }

    private mutating func fraction() -> Int? {
        let start = self.index
        var (value, scale) = (0, 100)
        while let digit = self.digit() {
            value += digit * scale
            scale /= 10
        }
        return self.index > start ? value : nil
    }

    // MARK: Bytes

    private var isAtEnd: Bool { self.index == self.bytes.count }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard self.index < self.bytes.count, self.bytes[self.index] == UInt8(ascii: scalar) else { return false }
        self.index += 1
        return true
    }

    private mutating func digit() -> Int? {
        guard self.index < self.bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self.bytes[self.index])
        else { return nil }
        self.index += 1
        return Int(self.bytes[self.index - 1] - UInt8(ascii: "0"))
    }

    private mutating func digits(exactly count: Int) -> Int? {
        let start = self.index
        guard let value = self.digits(upTo: count), self.index - start == count else { return nil }
        return value
    }

    private mutating func digits(upTo count: Int) -> Int? {
        let start = self.index
        var value = 0
        while self.index - start < count, let digit = self.digit() { value = value * 10 + digit }
        return self.index > start ? value : nil
    }
}
