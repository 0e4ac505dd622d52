/// Stale answers (RFC 9111, section 4.2.4; RFC 5861), and what clients may ask (RFC 9111, section 5.2.1).
package enum StaleScenarios {
    package static let all = Self.failures + Self.refreshing + Self.requests

    private static func cc(_ values: String...) -> Fields { values.map { ("Cache-Control", .text($0)) } }
    private static let tag: Fields = [("ETag", "\"abc\"")]

    static let failures =
        ["must-revalidate", "proxy-revalidate", "no-cache", "s-maxage=2"].map { directive in
            CacheScenario(
                .required, "\(directive) forbids stale answers when the origin is gone",
                [Step.store(cc("max-age=2, \(directive)")).later, .cutOff(.proxy)])
        }
        + [
            CacheScenario(
                .optimal, "a stale answer stands in when the origin is gone",
                [Step.store(cc("max-age=2")).later, .cutOff(.cache, status: 200)]),
            CacheScenario(
                .optimal, "stale-if-error stands in when the origin is gone",
                [Step.store(cc("max-age=2, stale-if-error=60")).later, .cutOff(.cache, status: 200)]),
            CacheScenario(
                .optimal, "stale-if-error stands in for a failure",
                [Step.store(cc("max-age=2, stale-if-error=60")).later, Step.ask(.cache, status: 200).answering(503)]),
            CacheScenario(
                .required, "a failure is passed on when nothing allows more",
                [Step.store(cc("max-age=2")).later, Step.ask(.origin, status: 503).answering(503)]),
            CacheScenario(
                .required, "a failure is passed on when stale-if-error has run out",
                [Step.store(cc("max-age=1, stale-if-error=1")).later, Step.ask(.origin, status: 500).answering(500)]),
            CacheScenario(
                .optimal, "a client may allow a stale answer for a failure",
                [
                    Step.store(cc("max-age=1")).later,
                    Step.ask(.cache, cc("stale-if-error=3600"), status: 200).answering(500),
                ]),
        ]

    static let refreshing = [
        CacheScenario(
            .optimal, "stale-while-revalidate is answered at once",
            [Step.store(cc("max-age=1, stale-while-revalidate=3600") + tag).later, .cached()]),
        CacheScenario(
            .optimal, "stale-while-revalidate brings the new answer for the next one",
            [
                Step.store(cc("max-age=1, stale-while-revalidate=3600") + tag).later,
                Step.cached().answering(200, cc("max-age=3600") + [("ETag", "\"def\"")]).later,
                Step.cached().expecting([("ETag", "\"def\"")]),
            ]),
        CacheScenario(
            .required, "stale-while-revalidate ends",
            [
                Step.store(cc("max-age=1, stale-while-revalidate=4") + tag).later,
                Step.cached().answering(200, cc("no-cache") + [("ETag", "\"def\"")]).later, .fetched(),
            ]),
    ]

    private static let long: Fields = [("Cache-Control", "max-age=3600")]
    static let requests = [
        CacheScenario(.required, "a client wants nothing old: max-age=0", [Step.store(long).later, .fetched(cc("max-age=0"))]),
        CacheScenario(.required, "a client wants nothing older than a second", [Step.store(long).later, .fetched(cc("max-age=1"))]),
        CacheScenario(.required, "a client's max-age counts the age it came with", [.store(long + [("Age", "1800")]), .fetched(cc("max-age=600"))]),
        CacheScenario(.optimal, "max-stale allows a stale answer", [Step.store(cc("max-age=1")).later, .cached(cc("max-stale=1000"))]),
        CacheScenario(.optimal, "max-stale counts the age it came with", [.store(cc("max-age=1500") + [("Age", "2000")]), .cached(cc("max-stale=1000"))]),
        CacheScenario(.required, "min-fresh", [.store(cc("max-age=1500")), .fetched(cc("min-fresh=2000"))]),
        CacheScenario(.required, "min-fresh counts the age it came with", [.store(cc("max-age=1500") + [("Age", "1000")]), .fetched(cc("min-fresh=1000"))]),
        CacheScenario(.required, "a client's no-cache", [.store(long), .fetched(cc("no-cache"))]),
        CacheScenario(
            .optimal, "a client's no-cache validates by date",
            [.store(long + [("Last-Modified", "Wed, 01 Jan 2020 00:00:00 GMT")]), .validated(by: "if-modified-since", asking: cc("no-cache"))]),
        CacheScenario(
            .optimal, "a client's no-cache validates by tag",
            [.store(long + tag), .validated(by: "if-none-match", tag, asking: cc("no-cache"))]),
        CacheScenario(.required, "a client's no-store", [.store(long), .fetched(cc("no-store"))]),
        CacheScenario(.required, "only-if-cached with nothing stored", [.ask(.proxy, cc("only-if-cached"), status: 504)]),
        CacheScenario(.optimal, "only-if-cached with something stored", [.store(long), .cached(cc("only-if-cached"))]),
        CacheScenario(.optimal, "an old client's Pragma counts for nothing beside Cache-Control", [.store(long), .cached([("Pragma", "no-cache"), ("Cache-Control", "foo")])]),
        CacheScenario(.optimal, "Pragma that says nothing known", [.store(long), .cached([("Pragma", "unrecognised-extension")])]),
        CacheScenario(.optimal, "Pragma of an answer says nothing", [.store(long + [("Pragma", "no-cache")]), .cached()]),
    ]
}
