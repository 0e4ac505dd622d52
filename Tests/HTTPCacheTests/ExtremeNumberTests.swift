import NIOCore
import NIOHTTP1
import Testing

@testable import HTTPCache

/// Numbers of clients and origins that are at, or beyond, the edge of what an integer holds.
struct ExtremeNumberTests {
    private static let numbers = [
        "0", "1", "2147483647", "2147483648", "4294967295", "4294967296", "999999999999999999", "1000000000000000000",
        "9223372036854775806", "9223372036854775807", "9223372036854775808", "18446744073709551615",
        "18446744073709551616", "99999999999999999999", "340282366920938463463374607431768211456",
    ]
    private static let now = Moment(steadyMilliseconds: 1000, wallMilliseconds: 1_800_000_000_000)

    private func request(_ headers: HTTPHeaders = [:], method: HTTPMethod = .GET) -> CacheRequest {
        CacheRequest(method: method, authority: "shop.example", target: "/a", headers: headers)
    }

    /// Stores what the origin answers to a request; returns nothing when the cache would not.
    @discardableResult
    private func store(
        _ cache: HTTPCache, asking request: CacheRequest? = nil, status: HTTPResponseStatus = .ok,
        _ headers: HTTPHeaders, body: String = "0123456789", at now: Moment = Self.now
    ) -> Bool {
        guard case .forward(let plan) = cache.lookup(request ?? self.request(), now: now),
            case .relay(_, let keeping?) = cache.received(status: status, headers: headers, for: plan, now: now)
        else { return false }
        return cache.keep(keeping, body: ByteBuffer(string: body))
    }

    /// Everything that is written of an answer.
    private func play(_ answer: CachedAnswer) -> String? {
        _ = answer.http1Message(fields: "", allocator: ByteBufferAllocator())
        _ = "\(answer.headers) \(answer.contentLength ?? 0) \(answer.isReusable)"
        return answer.body.map { String(buffer: $0) }
    }

    private func asked(_ cache: HTTPCache, _ headers: HTTPHeaders, method: HTTPMethod = .GET, at now: Moment = Self.now)
        -> String?
    {
        switch cache.lookup(self.request(headers, method: method), now: now) {
        case .answer(let answer), .answerAndRefresh(let answer, _): self.play(answer)
        case .forward, .gatewayTimeout: nil
        }
    }

    @Test("a range may end anywhere behind the stored body", arguments: Self.numbers)
    func ranges(number: String) {
        let cache = HTTPCache()
        #expect(self.store(cache, ["cache-control": "max-age=600"]))
        for range in ["bytes=\(number)-", "bytes=-\(number)", "bytes=\(number)-\(number)"] {
            #expect(self.asked(cache, ["range": range]) != nil)
        }
        let rest = self.asked(cache, ["range": "bytes=4-\(number)"])
        // What cannot be read is ignored, and so is what ends before it begins.
        #expect(rest == "456789" || rest == "0123456789")
        if let last = Int(number), last >= 4 { #expect(rest == "456789") }
    }

    @Test("a range may end anywhere behind a stored part", arguments: Self.numbers)
    func parts(number: String) {
        for complete in ["*", "20", "999999999999999999"] {
            let cache = HTTPCache()
            #expect(
                self.store(
                    cache, asking: self.request(["range": "bytes=0-9"]), status: .partialContent,
                    ["cache-control": "max-age=600", "content-range": "bytes 0-9/\(complete)"]))
            for range in ["bytes=\(number)-", "bytes=-\(number)", "bytes=\(number)-\(number)", "bytes=4-\(number)"] {
                _ = self.asked(cache, ["range": range])
            }
            #expect(self.asked(cache, ["range": "bytes=4-5"]) == "45")
        }
    }

    @Test("an origin may say any Content-Range", arguments: Self.numbers)
    func contentRanges(number: String) {
        for value in [
            "bytes 0-\(number)/*", "bytes \(number)-\(number)/*", "bytes 0-9/\(number)", "bytes 0-\(number)/\(number)",
            "bytes */\(number)",
        ] {
            let cache = HTTPCache()
            self.store(
                cache, asking: self.request(["range": "bytes=0-9"]), status: .partialContent,
                ["cache-control": "max-age=600", "content-range": value])
            for range in ["bytes=0-9", "bytes=0-", "bytes=-\(number)", "bytes=\(number)-\(number)"] {
                _ = self.asked(cache, ["range": range])
            }
        }
    }

    @Test("ages and lifetimes may be any number of seconds", arguments: Self.numbers)
    func seconds(number: String) {
        for field in ["max-age", "s-maxage", "stale-while-revalidate", "stale-if-error"] {
            for (name, value) in [
                ("cache-control", "\(field)=\(number)"), ("cache-control", "max-age=1, \(field)=\(number)"),
                ("cdn-cache-control", "\(field)=\(number)"), ("surrogate-control", "max-age=\(number)+\(number)"),
            ] {
                let cache = HTTPCache()
                let headers: HTTPHeaders = [name: value, "age": number, "etag": "\"a\""]
                self.store(cache, headers)
                for moment in [Self.now, Self.now.advanced(byMilliseconds: 4_000_000_000_000)] {
                    for wish in ["max-age", "min-fresh", "max-stale", "stale-if-error"] {
                        let wishes: HTTPHeaders = ["cache-control": "\(wish)=\(number)"]
                        _ = self.asked(cache, wishes, at: moment)
                        guard case .forward(let plan) = cache.lookup(self.request(wishes), now: moment) else {
                            continue
                        }
                        if let answer = cache.unanswered(plan, now: moment) { _ = self.play(answer) }
                        _ = cache.received(status: .notModified, headers: headers, for: plan, now: moment)
                    }
                    _ = self.asked(cache, ["cache-control": "max-stale"], at: moment)
                }
            }
        }
    }

    @Test("a HEAD may tell of any length", arguments: Self.numbers)
    func lengths(number: String) {
        let cache = HTTPCache()
        let later = Self.now.advanced(byMilliseconds: 5000)
        #expect(self.store(cache, ["cache-control": "max-age=1", "etag": "\"a\"", "content-length": number]))
        guard case .forward(let plan) = cache.lookup(self.request(method: .HEAD), now: later) else {
            Issue.record("not stale")
            return
        }
        _ = cache.received(
            status: .ok, headers: ["content-length": number, "etag": "\"a\"", "cache-control": "max-age=600"],
            for: plan,
            now: later)
        // Only the true length, or one that is no number, leaves the stored answer in place.
        #expect(self.asked(cache, [:], at: later) == (Int(number) == nil ? "0123456789" : nil))
    }

    @Test(
        "dates may lie anywhere",
        arguments: [
            "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:60 GMT", "Thu, 31 Dec 1969 23:59:59 GMT",
            "Sat, 01 Jan 0000 00:00:00 GMT", "Tue, 19 Jan 2038 03:14:08 GMT", "Sun, 07 Feb 2106 06:28:16 GMT",
            "Friday, 31-Dec-99 23:59:59 GMT", "Fri Dec 31 23:59:59 9999", "9223372036854775808", "-1", "",
        ])
    func dates(date: String) {
        for fields in [
            ["date": date, "cache-control": "max-age=600"], ["expires": date], ["date": date, "expires": date],
            ["last-modified": date, "cache-control": "public"], ["date": date, "last-modified": date],
            ["date": "Fri, 31 Dec 9999 23:59:59 GMT", "last-modified": date],
        ] as [HTTPHeaders] {
            let cache = HTTPCache()
            self.store(cache, fields)
            for moment in [Self.now, Self.now.advanced(byMilliseconds: 4_000_000_000_000)] {
                for wish in [["if-modified-since": date], ["if-range": date, "range": "bytes=1-2"]] as [HTTPHeaders] {
                    _ = self.asked(cache, wish, at: moment)
                }
            }
        }
    }
}
