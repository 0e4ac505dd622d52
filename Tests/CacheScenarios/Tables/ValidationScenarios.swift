/// Conditions of clients, conditions of the cache, and what a 304 or HEAD changes (RFC 9111, sections 3.2 and 4.3).
package enum ValidationScenarios {
    package static let all = Self.clientTags + Self.clientDates + Self.ownConditions + Self.updates + Self.heads

    private static func cc(_ values: String...) -> Fields { values.map { ("Cache-Control", .text($0)) } }
    private static func tagged(_ tag: String) -> Fields {
        [("Expires", .date(100_000)), ("Last-Modified", .date(-5000)), ("Date", .date(0)), ("ETag", .text(tag))]
    }
    private static func match(_ tags: String) -> Fields { [("If-None-Match", .text(tags))] }
    private static func respond(_ name: String, _ tag: String, _ asked: String) -> CacheScenario {
        CacheScenario(.optimal, name, [Step.store(self.tagged(tag)).later, .cached(self.match(asked), status: 304)])
    }

    static let clientTags = [
        respond("a strong tag the client has", "\"abcdef\"", "\"abcdef\""),
        respond("a weak tag the client has", "W/\"abcdef\"", "W/\"abcdef\""),
        respond("the client has the weak form of a strong tag", "\"abcdef\"", "W/\"abcdef\""),
        respond("the first of several tags", "\"abcdef\"", "\"abcdef\", \"1234\", \"5678\""),
        respond("the middle of several tags", "\"abcdef\"", "\"1234\", \"abcdef\", \"5678\""),
        respond("the last of several tags", "\"abcdef\"", "\"1234\", \"5678\", \"abcdef\""),
        respond("any tag", "\"abcdef\"", "*"),
        CacheScenario(
            .required, "a tag the client does not have",
            [.store(tagged("\"abcdef\"")), .cached(match("\"other\""), status: 200)]),
        CacheScenario(
            .required, "a 304 names the tag",
            [
                Step.store(tagged("\"abcdef\"")).later,
                Step.cached(match("\"abcdef\""), status: 304).expecting([("ETag", "\"abcdef\"")]),
            ]),
        CacheScenario(
            .required, "a tag says more than a date",
            [
                Step.store(tagged("\"abcdef\"")).later,
                .cached(match("\"abcdef\"") + [("If-Modified-Since", .date(-10_000))], status: 304),
            ]),
        CacheScenario(
            .required, "a tag that differs says more than a date that does not",
            [
                .store(tagged("\"abcdef\"")),
                .cached(match("\"other\"") + [("If-Modified-Since", .date(0))], status: 200),
            ]),
        CacheScenario(
            .required, "conditions for the origin alone are passed on",
            [
                .store(tagged("\"abcdef\"")),
                Step.fetched([("If-Match", "\"abcdef\"")]).seeing([("if-match", "\"abcdef\"")]),
            ]),
    ]

    private static func since(_ value: FieldValue) -> Fields { [("If-Modified-Since", value)] }
    private static func changed(_ lifetime: Int) -> Fields {
        [
            ("Cache-Control", "max-age=\(lifetime)"), ("Last-Modified", "Tue, 01 Jan 2019 00:00:00 GMT"),
            ("Date", .date(0)),
        ]
    }
    static let clientDates = [
        CacheScenario(
            .optimal, "the date of the stored answer",
            [Step.store(changed(100_000)).later, .cached(since("Tue, 01 Jan 2019 00:00:00 GMT"), status: 304)]),
        CacheScenario(
            .optimal, "a later date than the stored answer's",
            [Step.store(changed(100_000)).later, .cached(since(.date(-2000)), status: 304)]),
        CacheScenario(
            .required, "an earlier date than the stored answer's",
            [.store(changed(100_000)), .cached(since("Mon, 31 Dec 2018 00:00:00 GMT"), status: 200)]),
        CacheScenario(
            .optimal, "the date of a stale answer, once validated",
            [
                Step.store(changed(2)).later,
                Step.validated(by: "if-modified-since", changed(2), asking: since("Tue, 01 Jan 2019 00:00:00 GMT")).with
                { $0.expected.status = 304 },
            ]),
        CacheScenario(
            .optimal, "the date in the words of RFC 850",
            [Step.store(changed(100_000)).later, .cached(since(.longDate(-2000)), status: 304)]),
        CacheScenario(
            .optimal, "an answer without a date of its own goes by Date",
            [Step.store(cc("max-age=10000") + [("Date", .date(0))]).later, .cached(since(.date(0)), status: 304)]),
    ]

    private static func shortLived(_ tag: String) -> Fields { cc("max-age=2") + [("ETag", .text(tag))] }
    static let ownConditions = [
        CacheScenario(
            .required, "a condition of the cache goes with the fields that select the answer",
            [
                Step.store(
                    [("Expires", .date(1)), ("ETag", "\"abcdef\""), ("Date", .date(0)), ("Vary", "Abc")],
                    asking: [("Abc", "123")]
                ).later,
                Step.validated(by: "if-none-match", [("ETag", "\"abcdef\"")], asking: [("Abc", "123")]).seeing([
                    ("abc", "123")
                ]),
            ]),
        CacheScenario(
            .optimal, "a stale answer with a strong tag is validated",
            [
                Step.store(shortLived("\"abcdef\"")).later,
                Step.validated(by: "if-none-match", [("ETag", "\"abcdef\"")]).seeing([("if-none-match", "\"abcdef\"")]),
            ]),
        CacheScenario(
            .optimal, "a stale answer with a weak tag is validated",
            [
                Step.store(shortLived("W/\"abcdef\"")).later,
                Step.validated(by: "if-none-match", [("ETag", "W/\"abcdef\"")]).seeing([
                    ("if-none-match", "W/\"abcdef\"")
                ]),
            ]),
        CacheScenario(
            .required, "a new answer to the cache's condition takes the place of the old one",
            [
                Step.store(shortLived("\"one\"")).later,
                Step.fetched().answering(200, cc("max-age=100") + [("ETag", "\"two\"")]),
                Step.cached().expecting([("ETag", "\"two\"")]),
            ]),
        CacheScenario(
            .optimal, "conditions of a client with nothing stored are passed on",
            [Step.fetched(match("\"abcdef\"")).seeing([("if-none-match", "\"abcdef\"")])]),
    ]

    private static let updatable: [(String, FieldValue, FieldValue)] = [
        ("Test-Header", "one", "two"), ("X-Test-Header", "one", "two"), ("Content-Foo", "one", "two"),
        ("X-Content-Foo", "one", "two"),
        ("Content-Location", "/foo", "/bar"), ("Content-MD5", "rL0Y20zC+Fzt72VPzMSk2A==", "N7UdGUp1E+RbVvZSTy1R8g=="),
        ("Content-Security-Policy", "default-src 'self'", "default-src 'self' cdn.example.com"),
        ("Content-Type", "text/plain", "text/plain;charset=utf-8"), ("Clear-Site-Data", "cache", "cookies"),
        ("Expires", "Fri, 01 Jan 2038 01:01:01 GMT", "Mon, 11 Jan 2038 11:11:11 GMT"),
        ("Public-Key-Pins", "one", "two"),
        // Not Set-Cookie, which speaks to one client.
        ("X-Frame-Options", "deny", "sameorigin"), ("X-XSS-Protection", "1", "1; mode=block"),
    ]
    private static let same: Fields = [("Date", .date(0)), ("ETag", "\"same\"")]
    static let updates =
        [
            CacheScenario(
                .required, "a field a 304 omits is given as it was stored",
                [
                    Step.store(
                        cc("max-age=2") + [
                            ("Last-Modified", "Wed, 01 Jan 2020 00:00:00 GMT"), ("Date", .date(0)),
                            ("Test-Header", "kept"),
                        ]
                    ).later,
                    Step.validated(
                        by: "if-modified-since",
                        [("Last-Modified", "Wed, 01 Jan 2020 00:00:00 GMT"), ("Date", .date(0))]
                    ).expecting([("Test-Header", "kept")]),
                ]),
            CacheScenario(
                .required, "Cache-Control of a 304 counts",
                [
                    Step.store(cc("max-age=1") + same).later,
                    Step.validated(by: "if-none-match", cc("max-age=3600") + same).expecting(cc("max-age=3600")).later,
                    Step.cached().expecting(cc("max-age=3600")),
                ]),
            CacheScenario(
                .required, "the length of the stored body is not what a 304 says",
                [
                    Step.store(cc("max-age=2") + same, body: "01234").later,
                    Step.validated(by: "if-none-match", cc("max-age=2") + same + [("Content-Length", "10")]).expecting([
                        ("Content-Length", "5")
                    ]),
                    Step.cached().expecting([("Content-Length", "5")]).expecting(body: "01234"),
                ]),
            CacheScenario(
                .required, "a 304 to somebody with credentials is not shared",
                [
                    Step.store(cc("max-age=1") + same).later,
                    Step.validated(
                        by: "if-none-match",
                        cc("private=\"set-cookie\", max-age=3600") + same + [("Set-Cookie", "sid=B")],
                        asking: [("Authorization", "Bearer B")]
                    ).expecting([("Set-Cookie", "sid=B")]),
                    Step.validated(by: "if-none-match", cc("max-age=3600") + same)
                        .expecting([], missing: ["Set-Cookie"]),
                ]),
            CacheScenario(
                .required, "a cookie of a 304 is not shared",
                [
                    Step.store(cc("max-age=1") + same).later,
                    Step.validated(by: "if-none-match", cc("max-age=3600") + same + [("Set-Cookie", "sid=B")])
                        .expecting([("Set-Cookie", "sid=B")]),
                    Step.cached().expecting([], missing: ["Set-Cookie"]),
                ]),
            CacheScenario(
                .required, "a private 304 ends the sharing",
                [
                    Step.store(cc("max-age=1") + same).later,
                    Step.validated(by: "if-none-match", cc("private, max-age=3600") + same), .fetched(),
                ]),
            CacheScenario(
                .required, "a 304 that means another version changes nothing",
                [
                    Step.store(shortLived("\"one\"")).later,
                    Step.ask(.anywhere).answering(304, cc("max-age=100") + [("ETag", "\"two\"")]).with {
                        $0.expected.status = 304
                    },
                    Step.fetched().answering(200, cc("max-age=100") + [("ETag", "\"two\"")]),
                ]),
        ]
        + updatable.map { name, before, after in
            CacheScenario(
                .required, "a 304 updates \(name)",
                [
                    Step.store(same + [(name, before), ("Cache-Control", "max-age=2")]).later,
                    Step.validated(by: "if-none-match", same + [(name, after), ("Cache-Control", "max-age=2")])
                        .expecting([(name, after)]),
                    Step.cached().expecting([(name, after)]),
                ])
        }

    private static let stale: Fields = [("Cache-Control", "max-age=2"), ("Template-A", "1")]
    private static func head(_ fields: Fields, status: Int = 200) -> Step {
        Step.ask(.origin).answering(status, fields).with { $0.method = "HEAD" }
    }
    static let heads = [
        CacheScenario(.required, "HEAD for a stale answer reaches the origin", [Step.store(stale).later, head([])]),
        CacheScenario(
            .optimal, "HEAD renews the freshness of a stored GET",
            [
                Step.store(stale, body: "01234").later,
                head([("Cache-Control", "max-age=1000"), ("Content-Length", "5")]), .cached(),
            ]),
        CacheScenario(
            .optimal, "HEAD updates fields of a stored GET and leaves others",
            [
                Step.store(stale + [("Other", "kept")], body: "01234").later,
                head([("Template-A", "2"), ("Cache-Control", "max-age=1000"), ("Content-Length", "5")]),
                Step.cached().expecting([("Template-A", "2"), ("Other", "kept")]),
            ]),
        CacheScenario(
            .required, "HEAD that tells of another version drops the stored GET",
            [
                Step.store(stale + [("ETag", "\"one\"")]).later,
                head([("ETag", "\"two\""), ("Cache-Control", "max-age=1000")]),
                .fetched(),
            ]),
        CacheScenario(
            .required, "HEAD that fails updates nothing",
            [Step.store(stale).later, head([("Cache-Control", "max-age=1000")], status: 410), .fetched()]),
    ]
}
