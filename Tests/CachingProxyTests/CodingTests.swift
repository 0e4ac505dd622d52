import Compression
import Foundation
import HTTPCache
import HTTPServer
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ReverseProxy
import Streaming
import TestSupport
import Testing
import UpstreamPipeline
import WireTestSupport

@testable import CachingProxy

/// Text that the origin sends plain, in gzip to those who take it.
struct CodingTests {
    private static let text = String(repeating: "espresso, cortado, ristretto; ", count: 500)
    private static let gzip = "Accept-Encoding: gzip\r\n"

    /// What curl got: it restores what comes in gzip.
    private struct Answer {
        var head: String
        var body: String
        func has(_ line: String) -> Bool { self.head.lowercased().contains("\r\n" + line.lowercased() + "\r\n") }
        func has(field: String) -> Bool { self.head.lowercased().contains("\r\n" + field + ":") }
    }

    private func ask(_ port: Int, _ path: String = "/a", _ arguments: [String] = ["--compressed"]) async throws
        -> Answer
    {
        let result = try await Command.run(
            "curl", ["-sS", "-i", "-H", "Host: shop.test"] + arguments + ["http://127.0.0.1:\(port)\(path)"])
        #expect(result.status == 0, "\(result.errors)")
        let end = result.output.range(of: "\r\n\r\n")
        return Answer(
            head: String(result.output[..<(end?.upperBound ?? result.output.endIndex)]),
            body: end.map { String(result.output[$0.upperBound...]) } ?? "")
    }

    /// Runs `body` against a proxy without a cache.
    private func withoutCache(
        _ origin: CountedOrigin, _ minimumBytes: Int? = 512, _ body: @Sendable (Int) async throws -> Void
    ) async throws {
        var plain = HTTPServerConfiguration()
        plain.addsSecurityHeaders = false
        plain.compresses = false
        try await withServer(plain, handler: origin) { server in
            let address = "http://127.0.0.1:\(server.port)"
            let curl = try CurlTransport(configuration: PipelineConfiguration(origin: address))
            defer { curl.shutdown() }
            let proxy = ReverseProxy(
                configuration: ProxyConfiguration(path: "/", origin: address), transport: curl,
                stage: UncachedStage(coding: AnswerCoding(minimumBytes: minimumBytes, level: 5)),
                logger: Logger(label: "proxy") { _ in SwiftLogNoOpLogHandler() })
            try await withServer(handler: proxy) { try await body($0.port) }
        }
    }

    private static func page(_ change: (inout HTTPResponse) -> Void = { _ in }) -> HTTPResponse {
        var page = response(self.text, "no-store")
        page.headers.add(name: "etag", value: "\"v\"")
        page.headers.add(name: "accept-ranges", value: "bytes")
        change(&page)
        return page
    }

    @Test("text goes in gzip, with a weak tag, Vary and no length; HEAD says the same; others get it as it came")
    func compresses() async throws {
        let origin = CountedOrigin { _, responder, _ in responder.send(Self.page()) }
        try await self.withoutCache(origin) { port in
            for arguments in [["--compressed"], ["--compressed", "--http1.0"], ["--compressed", "--head"]] {
                let packed = try await self.ask(port, "/a", arguments)
                #expect(packed.body == (arguments.contains("--head") ? "" : Self.text))
                #expect(packed.has("content-encoding: gzip") && packed.has("etag: W/\"v\""), "\(packed.head)")
                #expect(packed.has("vary: Accept-Encoding"))
                #expect(!packed.has(field: "content-length") && !packed.has(field: "accept-ranges"))
            }
            for arguments in [[], ["-H", "Accept-Encoding: br"], ["-H", "Accept-Encoding: gzip;q=0"]] {
                let plain = try await self.ask(port, "/a", arguments)
                #expect(plain.body == Self.text && !plain.has(field: "content-encoding"))
                #expect(plain.has("etag: \"v\"") && plain.has("vary: Accept-Encoding"), "\(plain.head)")
                #expect(plain.has("content-length: \(Self.text.utf8.count)") && plain.has("accept-ranges: bytes"))
            }
        }
    }

    @Test("what must not be changed, or would not pay, goes as it came")
    func leavesAlone() async throws {
        let origin = CountedOrigin { request, responder, _ in
            responder.send(
                Self.page { page in
                    switch request.path {
                    case "/picture": page.headers.replaceOrAdd(name: "content-type", value: "image/png")
                    case "/events": page.headers.replaceOrAdd(name: "content-type", value: "text/event-stream")
                    case "/untyped": page.headers.remove(name: "content-type")
                    case "/fixed": page.headers.replaceOrAdd(name: "cache-control", value: "max-age=1, No-Transform")
                    case "/part":
                        page.status = .partialContent
                        page.headers.add(name: "content-range", value: "bytes 0-14999/20000")
                    case "/digest": page.headers.add(name: "content-digest", value: "sha-256=:AAAA:")
                    case "/coded": page.headers.add(name: "content-encoding", value: "identity")
                    case "/small": page.body = ByteBuffer(string: "small")
                    default: break
                    }
                })
        }
        try await self.withoutCache(origin) { port in
            for path in ["picture", "events", "untyped", "fixed", "part", "digest", "coded", "small"] {
                let answer = try await self.ask(port, "/" + path, ["--compressed", "--raw"])
                #expect(!answer.has("content-encoding: gzip") && !answer.has(field: "vary"), "\(path): \(answer.head)")
                #expect(answer.has("etag: \"v\"") && answer.has(field: "content-length"), "\(path)")
                #expect(path == "small" || answer.body == Self.text, "\(path)")
            }
            let asked = try await self.ask(port, "/a", ["--compressed", "-H", "Cache-Control: no-transform"])
            #expect(!asked.has(field: "content-encoding") && asked.body == Self.text)
        }
        try await self.withoutCache(origin, nil) { port in
            let off = try await self.ask(port)
            #expect(!off.has(field: "content-encoding") && !off.has(field: "vary") && off.body == Self.text)
        }
    }

    @Test("a 304 for what a client got compressed has the tag it knows")
    func notModified() async throws {
        let origin = CountedOrigin { _, responder, _ in
            responder.send(HTTPResponse(status: .notModified, headers: ["etag": "\"v\""]))
        }
        try await self.withoutCache(origin) { port in
            for (asked, told) in [("W/\"v\"", "W/\"v\""), ("\"v\"", "\"v\"")] {
                let answer = try await self.ask(port, "/a", ["--compressed", "-H", "If-None-Match: \(asked)"])
                #expect(answer.has("etag: \(told)"), "\(answer.head)")
            }
        }
    }

    @Test("what comes slowly goes out as it comes, with the cache and without", arguments: [true, false])
    func slowly(isCached: Bool) async throws {
        let held = Signal<BodyWriter>()
        let origin = CountedOrigin { _, responder, _ in
            let writer = responder.startBody(
                StreamedResponse(
                    status: .ok, headers: ["content-type": "text/plain", "cache-control": "max-age=60"]))
            writer.write(ByteBuffer(string: "first line\n"))
            held.succeed(writer)
        }
        @Sendable func exchange(_ port: Int) async throws {
            let client = try await RawClient.connect(port: port)
            try await client.send(get("/a", Self.gzip))
            // The first byte of gzip, while the origin still holds the rest back.
            let start = try await client.receive(until: "\u{1F}")
            #expect(start.contains("content-encoding: gzip\r\n") && !start.hasSuffix("0\r\n\r\n"))
            let writer = try await held.wait()
            writer.write(ByteBuffer(string: "second line\n"))
            writer.finish()
            #expect(try await client.receiveAll().hasSuffix("\r\n0\r\n\r\n"))
        }
        if isCached {
            try await withCache(origin) { port, cache in
                try await exchange(port)
                let packed = try await self.ask(port)
                #expect(packed.body == "first line\nsecond line\n" && packed.has("content-encoding: gzip"))
                let plain = try await self.ask(port, "/a", [])
                #expect(plain.body == "first line\nsecond line\n" && !plain.has(field: "content-encoding"))
                #expect(origin.requests == 1 && cache.figures.entries == 1)
            }
        } else {
            try await self.withoutCache(origin) { try await exchange($0) }
        }
    }

    @Test("what a client got in gzip is kept so, and given to all", arguments: [2000, 100_000, 3_000_000])
    func kept(count: Int) async throws {
        // Hardly compressible, so that it comes in many pieces.
        var random = SystemRandomNumberGenerator()
        let text = String(decoding: (0..<count).map { _ in UInt8.random(in: 97...112, using: &random) }, as: UTF8.self)
        let origin = CountedOrigin { _, responder, _ in
            var answer = response(text, "max-age=60")
            answer.headers.add(name: "etag", value: "\"v\"")
            answer.headers.add(name: "accept-ranges", value: "bytes")
            responder.send(answer)
        }
        try await withCache(origin) { port, cache in
            for number in 0..<3 {
                let packed = try await self.ask(port)
                #expect(packed.body == text && packed.has("content-encoding: gzip") && packed.has("etag: W/\"v\""))
                #expect(packed.has(field: "age") == (number > 0) && packed.has("vary: Accept-Encoding"))
                #expect(packed.has(field: "content-length") == (number > 0) && !packed.has(field: "accept-ranges"))
            }
            let plain = try await self.ask(port, "/a", [])
            #expect(plain.body == text && plain.has("etag: \"v\"") && plain.has("content-length: \(count)"))
            let part = try await self.ask(port, "/a", ["-r", "10-19"])
            #expect(part.body == String(text.dropFirst(10).prefix(10)))
            #expect(origin.requests == 1 && cache.figures.bytes < count * 7 / 10 + 1000)
        }
    }

    @Test("what others asked for plain is compressed for the first who takes gzip, once")
    func packed() async throws {
        let origin = CountedOrigin { _, responder, _ in responder.send(response(Self.text, "max-age=60")) }
        try await withCache(origin) { port, cache in
            for _ in 0..<2 {
                let plain = try await self.ask(port, "/a", [])
                #expect(plain.body == Self.text && plain.has("vary: Accept-Encoding"))
            }
            let before = cache.figures.bytes
            #expect(before > Self.text.utf8.count)
            let first = try await self.ask(port)
            #expect(first.body == Self.text)
            await eventually { cache.figures.bytes < before / 10 }
            let packed = try await self.ask(port)
            #expect(packed.body == Self.text && packed.has("content-encoding: gzip"))
            let plain = try await self.ask(port, "/a", [])
            #expect(plain.body == Self.text && !plain.has(field: "content-encoding"))
            #expect(origin.requests == 1 && cache.figures.entries == 1)
        }
    }

    @Test("a client that leaves, or does not read, stops the origin")
    func leaves() async throws {
        let (written, closed) = (ByteCounter(), ByteCounter())
        let origin = CountedOrigin { request, responder, _ in
            let writer = responder.startBody(
                StreamedResponse(status: .ok, headers: ["content-type": "text/plain", "cache-control": "no-store"]))
            guard request.path == "/endless" else {
                writer.write(ByteBuffer(string: "first"))
                // Nothing more comes: it must be the client's leaving that ends it.
                return writer.onClose { withExtendedLifetime(writer) { closed.add(1) } }
            }
            Task {
                var random = SystemRandomNumberGenerator()
                let piece = ByteBuffer(bytes: (0..<65_536).map { _ in UInt8.random(in: 32...126, using: &random) })
                for _ in 0..<2000 {
                    guard writer.write(piece) != .closed else { return }
                    written.add(65_536)
                    await writer.waitUntilWritable()
                }
            }
        }
        try await self.withoutCache(origin) { port in
            let client = try await RawClient.connect(port: port, reads: false, receiveBufferBytes: 4096)
            try await client.send(get("/endless", Self.gzip))
            await eventually { written.value > 0 }
            var (last, still) = (0, 0)
            while still < 5 {
                try await Task.sleep(for: .milliseconds(100))
                still = written.value == last ? still + 1 : 0
                last = written.value
            }
            #expect(last < 40_000_000)
            try await client.reset()
            let quiet = try await RawClient.connect(port: port)
            try await quiet.send(get("/quiet", Self.gzip))
            try await quiet.receive(until: "\u{1F}")
            #expect(closed.value == 0)
            try await quiet.reset()
            await eventually { closed.value == 1 }
            #expect(closed.value == 1)
        }
    }

    @Test("each piece can be restored as soon as it is there, and a break is passed on")
    func pieces() async throws {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.any()
        let source = BodyPipe()
        let coding = AnswerCoding(minimumBytes: 1, level: 5)
        let output = coding.compressed(source, on: eventLoop).output
        var (model, trailer, received) = (GzipStream(), ByteBuffer(), ByteBuffer())
        let compressor = GzipCompressor(segmentLevel: 5)
        for text in ["one", "two two", String(repeating: "three", count: 100)] {
            source.write(ByteBuffer(string: text))
            _ = try model.compress(ByteBuffer(string: text), by: compressor)
            var end = model
            trailer = end.finish()
            await eventually { output.queuedBytes > 0 }
            guard case .bytes(let bytes) = output.read() else { break }
            received.writeImmutableBuffer(bytes)
            var whole = received
            whole.writeImmutableBuffer(trailer)
            #expect(try String(buffer: Gzip.decompress(whole, limitBytes: 10_000)).hasSuffix(text))
        }
        source.fail(.cutOff)
        await eventually { !output.isOpen }
        #expect(output.read() == .failed(.cutOff))
    }
}
