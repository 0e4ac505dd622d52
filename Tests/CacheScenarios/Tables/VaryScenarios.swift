/// Answers that depend on request fields (RFC 9111, section 4.1).
package enum VaryScenarios {
    package static let all = Self.selecting + Self.stars + Self.normalising

    private static func varied(_ vary: String..., body: String? = nil, asking request: Fields) -> Step {
        .store(
            [("Cache-Control", "max-age=5000"), ("Last-Modified", .date(-3000)), ("Date", .date(0))]
                + vary.map { ("Vary", .text($0)) }, body: body, asking: request)
    }
    private static let one: Fields = [("Foo", "1")]
    private static let two: Fields = [("Foo", "1"), ("Bar", "abc")]
    private static let three: Fields = [("Foo", "1"), ("Bar", "abc"), ("Baz", "789")]

    static let selecting = [
        CacheScenario(.optimal, "the same field", [varied("Foo", asking: one), .cached(one)]),
        CacheScenario(.required, "another value", [varied("Foo", asking: one), .fetched([("Foo", "2")])]),
        CacheScenario(.required, "a field that was not there", [varied("Foo", asking: []), .fetched(one)]),
        CacheScenario(.required, "a field that is not there", [varied("Foo", asking: one), .fetched()]),
        CacheScenario(
            .optimal, "two answers side by side",
            [
                varied("Foo", body: "first", asking: one), varied("Foo", body: "second", asking: [("Foo", "2")]),
                Step.cached(one).expecting(body: "first"), Step.cached([("Foo", "2")]).expecting(body: "second"),
            ]),
        CacheScenario(
            .optimal, "a field that is not named does not matter",
            [varied("Foo", asking: one + [("Other", "2")]), .cached(one + [("Other", "3")])]),
        CacheScenario(.optimal, "the same two fields", [varied("Foo, Bar", asking: two), .cached(two)]),
        CacheScenario(.required, "one of two differs", [varied("Foo, Bar", asking: two), .fetched([("Foo", "2"), ("Bar", "abc")])]),
        CacheScenario(.required, "both of two are missing", [varied("Foo, Bar", asking: two), .fetched()]),
        CacheScenario(.optimal, "the same three fields", [varied("Foo, Bar, Baz", asking: three), .cached(three)]),
        CacheScenario(.required, "one of three differs", [varied("Foo, Bar, Baz", asking: three), .fetched([("Foo", "2"), ("Bar", "abc"), ("Baz", "789")])]),
        CacheScenario(
            .required, "one of three differs, in another order",
            [varied("Foo, Bar, Baz", asking: three), .fetched([("Foo", "1"), ("Baz", "789"), ("Bar", "abcde")])]),
        CacheScenario(
            .optimal, "one of three is missing each time",
            [varied("Foo, Bar, Baz", asking: [("Foo", "1"), ("Baz", "789")]), .cached([("Foo", "1"), ("Baz", "789")])]),
    ]

    static let stars = [["*"], ["*, *"], ["*", "*"], [", *"], ["", "*"], ["*, Foo"], ["Foo, *"]].map { lines in
        let fields: Fields = [("Foo", "1"), ("Baz", "789")]
        let stored: Fields = [("Cache-Control", "max-age=5000"), ("Date", .date(0))] + lines.map { ("Vary", .text($0)) }
        return CacheScenario(.required, "Vary: \(lines.joined(separator: " / "))", [.store(stored, asking: fields), .fetched(fields)])
    }

    private static func language(_ value: String) -> Fields { [("Accept-Language", .text(value))] }
    static let normalising = [
        CacheScenario(.optimal, "two lines are one list", [varied("Foo", asking: [("Foo", "1, 2")]), .cached([("Foo", "1"), ("Foo", "2")])]),
        CacheScenario(.optimal, "space around commas does not matter", [varied("Foo", asking: [("Foo", "1,2")]), .cached([("Foo", " 1, 2 ")])]),
        CacheScenario(.optimal, "languages in another order", [varied("Accept-Language", asking: language("en, de")), .cached(language("de, en"))]),
        CacheScenario(.optimal, "languages in another case", [varied("Accept-Language", asking: language("en, de")), .cached(language("eN, De"))]),
        CacheScenario(.optimal, "languages with other space", [varied("Accept-Language", asking: language("en, de")), .cached(language(" en ,   de"))]),
        CacheScenario(
            .optimal, "the language liked best is the one stored",
            [
                varied("Accept-Language", asking: language("en, de")).with { $0.answer.fields.append(("Content-Language", "de")) },
                .cached(language("fr;q=0.5, de;q=1.0")),
            ]),
        CacheScenario(
            .required, "another language is liked better than the one stored",
            [
                varied("Accept-Language", asking: language("en, de")).with { $0.answer.fields.append(("Content-Language", "de")) },
                .fetched(language("fr, de;q=0.5")),
            ]),
        CacheScenario(.required, "a comma in a cookie is no list", [varied("Cookie", asking: [("Cookie", "a=1, b")]), .fetched([("Cookie", "a=1,b")])]),
    ]
}
