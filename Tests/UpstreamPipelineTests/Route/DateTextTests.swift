import Testing

@testable import UpstreamPipeline

struct DateTextTests {
    @Test(
        "keeps days and turns instants into UTC with milliseconds",
        arguments: [
            ("2024-02-29", "2024-02-29"), ("2024-01-31T12:00:00Z", "2024-01-31T12:00:00.000Z"),
            ("2024-01-15T23:00:00-05:00", "2024-01-16T04:00:00.000Z"),
            ("2024-01-01T00:30:00+01:00", "2023-12-31T23:30:00.000Z"),
            ("2024-03-01T00:00:00.5+00:01", "2024-02-29T23:59:00.500Z"),
            ("2023-03-01t00:00:00.123456z", "2023-03-01T00:00:00.123Z"),
            ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59.000Z"),
            ("2000-02-29T10:00:00+14:00", "2000-02-28T20:00:00.000Z"),
        ])
    func canonical(text: String, expected: String) { #expect(DateText.canonical(text) == expected) }

    @Test(
        "refuses what is no date, or a day that does not exist",
        arguments: [
            "", "2024", "2024-1-1", "2024-02-30", "2023-02-29", "1900-02-29", "2024-04-31", "2024-13-01", "2024-00-10",
            "2024-01-00", "0000-01-01", "20240101", "2024/01/01", "2024-01-01T", "2024-01-01T10:00Z",
            "2024-01-01T24:00:00Z", "2024-01-01T10:60:00Z", "2024-01-01T10:00:60Z", "2024-01-01T10:00:00",
            "2024-01-01T10:00:00+0100", "2024-01-01T10:00:00.Z", "2024-01-01T10:00:00.1234567890Z",
            "2024-01-01T10:00:00+24:00", "2024-01-01T10:00:00Zx", " 2024-01-01", "2024-01-01 ", "today",
            "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:00-00:01", "２０２４-01-01",
        ])
    func refuses(text: String) { #expect(DateText.canonical(text) == nil) }

    @Test("day numbers and dates are each other's inverse over all years")
    func inverse() {
        var day = DateText.dayNumber(1, 1, 1)
        let last = DateText.dayNumber(9999, 12, 31)
        while day <= last {
            let date = DateText.date(day)
            #expect(DateText.dayNumber(date.year, date.month, date.day) == day)
            day += 97
        }
        #expect(DateText.dayNumber(1970, 1, 1) == 0)
        #expect(DateText.dayNumber(2000, 3, 1) == 11_017)
    }
}
