import Testing

@testable import UpstreamPipeline

struct WindowReportTests {
    private let epoch = 784_111_777  // Sun, 06 Nov 1994 08:49:37 GMT

    @Test(
        "reads the drafts of RateLimit as well",
        arguments: [
            ["ratelimit-limit": "100", "ratelimit-remaining": "7", "ratelimit-reset": "30"],
            ["ratelimit": "limit=100, remaining=7, reset=30", "ratelimit-policy": "100;w=900"],
            ["ratelimit": #""a";r=7;t=30"#, "ratelimit-policy": #""a";q=100;w=900;pk=:abc=:"#],
            [
                "ratelimit": #""a"; r=7; t=30, "b";r=50;t=5"#,
                "ratelimit-policy": #""b";q=60;w=10, "a";q=100;w=900"#,
            ],
        ])
    func drafts(headers: [String: String]) {
        let report = WindowReport(Samples.response(200, "{}", headers), epoch: 1000)
        #expect(report?.limit == 100 && report?.remaining == 7 && report?.resetEpoch == 1030)
        #expect(report?.resetsIn == .seconds(30) && report?.isRelative == true)
    }

    @Test(
        "nothing is read from drafts that say too little",
        arguments: [
            ["ratelimit": #""a";r=7;t=30"#], ["ratelimit": #""a";r=7"#, "ratelimit-policy": #""a";q=100"#],
            ["ratelimit": "limit=0, remaining=0, reset=1"], ["ratelimit": ",;=,"], ["ratelimit-limit": "100"],
        ])
    func littleSaid(headers: [String: String]) {
        #expect(WindowReport(Samples.response(200, "{}", headers), epoch: 1000) == nil)
    }

    @Test("reads limit, remaining and reset, by the upstream's own clock")
    func reads() {
        let response = Samples.response(
            200, "{}", type: nil,
            [
                "x-ratelimit-limit": "100", "x-ratelimit-remaining": "93", "x-ratelimit-reset": "1700000900",
                "date": "Tue, 14 Nov 2023 22:13:20 GMT",
            ])
        #expect(
            WindowReport(response, epoch: 5)
                == WindowReport(limit: 100, remaining: 93, resetEpoch: 1_700_000_900, resetsIn: .seconds(900)))
    }

    @Test("without a date, this machine's clock must do; small numbers are seconds to go")
    func fallbacks() {
        let headers = ["x-ratelimit-limit": "9", "x-ratelimit-remaining": "12"]
        let absolute = Samples.response(200, "", type: nil, headers.merging(["x-ratelimit-reset": "1700000060"]) { $1 })
        #expect(WindowReport(absolute, epoch: 1_700_000_000)?.resetsIn == .seconds(60))
        #expect(WindowReport(absolute, epoch: 1_700_000_100)?.resetsIn == .zero)
        #expect(WindowReport(absolute, epoch: 1_700_000_000)?.remaining == 9)
        let delta = Samples.response(200, "", type: nil, headers.merging(["x-ratelimit-reset": "60"]) { $1 })
        #expect(WindowReport(delta, epoch: 1_700_000_000)?.resetsIn == .seconds(60))
        #expect(WindowReport(delta, epoch: 1_700_000_000)?.resetEpoch == 1_700_000_060)
    }

    @Test(
        "nothing is read from incomplete or absurd headers",
        arguments: [
            [:], ["x-ratelimit-limit": "100"], ["x-ratelimit-limit": "0", "x-ratelimit-remaining": "1"],
            ["x-ratelimit-limit": "x"], ["x-ratelimit-remaining": "-1"], ["x-ratelimit-reset": "9999999999999"],
            ["x-ratelimit-reset": ""], ["x-ratelimit-remaining": "99999999999999999999"],
        ] as [[String: String]])
    func absurd(headers: [String: String]) {
        let good = ["x-ratelimit-limit": "100", "x-ratelimit-remaining": "5", "x-ratelimit-reset": "1700000060"]
        let merged =
            headers.isEmpty
            ? [:]
            : headers.count == 1 && headers["x-ratelimit-limit"] == "100"
                ? headers : good.merging(headers) { $1 }
        #expect(WindowReport(Samples.response(200, "", type: nil, merged), epoch: 1_700_000_000) == nil)
    }

    @Test(
        "reads Retry-After in seconds and as a date",
        arguments: [
            ("120", 120), ("0", 0), ("Sun, 06 Nov 1994 08:49:47 GMT", 10), ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
            ("soon", nil), ("", nil), ("99999999999", 366 * 86_400),
        ])
    func retryAfter(text: String, seconds: Int?) {
        let response = Samples.response(429, "", type: nil, ["retry-after": text])
        #expect(response.retryAfter(epoch: self.epoch) == seconds.map { .seconds($0) })
    }

    @Test(
        "reads the one date format of HTTP",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Sun, 31 Feb 1994 08:49:37 GMT", nil), ("Sun, 06 Foo 1994 08:49:37 GMT", nil),
            ("Sun, 06 Nov 1994 24:49:37 GMT", nil), ("Sun, 06 Nov 1994 08:49 GMT", nil),
            ("Sunday, 06-Nov-94 08:49:37 GMT", nil), ("Sun Nov  6 08:49:37 1994", nil), ("", nil),
        ])
    func dates(text: String, epoch: Int?) { #expect(HTTPDate.epoch(text) == epoch) }

    @Test("refusals say how long to wait, never less than a second")
    func refusals() {
        let bucket = TokenBucket(limit: 100, window: .seconds(900))
        let own = QuotaRefusal.session(bucket, retryAfter: .milliseconds(8_200))
        #expect(own.code == .rateLimited && own.status == 429 && own.origin == .gateway)
        #expect(own.retryAfter == .seconds(9))
        #expect(own.message == "this session has used its 100 requests per 15 minutes; nothing was sent")
        #expect(own.hint == "try again in 9 s; answers still cached need no request")
        let shared = QuotaRefusal.upstream(retryAfter: .zero)
        #expect(shared.retryAfter == .seconds(1) && shared.hint?.contains("1 s") == true)
    }
}
