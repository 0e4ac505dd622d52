/// What unsafe requests make stale (RFC 9111, section 4.4; RFC 9875).
package enum InvalidationScenarios {
    package static let all = Self.targets + Self.groups

    private static let fresh: Fields = [("Expires", .date(100_000)), ("Last-Modified", .date(0)), ("Date", .date(0))]
    private static let pointing: Fields = [("Location", .here("/location")), ("Content-Location", .here("/content"))]

    static let targets =
        ["POST", "PUT", "DELETE", "M-SEARCH"].flatMap { method in
            [
                CacheScenario(.required, "\(method) makes its target stale", [.store(fresh), .change(method), .fetched()]),
                CacheScenario(.optimal, "\(method) that fails makes nothing stale", [.store(fresh), .change(method, status: 500), .cached()]),
                CacheScenario(
                    .required, "\(method) makes the target of Location stale",
                    [Step.store(fresh).at("/location"), .change(method, pointing), Step.fetched().at("/location")]),
                CacheScenario(
                    .required, "\(method) makes the target of Content-Location stale",
                    [Step.store(fresh).at("/content"), .change(method, pointing), Step.fetched().at("/content")]),
            ]
        }
        + [
            CacheScenario(
                .required, "an unsafe request does not reach into another origin",
                [Step.store(fresh).at("/other"), .change("POST", [("Location", "http://elsewhere.example/other")]), Step.cached().at("/other")])
        ]

    private static let grouped = Self.fresh + [("Cache-Groups", "\"menu\", \"prices\"")]
    static let groups = [
        CacheScenario(
            .optimal, "an unsafe request makes a group stale",
            [
                Step.store(grouped).at("/a"), Step.store(grouped).at("/b"), Step.store(fresh).at("/c"),
                Step.change("POST", [("Cache-Group-Invalidation", "\"prices\"")], path: "/d"), Step.fetched().at("/a"),
                Step.fetched().at("/b"), Step.cached().at("/c"),
            ]),
        CacheScenario(
            .required, "a safe request makes no group stale",
            [
                Step.store(grouped).at("/a"), Step.store([("Cache-Group-Invalidation", "\"prices\"")]).at("/d"),
                Step.cached().at("/a"),
            ]),
        CacheScenario(
            .required, "a group of another case is another group",
            [
                Step.store(grouped).at("/a"), Step.change("POST", [("Cache-Group-Invalidation", "\"Prices\"")], path: "/d"),
                Step.cached().at("/a"),
            ]),
    ]
}
