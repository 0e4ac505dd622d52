/// How long answers are used unasked (RFC 9111, sections 4.2.1 to 4.2.3, 5.1 to 5.3).
package enum FreshnessScenarios {
    package static let all = Self.maxAge + Self.syntax + Self.shared + Self.expires + Self.age + Self.heuristic

    private static func stored(_ kind: CacheScenario.Kind, _ name: String, _ fields: Fields, reused: Bool) -> CacheScenario {
        CacheScenario(kind, name, [Step.store(fields).later, reused ? .cached() : .fetched()])
    }
    private static func used(_ name: String, _ fields: Fields) -> CacheScenario { self.stored(.optimal, name, fields, reused: true) }
    private static func spurned(_ name: String, _ fields: Fields) -> CacheScenario {
        self.stored(.required, name, fields, reused: false)
    }
    private static func cc(_ values: String...) -> Fields { values.map { ("Cache-Control", .text($0)) } }

    static let maxAge = [
        spurned("an answer without a word about freshness is not reused", []),
        used("max-age in the future", cc("max-age=3600")),
        spurned("max-age has passed", cc("max-age=2")),
        spurned("max-age of nothing", cc("max-age=0")),
        used("max-age just below two to the 31st", cc("max-age=2147483647")),
        used("max-age of two to the 31st", cc("max-age=2147483648")),
        used("max-age just above two to the 31st", cc("max-age=2147483649")),
        used("max-age beyond counting", cc("max-age=99999999999")),
        used("max-age wins over Expires in the past", cc("max-age=3600") + [("Expires", .date(-7200)), ("Date", .date(0))]),
        used("max-age wins over an Expires that is no date", cc("max-age=3600") + [("Expires", "0"), ("Date", .date(0))]),
        spurned("max-age of nothing wins over Expires in the future", cc("max-age=0") + [("Expires", .date(3600)), ("Date", .date(0))]),
        used("a directive nobody knows beside max-age", cc("foobar, max-age=3600")),
        used("max-age in mixed case", cc("MaX-aGe=3600")),
        spurned("a negative max-age", cc("max-age=-3600")),
    ]

    static let syntax = [
        spurned("max-age within a quoted string before the real one", cc("extension=\"max-age=3600\", max-age=1")),
        spurned("max-age within a quoted string behind the real one", cc("max-age=1, extension=\"max-age=3600\"")),
        CacheScenario(.required, "max-age with leading zeros", [Step.store(cc("max-age=003600")).later, .cached()]),
        spurned("max-age in single quotes", cc("max-age='3600'")),
        spurned("of two max-age on one line the first counts", cc("max-age=1, max-age=1800")),
        used("of two max-age on two lines the first counts", cc("max-age=1800", "max-age=1")),
        used("max-age in double quotes", cc("max-age=\"3600\"")),
        spurned("max-age with a space before the sign", cc("max-age =3600")),
        spurned("max-age with a space behind the sign", cc("max-age= 3600")),
        spurned("max-age with a fraction", cc("max-age=3600.0")),
        spurned("max-age that begins with a letter", cc("max-age=a3600")),
        spurned("max-age that ends with a letter", cc("max-age=3600a")),
    ]

    static let shared = [
        CacheScenario(.required, "s-maxage in the future", [Step.store(cc("s-maxage=3600")).later, .cached()]),
        spurned("a short s-maxage wins over a long max-age", cc("max-age=3600, s-maxage=1")),
        spurned("a short s-maxage before a long max-age", cc("s-maxage=1, max-age=3600")),
        spurned("a short s-maxage on a line of its own", cc("max-age=3600", "s-maxage=1")),
        used("a long s-maxage wins over a short max-age", cc("max-age=1, s-maxage=3600")),
        used("a long s-maxage wins over max-age of nothing and a past Expires", cc("max-age=0, s-maxage=3600") + [("Expires", .date(-10))]),
    ]

    private static func expires(_ value: FieldValue, _ date: FieldValue = .date(0)) -> Fields { [("Expires", value), ("Date", date)] }
    static let expires = [
        used("Expires in the future", expires(.date(2_592_000))),
        spurned("Expires in the past", expires(.date(-2_592_000))),
        spurned("Expires now", expires(.date(0))),
        spurned("Expires before Date, both ahead of the clock", expires(.date(300), .date(400))),
        spurned("Expires that is no date", expires("0")),
        used("Expires counts although Date is none", expires(.date(10), "foo")),
        spurned("Age beyond Expires minus Date, and Date is slow", expires(.date(10), .date(-10)) + [("Age", "25")]),
        spurned("Age beyond Expires minus Date, and Date is fast", expires(.date(20), .date(10)) + [("Age", "15")]),
        spurned("Expires with another zone", expires("Thu, 18 Aug 2050 02:01:18 UTC")),
        spurned("Expires with a year of two digits", expires("Thu, 18 Aug 50 02:01:18 GMT")),
        spurned("Expires without its comma", expires("Thu 18 Aug 2050 02:01:18 GMT")),
        spurned("Expires with two spaces", expires("Thu, 18  Aug  2050 02:01:18 GMT")),
        spurned("Expires with dashes", expires("Thu, 18-Aug-2050 02:01:18 GMT")),
        spurned("Expires with points in its time", expires("Thu, 18 Aug 2050 02.01.18 GMT")),
        spurned("Expires with an hour of one digit", expires("Thu, 18 Aug 2050 2:01:18 GMT")),
    ]

    private static func aged(_ values: String...) -> Fields {
        cc("max-age=3600") + [("Date", .date(0))] + values.map { ("Age", .text($0)) }
    }
    static let age = [
        spurned("Age beyond max-age", aged("7200")),
        used("Age that is no number", aged("abc")),
        used("Age below zero", aged("-7200")),
        used("Age with a fraction", aged("7200.0")),
        spurned("the first of two ages on one line counts", aged("7200,0")),
        spurned("the first of two ages on two lines counts", aged("7200", "0")),
        used("a young age before an old one", aged("0,7200")),
        used("a young age on a line before an old one", aged("0", "7200")),
        used("the same young age twice", aged("0, 0")),
        spurned("the same old age twice", aged("7200, 7200")),
        spurned("a Date long ago", [("Cache-Control", "max-age=3600"), ("Date", .date(-7200))]),
        CacheScenario(
            .required, "a stored answer tells its age",
            [Step.store([("Expires", .date(100_000)), ("Last-Modified", .date(0)), ("Date", .date(0))]).later, Step.cached().expecting(age: 3)]),
        CacheScenario(
            .required, "a stored answer adds to the age it came with, by Expires",
            [Step.store(expires(.date(2_592_000)) + [("Age", "30")]).later, Step.cached().expecting(age: 33)]),
        CacheScenario(
            .required, "a stored answer adds to the age it came with, by max-age",
            [Step.store(aged("30")).later, Step.cached().expecting(age: 33)]),
        CacheScenario(
            .required, "Date stays as it was stored, by max-age",
            [Step.store(cc("max-age=600") + [("Date", .date(-7))]).later, Step.cached().expecting([("Date", .asSent)])]),
        CacheScenario(
            .required, "Date and Expires stay as they were stored",
            [
                Step.store(expires(.date(3600), .date(-7))).later,
                Step.cached().expecting([("Date", .asSent), ("Expires", .asSent)]),
            ]),
    ]

    private static let changed: Fields = [("Last-Modified", .date(-86_400)), ("Date", .date(0))]
    static let heuristic =
        [200, 203, 204, 404, 405, 410, 414, 501].map { status in
            CacheScenario(
                .optimal, "a \(status) last changed a day ago is guessed to be fresh",
                [.store(changed, status: status), .cached(status: status)])
        }
        + [201, 202, 403, 502, 503, 504, 599].map { status in
            CacheScenario(
                .required, "a \(status) last changed a day ago is not guessed to be fresh",
                [.store(changed, status: status), Step.fetched().answering(status)])
        }
        + [
            CacheScenario(
                .optimal, "an unknown status with public is guessed to be fresh",
                [.store(changed + cc("public"), status: 599), .cached(status: 599)]),
            CacheScenario(
                .required, "what changed moments ago is not guessed to be fresh for long",
                [Step.store([("Last-Modified", .date(-10)), ("Date", .date(0))]).later, .ask(.validated(by: "if-modified-since"))]),
            used("what changed minutes ago is guessed to be fresh for seconds", [("Last-Modified", .date(-600)), ("Date", .date(0))]),
            CacheScenario(
                .required, "a guess does not hand a cookie to the next visitor",
                [.store(changed + [("Set-Cookie", "a=b")]), .fetched()]),
        ]
}
