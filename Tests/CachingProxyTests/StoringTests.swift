import HTTPCache
import HTTPServer
import NIOCore
import NIOHTTP1
import Streaming
import TestSupport
import Testing
import WireTestSupport

/// What goes into the cache while it goes to a client.
struct StoringTests {
    /// What comes must end with `end`.
    private func expect(_ end: String, at port: Int, asking request: String = get()) async throws {
        let answer = try await RawClient.exchange(port: port, request)
        #expect(answer.hasSuffix(end), "\(answer.utf8.count) bytes: \(answer.prefix(500))")
    }

    /// A text in which a piece in the wrong place shows.
    private static func letters(_ count: Int) -> String {
        String(decoding: (0..<count).map { UInt8(97 + ($0 + $0 / 1000) % 26) }, as: UTF8.self)
    }

    @Test("a large body reaches the client whole and is given again", arguments: [1000, 100_000, 3_000_000])
    func largeBody(count: Int) async throws {
        let body = StoringTests.letters(count)
        let origin = CountedOrigin { _, responder, _ in
            var answer = response(body, "max-age=60")
            answer.headers.replaceOrAdd(name: "content-type", value: "application/octet-stream")
            responder.send(answer)
        }
        try await withCache(origin) { port, cache in
            for _ in 0..<3 { try await self.expect("\r\n\r\n" + body, at: port) }
            #expect(origin.requests == 1 && cache.figures.entries == 1)
        }
    }

    @Test("a body beyond the limit streams through and is not kept")
    func tooLarge() async throws {
        let body = StoringTests.letters(500_000)
        let origin = CountedOrigin { request, responder, _ in
            guard request.path == "/chunked" else { return responder.send(response(body, "max-age=60")) }
            let writer = responder.startBody(StreamedResponse(status: .ok, headers: ["cache-control": "max-age=60"]))
            writer.write(ByteBuffer(string: body))
            writer.finish()
        }
        try await withCache(origin, { $0.largestBodyBytes = 100_000 }) { port, cache in
            for _ in 0..<2 { try await self.expect("\r\n\r\n" + body, at: port) }
            let chunked = try await RawClient.exchange(port: port, get("/chunked"))
            #expect(chunked.utf8.count > body.utf8.count && chunked.hasSuffix("0\r\n\r\n"))
            #expect(origin.requests == 3 && cache.figures.entries == 0)
        }
    }

    @Test("a body in chunks is kept, and given with its length")
    func chunked() async throws {
        let origin = CountedOrigin { _, responder, _ in
            let writer = responder.startBody(StreamedResponse(status: .ok, headers: ["cache-control": "max-age=60"]))
            writer.write(ByteBuffer(string: "one "))
            responder.eventLoop.scheduleTask(in: .milliseconds(50)) {
                writer.write(ByteBuffer(string: "two"))
                writer.finish()
            }
        }
        try await withCache(origin) { port, _ in
            try await self.expect("0\r\n\r\n", at: port)
            let again = try await RawClient.exchange(port: port, get())
            #expect(again.hasSuffix("\r\n\r\none two") && again.contains("content-length: 7\r\n"))
            #expect(origin.requests == 1)
        }
    }

    @Test("what breaks off is cut off for the client and not kept")
    func brokenOff() async throws {
        let script: FaultyUpstream.Script = { _, _ in
            [.send("HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 10\r\n\r\nhello"), .close]
        }
        try await FaultyUpstream.run(script) { upstream in
            let cache = HTTPCache()
            try await withCache(cache, to: upstream.origin) { port in
                for _ in 0..<2 {
                    let answer = try await RawClient.exchange(port: port, get())
                    #expect(!answer.hasSuffix("hellohello") && answer.count { $0 == "h" } > 0)
                }
            }
            #expect(cache.figures.entries == 0 && upstream.requests.count >= 2)
        }
    }

    @Test("a client that leaves in the middle does not keep the answer from the store")
    func clientLeaves() async throws {
        let held = Signal<BodyWriter>()
        let origin = CountedOrigin { _, responder, _ in
            let writer = responder.startBody(
                StreamedResponse(status: .ok, headers: ["cache-control": "max-age=60"], contentLength: 10))
            writer.write(ByteBuffer(string: "hello"))
            held.succeed(writer)
        }
        try await withCache(origin) { port, cache in
            let client = try await RawClient.connect(port: port)
            try await client.send(get())
            let writer = try await held.wait()
            try await client.receive(until: "hello")
            try await client.reset()
            writer.write(ByteBuffer(string: "world"))
            writer.finish()
            await eventually { cache.figures.entries == 1 }
            let again = try await RawClient.exchange(port: port, get())
            #expect(again.hasSuffix("helloworld") && origin.requests == 1)
        }
    }

    @Test("a client that does not read slows the origin down")
    func backpressure() async throws {
        let written = ByteCounter()
        func endless(_ cacheControl: String) -> CountedOrigin {
            CountedOrigin { _, responder, _ in
                let head = StreamedResponse(status: .ok, headers: ["cache-control": cacheControl])
                let writer = responder.startBody(head)
                Task {
                    for _ in 0..<2000 {
                        guard writer.write(ByteBuffer(repeating: 0x78, count: 65_536)) != .closed else { return }
                        written.add(65_536)
                        await writer.waitUntilWritable()
                    }
                }
            }
        }
        for origin in [endless("no-store"), endless("max-age=60")] {
            try await withCache(origin) { port, _ in
                let before = written.value
                let client = try await RawClient.connect(port: port, reads: false, receiveBufferBytes: 16_384)
                try await client.send(get())
                try await written.untilStill()
                #expect(written.value - before < 60_000_000)
                try await client.close()
            }
        }
    }

    @Test("a stale answer goes out at once and is refreshed behind it, by one")
    func refresh() async throws {
        let origin = CountedOrigin { _, responder, number in
            responder.send(
                response("answer \(number)", "max-age=0, stale-while-revalidate=60"), after: number == 1 ? 0 : 200)
        }
        try await withCache(origin) { port, _ in
            try await self.expect("answer 1", at: port)
            for _ in 0..<5 { try await self.expect("answer 1", at: port) }
            #expect(origin.requests == 2)
            try await eventually { try await RawClient.exchange(port: port, get()).hasSuffix("answer 2") }
        }
    }

    @Test("text is given compressed to who takes it, without compressing again")
    func compressed() async throws {
        let text = String(repeating: "espresso ", count: 500)
        let origin = CountedOrigin { _, responder, _ in responder.send(response(text, "max-age=60")) }
        try await withCache(origin) { port, cache in
            let gzip = get("/a", "Accept-Encoding: gzip\r\n")
            _ = try await RawClient.exchange(port: port, gzip)
            try await self.expect(text, at: port)
            let packed = try await RawClient.exchange(port: port, gzip)
            #expect(packed.contains("content-encoding: gzip\r\n") && packed.utf8.count < 600)
            #expect(cache.figures.bytes < 1000 && origin.requests == 1)
        }
    }

    @Test("parts that were asked for one after the other become the whole")
    func parts() async throws {
        let text = StoringTests.letters(10_000)
        let origin = CountedOrigin { request, responder, _ in
            let range = request.headers.first(name: "range")?.wholeMatch(of: /bytes=(\d+)-(\d+)/)
            guard let first = range.flatMap({ Int($0.1) }), let last = range.flatMap({ Int($0.2) }) else {
                return responder.send(response("not a part", "no-store"))
            }
            var part = response(
                String(text.dropFirst(first).prefix(last - first + 1)), "max-age=60", status: .partialContent)
            part.headers.add(name: "content-range", value: "bytes \(first)-\(last)/\(text.utf8.count)")
            part.headers.add(name: "etag", value: "\"v\"")
            responder.send(part)
        }
        try await withCache(origin) { port, cache in
            for range in ["0-3999", "6000-9999", "3500-6500"] {
                let answer = try await RawClient.exchange(port: port, get("/a", "Range: bytes=\(range)\r\n"))
                #expect(answer.hasPrefix("HTTP/1.1 206 ") && answer.contains("fwd="))
            }
            let part = try await RawClient.exchange(port: port, get("/a", "Range: bytes=-5000\r\n"))
            #expect(part.hasPrefix("HTTP/1.1 206 ") && part.hasSuffix("\r\n\r\n" + text.suffix(5000)))
            let whole = try await RawClient.exchange(port: port, get("/a"))
            #expect(whole.hasPrefix("HTTP/1.1 200 ") && whole.hasSuffix("\r\n\r\n" + text))
            #expect(origin.requests == 3 && cache.figures.entries == 1)
        }
    }

    @Test("one connection gets hits and misses in turn")
    func keptConnection() async throws {
        let origin = CountedOrigin { request, responder, number in
            responder.send(response("\(request.path) \(number).", "max-age=60"))
        }
        try await withCache(origin) { port, _ in
            let client = try await RawClient.connect(port: port)
            for path in ["/a", "/b", "/a", "/a", "/b"] {
                try await client.send("GET \(path) HTTP/1.1\r\nHost: shop.test\r\n\r\n")
                try await client.receive(until: path == "/a" ? "/a 1." : "/b 2.")
            }
            // Two at once, without waiting for the first.
            try await client.send(
                "GET /a HTTP/1.1\r\nHost: shop.test\r\n\r\nHEAD /b HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n"
            )
            let all = try await client.receiveAll()
            #expect(all.split(separator: "HTTP/1.1 200 OK").count == 7 && origin.requests == 2)
            #expect(all.hasSuffix("content-length: 5\r\nconnection: close\r\n\r\n"))
        }
    }

    @Test("a request with content is never answered from the store")
    func content() async throws {
        let origin = CountedOrigin { request, responder, number in
            responder.send(response("\(number) \(String(buffer: request.body))", "max-age=60"))
        }
        try await withCache(origin) { port, _ in
            try await self.expect("1 ", at: port)
            let asked = "GET /a HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc"
            try await self.expect("2 abc", at: port, asking: asked)
            try await self.expect("1 ", at: port)
        }
    }
}
