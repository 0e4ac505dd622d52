import HTTPCache
import HTTPServer
import NIOCore
import NIOHTTP1
import TestSupport
import Testing
import WireTestSupport

/// Requests for one target at one time.
struct CollapsingTests {
    /// So many clients ask for the same at once; returns what they got.
    private func crowd(_ count: Int, port: Int, fields: String = "") async throws -> [String] {
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<count { group.addTask { try await RawClient.exchange(port: port, get("/a", fields)) } }
            var answers: [String] = []
            for try await answer in group { answers.append(answer) }
            return answers
        }
    }

    @Test("twenty become one, and all get its answer")
    func collapses() async throws {
        let origin = CountedOrigin { _, responder, number in
            responder.send(response("answer \(number)", "max-age=60"), after: 300)
        }
        try await withCache(origin) { port, _ in
            let answers = try await self.crowd(20, port: port)
            #expect(answers.count { $0.hasPrefix("HTTP/1.1 200 ") && $0.hasSuffix("answer 1") } == 20)
            #expect(origin.requests == 1)
        }
    }

    @Test("when the answer cannot be kept, those who waited ask side by side, and then nobody waits")
    func uncacheable() async throws {
        let held = Signal<HTTPResponder>()
        // Answered only once all are there: of requests that came one after the other, none would be.
        let (waited, later) = (Gathering(count: 7), Gathering(count: 4))
        let origin = CountedOrigin { _, responder, number in
            guard number > 1 else { return held.succeed(responder) }
            (number <= 8 ? waited : later).answer(responder, response("answer \(number)", "no-store"))
        }
        try await withCache(origin) { port, _ in
            async let answers = self.crowd(8, port: port)
            let first = try await held.wait()
            first.send(response("answer 1", "no-store"), after: 300)
            let texts = try await answers.map { $0.suffix(8) }
            #expect(Set(texts).count == 8)
            #expect(origin.requests == 8)
            // Held back until all four have asked, too.
            _ = try await self.crowd(4, port: port)
            #expect(origin.requests == 12)
        }
    }

    @Test("who has waited long enough asks alone")
    func timeout() async throws {
        let held = Signal<HTTPResponder>()
        let origin = CountedOrigin { _, responder, number in
            number == 1 ? held.succeed(responder) : responder.send(response("answer \(number)", "max-age=60"))
        }
        try await withCache(origin, { $0.collapsedWaitMilliseconds = 200 }) { port, _ in
            async let leader = RawClient.exchange(port: port, get())
            let first = try await held.wait()
            let follower = try await RawClient.exchange(port: port, get())
            #expect(follower.hasSuffix("answer 2"))
            first.send(response("answer 1", "max-age=60"))
            let led = try await leader
            #expect(led.hasSuffix("answer 1"))
        }
    }

    @Test("the first client may leave; the others get what it asked for")
    func leaderLeaves() async throws {
        let held = Signal<HTTPResponder>()
        let origin = CountedOrigin { _, responder, number in
            number == 1 ? held.succeed(responder) : responder.send(response("answer \(number)", "max-age=60"))
        }
        try await withCache(origin) { port, cache in
            let leader = try await RawClient.connect(port: port)
            try await leader.send(get())
            let first = try await held.wait()
            async let answers = self.crowd(3, port: port)
            try await leader.reset()
            first.send(response("answer 1", "max-age=60"), after: 200)
            let texts = try await answers
            #expect(texts.allSatisfy { $0.hasSuffix("answer 1") } && origin.requests == 1)
            #expect(cache.figures.entries == 1)
        }
    }

    @Test("an origin that fails fails for each by itself")
    func failure() async throws {
        let origin = CountedOrigin { _, responder, number in
            responder.send(response("answer \(number)", "no-store", status: .internalServerError), after: 200)
        }
        try await withCache(origin) { port, _ in
            let answers = try await self.crowd(5, port: port)
            #expect(answers.allSatisfy { $0.hasPrefix("HTTP/1.1 500 ") } && origin.requests == 5)
        }
    }

    @Test("a first client that does not read does not keep the others waiting")
    func slowLeader() async throws {
        let body = String(repeating: "x", count: 4_000_000)
        let origin = CountedOrigin { _, responder, _ in
            var answer = response(body, "max-age=60")
            answer.headers.replaceOrAdd(name: "content-type", value: "application/octet-stream")
            responder.send(answer)
        }
        try await withCache(origin, { $0.collapsedWaitMilliseconds = 60_000 }) { port, cache in
            let leader = try await RawClient.connect(port: port, reads: false, receiveBufferBytes: 4096)
            try await leader.send(get())
            await eventually { origin.requests == 1 }
            // Together they make one more request and not one each.
            let clock = ContinuousClock()
            let start = clock.now
            let answers = try await self.crowd(5, port: port)
            #expect(answers.allSatisfy { $0.hasSuffix("\r\n\r\n" + body) })
            #expect(clock.now - start < .seconds(15) && origin.requests == 2 && cache.figures.entries == 1)
            try await leader.reset()
        }
    }

    @Test("credentials are never answered with what another asked for")
    func credentials() async throws {
        let origin = CountedOrigin { request, responder, _ in
            let name = request.headers.first(name: "authorization") ?? "nobody"
            responder.send(response("for \(name)", "max-age=60"), after: 100)
        }
        try await withCache(origin) { port, _ in
            async let one = RawClient.exchange(port: port, get("/a", "Authorization: one\r\n"))
            async let two = RawClient.exchange(port: port, get("/a", "Authorization: two\r\n"))
            async let none = RawClient.exchange(port: port, get())
            let answers = try await (one, two, none)
            #expect(
                answers.0.hasSuffix("for one") && answers.1.hasSuffix("for two") && answers.2.hasSuffix("for nobody"))
            #expect(origin.requests == 3)
        }
    }
}
