import JSON
import Testing

@testable import DemoAPI

struct JSNumberTests {
    @Test(
        "prints numbers as JavaScript does",
        arguments: [
            (0.0, "0"), (-0.0, "0"), (1.0, "1"), (12.99, "12.99"), (3 * 2.49, "7.470000000000001"),
            (5 * 3.99, "19.950000000000003"), (-1.5, "-1.5"), (0.00001, "0.00001"), (0.000001, "0.000001"),
            (0.0000001, "1e-7"), (1.5e-7, "1.5e-7"), (1e20, "100000000000000000000"), (1e21, "1e+21"),
            (1.25e22, "1.25e+22"), (0.1 + 0.2, "0.30000000000000004"),
            (1e16, "10000000000000000"), (.infinity, "null"), (.nan, "null"),
        ])
    func text(value: Double, expected: String) { #expect(JSNumber.text(value) == expected) }

    @Test(
        "toFixed(2) rounds the exact binary value, ties up",
        arguments: [
            (1.005, "1.00"), (1.255, "1.25"), (0.125, "0.13"), (2.5, "2.50"), (8.345, "8.35"), (-0.005, "-0.01"),
            (19.950000000000003, "19.95"), (0.0, "0.00"), (99.999, "100.00"),
        ])
    func fixed2(value: Double, expected: String) { #expect(JSNumber.fixed2(value) == expected) }

    @Test(
        "parseInt reads what a text begins with",
        arguments: [
            ("10", 10), ("10abc", 10), ("1e3", 1), (" 7", 7), ("-3", -3), ("+4", 4), ("abc", nil), ("", nil),
            ("99999999999999999999", 1 << 53),
        ] as [(String, Int?)])
    func parseInt(text: String, expected: Int?) { #expect(JSNumber.parseInt(text) == expected) }
}

struct DateTests {
    @Test(
        "reads dates like JavaScript",
        arguments: [
            ("2024-01-15", "2024-01-15T00:00:00.000Z"), ("2024-02-31", "2024-03-02T00:00:00.000Z"),
            ("2023-02-29", "2023-03-01T00:00:00.000Z"), ("2024-01-15T23:00:00-05:00", "2024-01-16T04:00:00.000Z"),
            ("2024-01-15T10:20:30.456Z", "2024-01-15T10:20:30.456Z"), ("2024-01-15T10:20", "2024-01-15T10:20:00.000Z"),
            ("2024-01-15T24:00:00Z", "2024-01-16T00:00:00.000Z"), ("2024", "2024-01-01T00:00:00.000Z"),
            ("2024-05", "2024-05-01T00:00:00.000Z"), ("1/5/2024", "2024-01-05T00:00:00.000Z"),
            ("2024/1/5 08:30", "2024-01-05T08:30:00.000Z"), ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
            ("2024-01-15T10:20:30.1234567Z", "2024-01-15T10:20:30.123Z"),
        ])
    func parses(text: String, expected: String) { #expect(DateParser.parse(text)?.description == expected) }

    @Test(
        "refuses what is no date",
        arguments: [
            "", "yesterday", "2024-13-01", "2024-01-32", "2024-00-10", "2024-01-15T25:00:00Z", "2024-01-15T10:60",
            "2024-01-15T10:00:00 05:00", "2024-01-15T24:00:01Z", "13/5/24x", "2024-1", "2024-01-15Tx", "5/5",
        ])
    func refuses(text: String) { #expect(DateParser.parse(text) == nil) }

    @Test(
        "weeks begin on Sunday, and days before the first are week 0",
        arguments: [("2022-01-01", 0), ("2022-01-02", 1), ("2023-01-01", 1), ("2024-12-31", 52), ("2025-01-04", 0)])
    func week(text: String, expected: Int) { #expect(DateParser.parse(text)?.civil.week == expected) }

    @Test("civil dates and day numbers agree over centuries")
    func civil() {
        for day in stride(from: -200_000, through: 200_000, by: 37) {
            let civil = Timestamp(milliseconds: day * Timestamp.millisecondsPerDay).civil
            #expect(CivilDate.dayNumber(year: civil.year, month: civil.month, day: civil.day) == day)
        }
    }

    @Test func farYearsHaveSigns() {
        #expect(Timestamp(year: -1, month: 1, day: 1).description == "-000001-01-01T00:00:00.000Z")
        #expect(Timestamp(year: 12_345, month: 1, day: 1).description == "+012345-01-01T00:00:00.000Z")
    }

    @Test func theSystemClockRuns() { #expect(Timestamp.system > Timestamp(year: 2025, month: 1, day: 1)) }
}

struct TextFormTests {
    @Test(
        "quotes a field only where it must",
        arguments: [
            ("plain", "plain"), ("a,b", "\"a,b\""), ("12\" x", "\"12\"\" x\""), ("a|b", "\"a|b\""),
            ("a\nb", "\"a\nb\""),
            ("a\rb", "\"a\rb\""), ("Café", "Café"), ("=1+1", "=1+1"),
        ])
    func csv(field: String, expected: String) {
        var text = CSVText(header: ["h"])
        text.append([field])
        #expect(String(decoding: text.bytes, as: UTF8.self) == "h\n\(expected)")
    }

    @Test("reads back what it writes, and rows of other programs")
    func csvReader() throws {
        let text = "\u{FEFF}name, price\r\n\"a, \"\"b\"\"\",1\r\n\r\nlast,2"
        let rows = try #require(CSVReader.rows(Array(text.utf8)))
        #expect(rows == [["name": "a, \"b\"", "price": "1"], ["name": "last", "price": "2"]])
        #expect(CSVReader.rows(Array("a\n\"open".utf8)) == nil)
        #expect(CSVReader.rows([]) == [])
    }

    @Test("decodes queries, and names what is ambiguous")
    func query() {
        let query = QueryString("a=1&b=x%20y+z&c&d=%zz&a=2&e[$ne]=1&f=%")
        #expect(query["a"] == "1")
        #expect(query["b"] == "x y z")
        #expect(query["c"] == "")
        #expect(query["d"] == "%zz")
        #expect(query["f"] == "%")
        #expect(query.ambiguousKeys == ["a", "e[$ne]"])
        #expect(QueryString(nil).isEmpty)
    }

    @Test("compares entity tags weakly and respects requests to reload")
    func entityTags() {
        let tag = EntityTag.weak([])
        #expect(tag == "W/\"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk\"")
        func isFresh(_ match: String?, since: String? = nil, control: String? = nil) -> Bool {
            EntityTag.isFresh(tag, ifNoneMatch: match, ifModifiedSince: since, cacheControl: control)
        }
        #expect(isFresh(tag))
        #expect(isFresh("\"other\", \(tag)"))
        #expect(isFresh(String(tag.dropFirst(2))))
        #expect(isFresh("*"))
        #expect(!isFresh("\"other\""))
        #expect(!isFresh(nil))
        #expect(!isFresh(tag, control: "no-cache"))
        #expect(!isFresh(tag, since: "Sat, 01 Jan 2000 00:00:00 GMT"))
        #expect(!EntityTag.isFresh(nil, ifNoneMatch: tag, ifModifiedSince: nil, cacheControl: nil))
    }

    @Test(
        "normalises addresses like validator.js",
        arguments: [
            ("Admin@Demo.Test", "admin@demo.test"), ("j.o.hn+x@googlemail.com", "john@gmail.com"),
            ("a+b@outlook.com", "a@outlook.com"), ("a-b-c@yahoo.com", "a-b@yahoo.com"),
            ("x+y@demo.test", "x+y@demo.test"),
        ])
    func emails(text: String, expected: String) { #expect(EmailAddress.normalized(text) == expected) }

    @Test(
        "knows what is no address",
        arguments: ["", "a", "a@", "@b.co", "a@b", "a b@c.co", "a@-b.co", "a@b.c", ".a@b.co", "a@b@c.co", "a@b..co"])
    func badEmails(text: String) { #expect(!EmailAddress.isValid(text)) }

    @Test(
        "keeps Colombian numbers as digits",
        arguments: [
            ("3001234567", "3001234567"), ("+57 300 123-4567", "3001234567"), ("(601) 2345", "6012345"),
            ("4001234567", nil), ("12345", nil), ("30012345ab", nil),
        ] as [(String, String?)])
    func phones(text: String, expected: String?) { #expect(PhoneNumber.normalized(text) == expected) }

    @Test func secretsDoNotPrint() {
        let secret = JWTSecret([1, 2, 3])
        #expect("\(secret)" == "<secret>")
        #expect(String(reflecting: secret) == "<secret>")
        var dumped = ""
        dump(DemoConfiguration(), to: &dumped)
        #expect(dumped.contains("<secret>"))
        #expect(!dumped.contains("bytes"))
    }

    @Test(
        "demands a mixed password",
        arguments: [
            ("DemoAdmin1!", true), ("short1!A", true), ("Sh1!", false), ("alllower1!", false), ("NoDigits!!", false),
            ("NoSymbol11", false), ("ALLUPPER1!", false), ("Has-Dash1!", false),
        ])
    func passwords(text: String, isAcceptable: Bool) { #expect(PasswordDigest.isAcceptable(text) == isAcceptable) }
}
