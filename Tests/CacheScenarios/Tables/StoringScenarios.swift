/// What is stored at all, and what of it (RFC 9111, sections 3 and 5.2.2).
package enum StoringScenarios {
    package static let all = Self.directives + Self.authorization + Self.statuses + Self.fields + Self.methods

    private static func cc(_ values: String...) -> Fields { values.map { ("Cache-Control", .text($0)) } }
    private static let fresh: Fields = [("Expires", .date(100_000)), ("Last-Modified", .date(0)), ("Date", .date(0))]
    private static let long: Fields = [("Expires", .date(10_000)), ("Date", .date(0))]
    private static let tag: Fields = [("ETag", "\"abcd\"")]

    static let directives = [
        CacheScenario(.required, "private is not stored", [.store(cc("private, max-age=3600")), .fetched()]),
        CacheScenario(.required, "no-store is not stored", [.store(cc("no-store")), .fetched()]),
        CacheScenario(.required, "no-store in mixed case", [.store(cc("No-StOrE")), .fetched()]),
        CacheScenario(.required, "no-store wins over freshness", [.store(cc("max-age=10000, no-store") + long), .fetched()]),
        CacheScenario(.required, "no-cache is not used unasked", [.store(cc("max-age=10000, no-cache") + long), .fetched()]),
        CacheScenario(.required, "no-cache in mixed case", [.store(cc("max-age=10000, No-CaChE") + long), .fetched()]),
        CacheScenario(.optimal, "no-cache is stored and validated", [.store(cc("no-cache") + tag), .validated(by: "if-none-match", cc("no-cache") + tag)]),
        CacheScenario(
            .optimal, "no-cache with freshness is stored and validated",
            [.store(cc("max-age=10000, no-cache") + long + tag), .validated(by: "if-none-match", tag)]),
        CacheScenario(
            .required, "no-cache with a field name leaves out that field",
            [
                Step.store(cc("no-cache=\"a\"", "max-age=3600") + [("a", "1"), ("b", "2"), ("Date", .date(0))]).later,
                Step.cached().expecting([("b", "2")], missing: ["a"]),
            ]),
        CacheScenario(
            .required, "no-cache with field names leaves out those fields",
            [
                Step.store(cc("no-cache=\"a, b\"", "max-age=3600") + [("a", "1"), ("b", "2"), ("c", "3"), ("Date", .date(0))]).later,
                Step.cached().expecting([("c", "3")], missing: ["a", "b"]),
            ]),
        CacheScenario(
            .required, "private with a field name leaves out that field",
            [.store(cc("max-age=3600, private=\"a\"") + [("a", "1"), ("b", "2")]), Step.cached().expecting([("b", "2")], missing: ["a"])]),
        CacheScenario(.optimal, "must-revalidate is used while fresh", [.store(cc("max-age=10000, must-revalidate") + tag), .cached()]),
        CacheScenario(
            .required, "must-revalidate is validated when stale",
            [
                .store(cc("max-age=2, must-revalidate") + tag), Step.cached().later,
                .validated(by: "if-none-match", cc("max-age=2, must-revalidate") + tag),
            ]),
        CacheScenario(
            .required, "an unknown status with no-store and must-understand",
            [.store(cc("max-age=3600, no-store, must-understand"), status: 599), .fetched()]),
        CacheScenario(
            .optimal, "a known status with no-store and must-understand",
            [.store(cc("max-age=3600, no-store, must-understand")), .cached()]),
    ]

    private static let credentials: Fields = [("Authorization", "FOO")]
    static let authorization = [
        CacheScenario(
            .required, "an answer to credentials is not reused",
            [Step.store(long, asking: credentials).seeing(credentials).later, .fetched()]),
        CacheScenario(
            .optimal, "an answer to credentials that is public is reused",
            [Step.store(cc("max-age=3600, public"), asking: credentials).later, .cached()]),
        CacheScenario(
            .optimal, "an answer to credentials with must-revalidate is reused",
            [Step.store(cc("max-age=3600, must-revalidate"), asking: credentials).later, .cached()]),
        CacheScenario(
            .optimal, "an answer to credentials with s-maxage is reused",
            [Step.store(cc("s-maxage=3600"), asking: credentials).later, .cached()]),
    ]

    static let statuses =
        [200, 203, 204, 299, 301, 302, 303, 307, 308, 400, 404, 410, 499, 500, 502, 503, 504, 599].flatMap { status in
            [
                CacheScenario(.optimal, "a fresh \(status) is reused", [Step.store(fresh, status: status).later, .cached(status: status)]),
                CacheScenario(
                    .required, "a stale \(status) is not reused",
                    [.store([("Expires", .date(-5000)), ("Last-Modified", .date(-100_000)), ("Date", .date(0))], status: status), .fetched()]),
            ]
        }

    private static let kept: Fields = [
        ("Test-Header", "one"), ("X-Test-Header", "two"), ("Content-Foo", "three"), ("X-Content-Foo", "four"),
        ("Cache-Control", "max-age=3600"), ("Content-Encoding", "nothing"), ("Content-Location", "/bar"),
        ("Content-MD5", "N7UdGUp1E+RbVvZSTy1R8g=="), ("Content-Range", "nonsense"),
        ("Content-Security-Policy", "default-src 'self' cdn.example.com"), ("Content-Type", "text/plain;charset=utf-8"),
        ("Clear-Site-Data", "cookies"), ("ETag", "\"ghijkl\""), ("Expires", "Mon, 11 Jan 2038 11:11:11 GMT"),
        ("Public-Key-Pins", "five"), ("Set-Cookie", "a=c"), ("Set-Cookie2", "a=c"), ("X-Frame-Options", "sameorigin"),
        ("X-XSS-Protection", "1; mode=block"),
    ]
    private static let dropped = [
        "Keep-Alive", "Proxy-Authenticate", "Proxy-Authentication-Info", "Proxy-Authorization", "Proxy-Connection", "TE", "Upgrade",
    ]
    static let fields =
        [
            CacheScenario(
                .required, "fields named by Connection are not stored",
                [
                    Step.store(fresh + [("Connection", "a, b"), ("a", "1"), ("b", "2"), ("c", "3")]).later,
                    Step.cached().expecting([("c", "3")], missing: ["a", "b"]),
                ])
        ]
        + kept.map { field in
            CacheScenario(
                .required, "\(field.name) is stored",
                [
                    Step.store([("Date", .date(0)), field] + (field.name == "Cache-Control" ? [] : cc("max-age=3600"))).later,
                    Step.cached().expecting([field]),
                ])
        }
        + dropped.map { name in
            CacheScenario(
                .required, "\(name) is not stored",
                [Step.store([("Date", .date(0)), (name, "value"), ("Cache-Control", "max-age=3600")]).later, Step.cached().expecting([], missing: [name])])
        }
        + [
            CacheScenario(.optimal, "an answer that sets a cookie is reused", [Step.store(fresh + [("Set-Cookie", "a=b")]).later, .cached()]),
            CacheScenario(.optimal, "a request with a cookie is answered", [Step.store(fresh).later, .cached([("Cookie", "a=b")])]),
            CacheScenario(.required, "another query is another target", [Step.store(fresh).at("?test=1").later, Step.fetched().at("?test=2")]),
            CacheScenario(.optimal, "the same query is the same target", [Step.store(fresh).at("?test=1").later, Step.cached().at("?test=1")]),
        ]

    static let methods = [
        CacheScenario(
            .optimal, "a POST's answer located at its target is reused for GET",
            [
                Step.change("POST", [("Expires", .date(2_592_000)), ("Content-Location", .here("")), ("Date", .date(0))]).later,
                .cached(),
            ]),
        CacheScenario(
            .required, "a POST's answer located elsewhere is not reused for GET",
            [Step.change("POST", [("Expires", .date(2_592_000)), ("Content-Location", .here("/other")), ("Date", .date(0))]), .fetched()]),
        CacheScenario(
            .required, "a POST's answer without a location is not reused for GET",
            [.change("POST", [("Expires", .date(2_592_000)), ("Date", .date(0))]), .fetched()]),
        CacheScenario(
            .required, "a POST always reaches the origin",
            [.store(fresh), .change("POST"), .change("POST")]),
        CacheScenario(
            .optimal, "HEAD is answered from a stored GET",
            [.store(fresh, body: "0123456789"), Step.cached().with { $0.method = "HEAD" }.expecting([("Content-Length", "10")])]),
    ]
}
