import Observability

/// Days and months of the shop, as texts such as `2025-11-24` and `2025-11`.
enum ShopDate {
    /// The day that many days before the instant, which is told by the shop's clocks.
    static func day(before days: Int = 0, now: Int) -> String {
        String(WallClock.text(seconds: now - days * 86_400).prefix(10))
    }

    /// The month that many months before the one of the instant.
    static func month(before months: Int = 0, now: Int) -> String {
        guard let (year, month) = self.parts(ofMonth: String(self.day(now: now).prefix(7))) else { return "" }
        let count = year * 12 + month - 1 - months
        return self.text(year: count / 12, month: count % 12 + 1)
    }

    /// The month before a month such as `2025-01`.
    static func month(before text: String) -> String? {
        guard let (year, month) = self.parts(ofMonth: text) else { return nil }
        return month == 1 ? self.text(year: year - 1, month: 12) : self.text(year: year, month: month - 1)
    }

    /// The last day of a month; nil for what is no month.
    static func lastDay(of text: String) -> String? {
        guard let (year, month) = self.parts(ofMonth: text) else { return nil }
        return "\(text)-\(self.length(year: year, month: month))"
    }

    static func isMonth(_ text: String) -> Bool { self.parts(ofMonth: text) != nil }

    static func isDay(_ text: String) -> Bool {
        guard text.utf8.count == 10, text.dropFirst(7).first == "-",
            let (year, month) = self.parts(ofMonth: String(text.prefix(7))),
            let day = self.number(text.dropFirst(8), digits: 2)
        else { return false }
        return day >= 1 && day <= self.length(year: year, month: month)
    }

    private static func parts(ofMonth text: String) -> (year: Int, month: Int)? {
        guard text.utf8.count == 7, text.dropFirst(4).first == "-", let year = self.number(text.prefix(4), digits: 4),
            let month = self.number(text.dropFirst(5), digits: 2), year >= 1, (1...12).contains(month)
        else { return nil }
        return (year, month)
    }

    private static func number(_ text: Substring, digits: Int) -> Int? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }

    private static func length(year: Int, month: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func text(year: Int, month: Int) -> String {
        let digits = String(year)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + (month < 10 ? "-0" : "-") + "\(month)"
    }
}
