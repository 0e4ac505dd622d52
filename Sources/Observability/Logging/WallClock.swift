import Glibc

/// The time of day, for log lines and for people.
package enum WallClock {
    /// Seconds since 1970.
    @Sendable
    package static func seconds() -> Int { time(nil) }

    /// Now in UTC with milliseconds, such as `2025-01-15T12:00:00.000Z` (RFC 3339).
    @Sendable
    package static func text() -> String {
        var now = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &now)
        return self.text(seconds: now.tv_sec, milliseconds: now.tv_nsec / 1_000_000)
    }

    /// The instant that many seconds after 1970, in UTC.
    package static func text(seconds: Int, milliseconds: Int = 0) -> String {
        let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        let second = seconds - days * 86_400
        let (year, month, day) = self.date(daysSince1970: days)
        let date = "\(self.padded(year, 4))-\(self.padded(month, 2))-\(self.padded(day, 2))"
        let clock = [second / 3600, second / 60 % 60, second % 60].map { self.padded($0, 2) }.joined(separator: ":")
        return "\(date)T\(clock).\(self.padded(milliseconds, 3))Z"
    }

    /// The Gregorian date, counted in eras of 400 years that begin on 1 March, so that leap days come last.
    private static func date(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
