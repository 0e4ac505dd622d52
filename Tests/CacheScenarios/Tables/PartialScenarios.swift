/// Parts of answers (RFC 9111, sections 3.3 and 3.4), and interim ones (RFC 9110, section 15.2).
package enum PartialScenarios {
    package static let all = Self.wholes + Self.parts
    /// For players that show interim responses.
    package static let interim = Self.interims

    private static let long: Fields = [("Cache-Control", "max-age=3600")]
    private static func range(_ value: String) -> Fields { [("Range", .text(value))] }
    private static func whole(_ name: String, _ asked: String, _ expected: String, _ contentRange: String)
        -> CacheScenario
    {
        CacheScenario(
            .optimal, name,
            [
                .store(self.long, body: "0123456789A"),
                Step.cached(self.range(asked), status: 206).expecting(body: expected).expecting([
                    ("Content-Range", .text(contentRange))
                ]),
            ])
    }

    static let wholes = [
        whole("the first bytes of a stored answer", "bytes=0-1", "01", "bytes 0-1/11"),
        whole("a stored answer from a byte on", "bytes=1-", "123456789A", "bytes 1-10/11"),
        whole("a range to the largest number there is", "bytes=4-9223372036854775807", "456789A", "bytes 4-10/11"),
        whole("the last byte of a stored answer", "bytes=-1", "A", "bytes 10-10/11"),
        CacheScenario(
            .required, "a part carries the stored fields",
            [
                .store(long + [("A", "1")], body: "01234567890"),
                Step.cached(range("bytes=0-1"), status: 206).expecting([("A", "1")]).expecting(body: "01"),
            ]),
        CacheScenario(
            .required, "a part beyond the end",
            [
                .store(long, body: "0123"),
                Step.cached(range("bytes=9-"), status: 416).expecting([("Content-Range", "bytes */4")]),
            ]),
        CacheScenario(
            .required, "a unit nobody knows is ignored",
            [.store(long, body: "0123"), Step.cached(range("lines=1-2"), status: 200).expecting(body: "0123")]),
        CacheScenario(
            .required, "several parts at once are answered whole",
            [.store(long, body: "0123"), Step.cached(range("bytes=0-1,3-3"), status: 200).expecting(body: "0123")]),
        CacheScenario(
            .required, "If-Range that still holds",
            [
                .store(long + [("ETag", "\"a\"")], body: "0123"),
                Step.cached(range("bytes=0-1") + [("If-Range", "\"a\"")], status: 206).expecting(body: "01"),
            ]),
        CacheScenario(
            .required, "If-Range that holds no more",
            [
                .store(long + [("ETag", "\"a\"")], body: "0123"),
                Step.cached(range("bytes=0-1") + [("If-Range", "\"b\"")], status: 200).expecting(body: "0123"),
            ]),
    ]

    private static func part(_ contentRange: String) -> Step {
        .store(
            self.long + [("Content-Range", .text(contentRange))], status: 206, body: "01234",
            asking: self.range("bytes=-5"))
    }
    static let parts = [
        CacheScenario(
            .optimal, "the same part again",
            [
                part("bytes 4-9/10").seeing([("range", "bytes=-5")]),
                Step.cached(range("bytes=-5"), status: 206).expecting(body: "01234"),
            ]),
        CacheScenario(
            .optimal, "a part of a stored part",
            [
                part("bytes 5-9/10"),
                Step.cached(range("bytes=6-8"), status: 206).expecting(body: "123").expecting([
                    ("Content-Range", "bytes 6-8/10")
                ]),
            ]),
        CacheScenario(
            .optimal, "a part of a stored part from a byte on",
            [part("bytes 5-9/10"), Step.cached(range("bytes=7-"), status: 206).expecting(body: "234")]),
        CacheScenario(
            .optimal, "the end of a stored part that reaches the end",
            [part("bytes 5-9/10"), Step.cached(range("bytes=-1"), status: 206).expecting(body: "4")]),
        CacheScenario(
            .optimal, "a part of a part shorter than its origin says",
            [part("bytes 4-9/10"), Step.cached(range("bytes=6-8"), status: 206).expecting(body: "234")]),
        CacheScenario(
            .optimal, "from a byte on, of a part shorter than its origin says",
            [part("bytes 4-9/10"), Step.cached(range("bytes=6-"), status: 206).expecting(body: "234")]),
        CacheScenario(
            .optimal, "the end of a part shorter than its origin says",
            [part("bytes 4-9/10"), Step.cached(range("bytes=-1"), status: 206).expecting(body: "4")]),
        CacheScenario(.required, "a part that is not stored", [part("bytes 5-9/10"), .fetched(range("bytes=0-2"))]),
        CacheScenario(.required, "a part is not taken for the whole", [part("bytes 5-9/10"), .fetched()]),
    ]

    private static func hinted(_ status: Int, _ fields: Fields) -> Step {
        Step.store([("Cache-Control", "max-age=100000"), ("Date", .date(0))]).with {
            $0.answer.interim = [(status, fields)]
            $0.expected.interim = [status]
            $0.expected.missing = ["x-my-header"]
        }.later
    }
    private static let hints: Fields = [("link", "</styles.css>; rel=preload; as=style"), ("x-my-header", "test")]
    private static let quiet = Step.cached().with {
        $0.expected.interim = []
        $0.expected.missing = ["x-my-header"]
    }
    static let interims = [
        CacheScenario(.optimal, "102 is passed on and the final answer stored", [hinted(102, []), .cached()]),
        CacheScenario(.optimal, "103 is passed on and the final answer stored", [hinted(103, hints), .cached()]),
        CacheScenario(.required, "an interim answer is not stored", [hinted(103, hints), quiet]),
        CacheScenario(.optimal, "fields of an interim answer are not stored", [hinted(103, hints), quiet]),
    ]
}
