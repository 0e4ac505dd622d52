/// The calendar fields of a moment in UTC (proleptic Gregorian).
struct CivilDate: Equatable {
    let year: Int
    let month: Int
    let day: Int
    let hour: Int
    let minute: Int
    let second: Int
    let millisecond: Int
    /// 0 is Sunday.
    let weekday: Int
    /// 0 is January 1.
    let dayOfYear: Int

    init(_ timestamp: Timestamp) {
        let days = timestamp.dayNumber
        var rest = timestamp.milliseconds - days * Timestamp.millisecondsPerDay
        self.millisecond = rest % 1000
        rest /= 1000
        self.second = rest % 60
        rest /= 60
        self.minute = rest % 60
        self.hour = rest / 60
        // Count in 400-year eras that begin on March 1, so that a leap day is the last day of its year.
        let shifted = days + 719_468
        let era = shifted.flooredQuotient(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayFromMarch = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayFromMarch + 2) / 153
        self.day = dayFromMarch - (153 * monthFromMarch + 2) / 5 + 1
        self.month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        self.year = yearOfEra + era * 400 + (self.month <= 2 ? 1 : 0)
        let weekday = (days + 4) % 7
        self.weekday = weekday < 0 ? weekday + 7 : weekday
        self.dayOfYear = days - Self.dayNumber(year: self.year, month: 1, day: 1)
    }

    /// Week of the year, 0...53; weeks begin on Sunday, days before the first Sunday are week 0.
    var week: Int { (self.dayOfYear + 7 - self.weekday) / 7 }

    /// Days from 1970-01-01 to a civil date; `day` may lie outside the month.
    static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.flooredQuotient(by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayFromMarch = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayFromMarch
        return era * 146_097 + dayOfEra - 719_468
    }
}
