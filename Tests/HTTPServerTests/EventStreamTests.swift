import HTTPServer
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Testing
import WireTestSupport

struct EventStreamTests {
    private static func handler(_ opened: Signal<EventStream>) -> FunctionHandler {
        FunctionHandler { _, responder in opened.succeed(responder.startEventStream(headers: ["x-test": "1"])) }
    }

    @Test("sends events in chunks as they come, and the connection can be used again")
    func events() async throws {
        let opened = Signal<EventStream>()
        let handler = FunctionHandler { request, responder in
            if request.path == "/events" {
                opened.succeed(responder.startEventStream(headers: ["x-test": "1"]))
            } else {
                FunctionHandler.echo.handle(request, responder)
            }
        }
        try await withServer(handler: handler) { server in
            let client = try await RawClient.connect(port: server.port)
            try await client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
            let stream = try await opened.wait()
            #expect(stream.send(ServerSentEvent(event: "message", id: "1", data: ByteBuffer(string: "one\ntwo"))))
            let text = try await client.receive(until: "data: two\n\n")
            #expect(text.contains("content-type: text/event-stream\r\n"))
            #expect(text.contains("cache-control: no-cache\r\n"))
            #expect(text.contains("x-accel-buffering: no\r\n"))
            #expect(text.contains("x-test: 1\r\n"))
            #expect(text.contains("\r\n\r\n2a\r\nevent: message\nid: 1\ndata: one\ndata: two\n\n"))
            stream.finish()
            try await client.receive(until: "0\r\n\r\n")
            #expect(!stream.send(ServerSentEvent(data: ByteBuffer(string: "late"))))
            try await client.send("GET /again HTTP/1.1\r\nHost: x\r\n\r\n")
            try await client.receive(until: "GET /again ")
        }
    }

    @Test("comments while there is nothing to send")
    func keepAlive() async throws {
        var configuration = HTTPServerConfiguration()
        configuration.limits.keepAliveCommentInterval = .milliseconds(20)
        let opened = Signal<EventStream>()
        try await withServer(configuration, handler: Self.handler(opened)) { server in
            let client = try await RawClient.connect(port: server.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let stream = try await opened.wait()
            try await client.receive(until: ": keep-alive\n\n", count: 2)
            stream.finish()
        }
    }

    @Test("comments on every silent stream in turn, of HTTP/1.0 as well, and not on one that speaks")
    func keepAliveOfMany() async throws {
        var configuration = HTTPServerConfiguration()
        configuration.limits.keepAliveCommentInterval = .milliseconds(200)
        let busy = Signal<EventStream>()
        let handler = FunctionHandler { request, responder in
            let stream = responder.startEventStream()
            if request.path == "/busy" { busy.succeed(stream) }
            stream.onClose { _ = stream }
        }
        try await withServer(configuration, handler: handler) { server in
            var silent: [RawClient] = []
            for version in ["1.1", "1.0", "1.1"] {
                let client = try await RawClient.connect(port: server.port)
                try await client.send("GET / HTTP/\(version)\r\nHost: x\r\n\r\n")
                silent.append(client)
            }
            let talker = try await RawClient.connect(port: server.port)
            try await talker.send("GET /busy HTTP/1.1\r\nHost: x\r\n\r\n")
            let stream = try await busy.wait()
            let talk = Task {
                while !Task.isCancelled, stream.send(ServerSentEvent(data: ByteBuffer(string: "x"))) {
                    try? await Task.sleep(for: .milliseconds(20))
                }
            }
            for client in silent {
                let text = try await client.receive(until: ": keep-alive\n\n", count: 3)
                #expect(text.contains("x-accel-buffering: no\r\n") && text.contains("cache-control: no-cache\r\n"))
            }
            talk.cancel()
            await talk.value
            stream.finish()
            let text = try await talker.receive(until: "0\r\n\r\n")
            #expect(text.contains("data: x\n\n") && !text.contains("keep-alive"))
            for client in silent { try await client.close() }
        }
    }

    @Test("ends the response when the stream is dropped")
    func dropped() async throws {
        try await withServer(handler: FunctionHandler { _, responder in _ = responder.startEventStream() }) { server in
            let client = try await RawClient.connect(port: server.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            try await client.receive(until: "0\r\n\r\n")
        }
    }

    @Test("closes the stream of a client that does not read before it costs memory")
    func overflow() async throws {
        var configuration = HTTPServerConfiguration()
        configuration.limits.eventBacklogBytes = 100_000
        let opened = Signal<EventStream>()
        let closed = Signal<Void>()
        try await withServer(configuration, handler: Self.handler(opened)) { server in
            let client = try await RawClient.connect(port: server.port, reads: false, receiveBufferBytes: 4096)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let stream = try await opened.wait()
            stream.onClose { closed.succeed() }
            let event = ServerSentEvent(data: ByteBuffer(string: String(repeating: "x", count: 10_000)))
            var sent = 0
            // Kernel buffers take some megabytes at most; then the backlog fills.
            while stream.send(event) {
                sent += 1
                try #require(sent < 10_000)
            }
            try await closed.wait()
            #expect(!stream.send(event))
            try await client.close()
        }
    }

    @Test("lets a sender wait for a slow client, and all events arrive in order")
    func waiting() async throws {
        let opened = Signal<EventStream>()
        try await withServer(handler: Self.handler(opened)) { server in
            let client = try await RawClient.connect(port: server.port, reads: false, receiveBufferBytes: 4096)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let stream = try await opened.wait()
            let filler = String(repeating: "x", count: 20_000)
            let sender = Task {
                for number in 0..<400 {
                    await stream.waitUntilWritable()
                    guard stream.send(ServerSentEvent(id: "\(number)", data: ByteBuffer(string: filler))) else {
                        return false
                    }
                }
                stream.finish()
                return true
            }
            try await client.setReads(true)
            let text = try await client.receiveAll()
            #expect(await sender.value)
            let ids = text.split(separator: "id: ").dropFirst().map { $0.prefix { $0.isNumber } }
            #expect(ids == (0..<400).map { "\($0)"[...] })
        }
    }

    @Test("a sender that waits goes on when its task is cancelled or the client leaves")
    func waitEnds() async throws {
        let opened = Signal<EventStream>()
        try await withServer(handler: Self.handler(opened)) { server in
            let client = try await RawClient.connect(port: server.port, reads: false, receiveBufferBytes: 4096)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let stream = try await opened.wait()
            let event = ServerSentEvent(data: ByteBuffer(string: String(repeating: "x", count: 200_000)))
            let filler = Task {
                while !Task.isCancelled, stream.send(event) { await stream.waitUntilWritable() }
            }
            let waiter = Task { await stream.waitUntilWritable() }
            filler.cancel()
            waiter.cancel()
            await filler.value
            await waiter.value
            let closed = Signal<Void>()
            stream.onClose { closed.succeed() }
            let leaver = Task { await stream.waitUntilWritable() }
            try await client.close()
            try await closed.wait()
            await leaver.value
        }
    }

    @Test("tells when the client of a silent stream has gone")
    func clientLeaves() async throws {
        let opened = Signal<EventStream>()
        let closed = Signal<Void>()
        try await withServer(handler: Self.handler(opened)) { server in
            let client = try await RawClient.connect(port: server.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let stream = try await opened.wait()
            stream.onClose { closed.succeed() }
            try await client.receive(until: "\r\n\r\n")
            try await client.close()
            try await closed.wait()
        }
    }
}
