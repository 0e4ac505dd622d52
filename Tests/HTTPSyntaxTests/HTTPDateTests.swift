import HTTPSyntax
import Testing

struct HTTPDateTests {
    @Test(
        "writes dates as HTTP does",
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"),
            (4_102_444_800, "Fri, 01 Jan 2100 00:00:00 GMT"), (1_735_689_599, "Tue, 31 Dec 2024 23:59:59 GMT"),
        ])
    func writes(seconds: Int, expected: String) {
        #expect("\(HTTPDate(secondsSinceEpoch: seconds))" == expected)
        #expect(HTTPDate.secondsSinceEpoch(of: expected, now: 0) == seconds)
    }

    @Test(
        "reads the three forms, in any case",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
            ("Sun Nov  6 08:49:37 1994", 784_111_777), ("Wed Nov 16 08:49:37 1994", 784_975_777),
            ("SUN, 06 NOV 1994 08:49:37 gMt", 784_111_777), ("Thursday, 18-aug-50 02:01:18 GMT", 2_544_400_878),
            ("Fri, 30 Jun 2028 23:59:60 GMT", 1_846_022_400),
        ])
    func reads(text: String, expected: Int) {
        #expect(HTTPDate.secondsSinceEpoch(of: text, now: 1_750_000_000) == expected)
    }

    @Test(
        "takes nothing else for a date",
        arguments: [
            "", "0", "-1", "foo", "Thu, 18 Aug 2050 02:01:18 UTC", "Thu, 18 Aug 50 02:01:18 GMT",
            "Thu 18 Aug 2050 02:01:18 GMT", "Thu, 18  Aug  2050 02:01:18 GMT", "Thu, 18-Aug-2050 02:01:18 GMT",
            "Thu, 18 Aug 2050 02.01.18 GMT", "Thu, 18 Aug 2050 2:01:18 GMT", "Thu, 31 Feb 2050 02:01:18 GMT",
            "Thu, 18 Aug 2050 25:01:18 GMT", "Thu, 18 Aug 2050 02:01:18 GMT ", "Thu, 18 Aug 2050 02:01:18 G\u{0d}T",
            "Sun, 06 Nov 1969 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
        ])
    func refuses(text: String) { #expect(HTTPDate.secondsSinceEpoch(of: text, now: 1_750_000_000) == nil) }
}
