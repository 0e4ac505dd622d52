import FoundationEssentials

/// A moment in UTC with millisecond resolution, like a JavaScript `Date`.
package struct Timestamp: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package var milliseconds: Int

    package init(milliseconds: Int) { self.milliseconds = milliseconds }

    /// The moment of a civil UTC date; days and hours beyond their range roll over.
    package init(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0
    ) {
        let days = CivilDate.dayNumber(year: year, month: month, day: day)
        self.milliseconds =
            days * Self.millisecondsPerDay + hour * 3_600_000 + minute * 60_000 + second * 1000 + millisecond
    }

    /// The time of the machine's clock.
    package static var system: Timestamp {
        Timestamp(milliseconds: Int((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    package static let millisecondsPerDay = 86_400_000
    package static let millisecondsPerHour = 3_600_000

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }
    package static func + (left: Timestamp, right: Duration) -> Timestamp {
        Timestamp(milliseconds: left.milliseconds + right.wholeMilliseconds)
    }
    package static func - (left: Timestamp, right: Duration) -> Timestamp {
        Timestamp(milliseconds: left.milliseconds - right.wholeMilliseconds)
    }

    func adding(days: Int) -> Timestamp {
        Timestamp(milliseconds: self.milliseconds + days * Self.millisecondsPerDay)
    }
    func adding(milliseconds: Int) -> Timestamp { Timestamp(milliseconds: self.milliseconds + milliseconds) }

    /// Days since 1970-01-01, rounded towards the past.
    var dayNumber: Int { self.milliseconds.flooredQuotient(by: Self.millisecondsPerDay) }
    /// 00:00:00.000 of the UTC day.
    var startOfDay: Timestamp { Timestamp(milliseconds: self.dayNumber * Self.millisecondsPerDay) }
    /// 23:59:59.999 of the UTC day.
    var endOfDay: Timestamp { self.startOfDay.adding(milliseconds: Self.millisecondsPerDay - 1) }
    /// Whole seconds since 1970, as in the first four bytes of an id and in tokens.
    var seconds: Int { self.milliseconds.flooredQuotient(by: 1000) }
    var civil: CivilDate { CivilDate(self) }
}

extension Duration {
    var wholeMilliseconds: Int {
        let parts = self.components
        return Int(parts.seconds) * 1000 + Int(parts.attoseconds / 1_000_000_000_000_000)
    }
}

extension Int {
    /// The quotient rounded towards negative infinity.
    func flooredQuotient(by divisor: Int) -> Int {
        let (quotient, remainder) = self.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
