/// Reads a calendar day or an instant, refusing days that do not exist, and writes it in the one form sent upstream.
enum DateText {
    /// `YYYY-MM-DD` as it is, an RFC 3339 instant in UTC with milliseconds and `Z`; nil for anything else.
    static func canonical(_ text: String) -> String? {
        var reader = Reader(rest: Array(text.utf8)[...])
        guard let year = reader.number(digits: 4), reader.take("-"), let month = reader.number(digits: 2),
            reader.take("-"), let day = reader.number(digits: 2), (1...12).contains(month),
            day >= 1, day <= self.days(inMonth: month, of: year), year >= 1
        else { return nil }
        if reader.rest.isEmpty { return text }
        guard let clock = reader.time() else { return nil }
        let minutes = self.dayNumber(year, month, day) * 1440 + clock.minutesUTC
        let (date, minuteOfDay) = (self.date(minutes.floorDivided(by: 1440)), minutes.floorRemainder(by: 1440))
        guard (1...9999).contains(date.year) else { return nil }
        return pad(date.year, 4) + "-" + pad(date.month, 2) + "-" + pad(date.day, 2) + "T"
            + pad(minuteOfDay / 60, 2) + ":" + pad(minuteOfDay % 60, 2) + ":" + pad(clock.second, 2) + "."
            + pad(clock.millisecond, 3) + "Z"
    }

    static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in years that begin in March.
    static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let era = shifted.floorDivided(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The inverse of ``dayNumber(_:_:_:)``.
    static func date(_ dayNumber: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1
        )
    }

    static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension DateText {
    /// A cursor over the parts of a date.
    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func take(_ characters: String) -> Bool {
            guard let first = self.rest.first, characters.utf8.contains(first) else { return false }
            self.rest.removeFirst()
            return true
        }

        mutating func number(digits: Int) -> Int? {
            guard self.rest.count >= digits else { return nil }
            var number = 0
            for byte in self.rest.prefix(digits) {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                number = number * 10 + Int(byte - UInt8(ascii: "0"))
            }
            self.rest = self.rest.dropFirst(digits)
            return number
        }

        /// `THH:MM:SS[.fraction](Z|±HH:MM)` to the end of the text.
        mutating func time() -> (minutesUTC: Int, second: Int, millisecond: Int)? {
            guard self.take("Tt"), let hour = self.number(digits: 2), self.take(":"),
                let minute = self.number(digits: 2), self.take(":"), let second = self.number(digits: 2),
                hour < 24, minute < 60, second < 60, let millisecond = self.fraction(), let offset = self.offset(),
                self.rest.isEmpty
            else { return nil }
            return (hour * 60 + minute - offset, second, millisecond)
        }

        /// Milliseconds of an optional fraction; further digits are cut off.
        private mutating func fraction() -> Int? {
            guard self.take(".") else { return 0 }
            var (value, count) = (0, 0)
            while let digit = self.number(digits: 1) {
                if count < 3 { value = value * 10 + digit }
                count += 1
            }
            guard (1...9).contains(count) else { return nil }
            for _ in min(count, 3)..<3 { value *= 10 }
            return value
        }

        private mutating func offset() -> Int? {
            if self.take("Zz") { return 0 }
            let sign = self.rest.first == UInt8(ascii: "-") ? -1 : 1
            guard self.take("+-"), let hours = self.number(digits: 2), self.take(":"),
                let minutes = self.number(digits: 2), hours < 24, minutes < 60
            else { return nil }
            return sign * (hours * 60 + minutes)
        }
    }
}

extension Int {
    fileprivate func floorDivided(by divisor: Int) -> Int {
        self >= 0 ? self / divisor : (self - divisor + 1) / divisor
    }
    fileprivate func floorRemainder(by divisor: Int) -> Int { self - self.floorDivided(by: divisor) * divisor }
}
