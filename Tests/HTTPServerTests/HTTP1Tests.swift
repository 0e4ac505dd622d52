import HTTPServer
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing
import WireTestSupport

struct HTTP1Tests {
    @Test("answers on a connection that stays open, and closes when asked to")
    func keepAlive() async throws {
        try await withServer { server in
            let client = try await RawClient.connect(port: server.port)
            try await client.send("GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n")
            let first = try await client.receive(until: "GET /a?b=c ")
            #expect(first.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(first.contains("content-length: 11\r\n"))
            #expect(!first.contains("connection:"))
            try await client.send("POST /d HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
            let all = try await client.receiveAll()
            #expect(all.hasSuffix("POST /d hello"))
            #expect(all.contains("connection: close\r\n"))
        }
    }

    @Test("answers pipelined requests in order, also when the first takes longer")
    func pipelining() async throws {
        let handler = FunctionHandler { request, responder in
            if request.path == "/1" {
                MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: .milliseconds(20)) {
                    FunctionHandler.echo.handle(request, responder)
                }
            } else {
                FunctionHandler.echo.handle(request, responder)
            }
        }
        try await withServer(handler: handler) { server in
            let client = try await RawClient.connect(port: server.port)
            let requests = (1...9).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined()
            try await client.send(requests)
            let all = try await client.receive(until: "GET /9 ")
            let order = all.split(separator: "GET /").dropFirst().compactMap { $0.first.map(String.init) }
            #expect(order == (1...9).map(String.init))
        }
    }

    @Test("answers HEAD with the length but without the body")
    func head() async throws {
        try await withServer { server in
            let answer = try await RawClient.exchange(
                port: server.port, "HEAD /abc HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(answer.contains("content-length: 10\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n"))
        }
    }

    @Test("asks for the body of a client that waits for leave to send it")
    func expectContinue() async throws {
        try await withServer { server in
            let client = try await RawClient.connect(port: server.port)
            try await client.send(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
            try await client.receive(until: "HTTP/1.1 100 Continue\r\n\r\n")
            try await client.send("hi")
            #expect(try await client.receiveAll().hasSuffix("POST / hi"))
        }
    }

    @Test("reads a chunked body")
    func chunked() async throws {
        try await withServer { server in
            let answer = try await RawClient.exchange(
                port: server.port,
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                    + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")
            #expect(answer.hasSuffix("POST / abcde"))
        }
    }

    @Test("answers a client that has ended its side after the request")
    func halfClose() async throws {
        let handler = FunctionHandler { request, responder in
            MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: .milliseconds(50)) {
                FunctionHandler.echo.handle(request, responder)
            }
        }
        try await withServer(handler: handler) { server in
            let client = try await RawClient.connect(port: server.port)
            try await client.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n")
            try await client.closeOutput()
            let all = try await client.receiveAll()
            #expect(all.contains("GET /1 "))
            #expect(all.hasSuffix("GET /2 "))
        }
    }

    @Test("keeps an HTTP/1.0 connection open only when asked to")
    func http10() async throws {
        try await withServer { server in
            let closed = try await RawClient.exchange(port: server.port, "GET /0 HTTP/1.0\r\n\r\n")
            #expect(closed.contains("connection: close\r\n"))
            let client = try await RawClient.connect(port: server.port)
            try await client.send("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            let answer = try await client.receive(until: "GET /1 ")
            #expect(answer.contains("connection: keep-alive\r\n"))
            try await client.close()
        }
    }

    @Test("answers 500 when a handler forgets to answer")
    func forgottenAnswer() async throws {
        try await withServer(handler: FunctionHandler { _, _ in }) { server in
            let answer = try await RawClient.exchange(
                port: server.port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 500 Internal Server Error\r\n"))
            #expect(answer.hasSuffix(#"{"error":"Internal Server Error","message":"The request was not answered."}"#))
        }
    }

    @Test("tells of a client that goes away before its answer")
    func disconnect() async throws {
        let asked = Signal<Void>()
        let gone = Signal<Void>()
        let handler = FunctionHandler { _, responder in
            responder.onDisconnect {
                gone.succeed()
                _ = responder
            }
            asked.succeed()
        }
        try await withServer(handler: handler) { server in
            let client = try await RawClient.connect(port: server.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            try await asked.wait()
            try await client.close()
            try await gone.wait("disconnect")
        }
    }
}
