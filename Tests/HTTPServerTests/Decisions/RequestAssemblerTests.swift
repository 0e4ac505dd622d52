import NIOCore
import NIOHTTP1
import Testing

@testable import HTTPServer

struct RequestAssemblerTests {
    private var limits: HTTPServerConfiguration.Limits {
        var limits = HTTPServerConfiguration.Limits()
        limits.bodyBytes = 8
        limits.headerBytes = 200
        return limits
    }

    private func head(
        _ headers: HTTPHeaders, uri: String = "/", method: HTTPMethod = .POST, version: HTTPVersion = .http1_1
    )
        -> HTTPServerRequestPart
    {
        .head(HTTPRequestHead(version: version, method: method, uri: uri, headers: headers))
    }

    private func refusal(_ action: RequestAssembler.Action) -> HTTPRefusal? {
        if case .refuse(let refusal) = action { refusal } else { nil }
    }

    @Test("puts requests together, one after another")
    func requests() throws {
        var assembler = RequestAssembler(limits: self.limits, isHTTP2: false)
        for text in ["one", "two"] {
            _ = assembler.receive(self.head(["host": "x", "content-length": "6"], uri: "/a?b"))
            #expect(assembler.awaiting == .body)
            _ = assembler.receive(.body(ByteBuffer(string: text)))
            _ = assembler.receive(.body(ByteBuffer(string: text)))
            guard case .handle(let whole) = assembler.receive(.end(nil)) else {
                Issue.record("no request")
                return
            }
            let request = whole.request(on: ConnectionInfo())
            #expect(request.path == "/a" && request.query == "b" && String(buffer: request.body) == text + text)
            #expect(assembler.awaiting == .head)
        }
    }

    @Test(
        "refuses what the parser of another protocol would let through",
        arguments: [
            (["host": "x", "content-length": "9"], 413), (["host": "x", "content-length": "1x"], 400),
            (["host": "x", "content-length": "1", "Content-Length": "2"], 400),
            (["host": "x", "content-length": "1", "transfer-encoding": "chunked"], 400),
            (["host": "x", "transfer-encoding": "gzip"], 501), (["host": "x", "host": "y"], 400), ([:], 400),
            (["host": "x", "expect": "more"], 417), (["host": "x", "x": String(repeating: "y", count: 200)], 431),
        ] as [(HTTPHeaders, UInt)])
    func refusals(headers: HTTPHeaders, status: UInt) {
        var assembler = RequestAssembler(limits: self.limits, isHTTP2: false)
        #expect(self.refusal(assembler.receive(self.head(headers)))?.status.code == status)
        #expect(assembler.awaiting == .nothing)
        // The rest of a refused request is nobody's.
        for part in [HTTPServerRequestPart.body(ByteBuffer(string: "x")), .end(nil)] {
            guard case .none = assembler.receive(part) else {
                Issue.record("acted on a refused request")
                return
            }
        }
    }

    @Test("counts the body as it arrives")
    func bodyLimit() {
        var assembler = RequestAssembler(limits: self.limits, isHTTP2: true)
        _ = assembler.receive(self.head([:]))
        #expect(self.refusal(assembler.receive(.body(ByteBuffer(string: "12345678")))) == nil)
        #expect(self.refusal(assembler.receive(.body(ByteBuffer(string: "9")))) == .bodyTooLarge(limitBytes: 8))
    }

    @Test("allows a waiting client to send its body, unless there is none or HTTP/1.0 is spoken")
    func expectation() {
        let expect: HTTPHeaders = ["host": "x", "expect": "100-Continue"]
        let table: [(HTTPHeaders, HTTPVersion, Bool)] = [
            (["content-length": "3"], .http1_1, true), (["content-length": "0"], .http1_1, false),
            ([:], .http1_1, false),
            (["transfer-encoding": "chunked"], .http1_1, true), (["content-length": "3"], .http1_0, false),
        ]
        for (headers, version, isContinued) in table {
            var assembler = RequestAssembler(limits: self.limits, isHTTP2: false)
            var all = expect
            all.add(contentsOf: headers)
            let action = assembler.receive(self.head(all, version: version))
            if case .sendContinue = action { #expect(isContinued) } else { #expect(!isContinued, "\(headers)") }
        }
    }

    @Test("refuses parts out of order")
    func order() {
        var assembler = RequestAssembler(limits: self.limits, isHTTP2: true)
        #expect(self.refusal(assembler.receive(.end(nil))) == .malformed)
        assembler = RequestAssembler(limits: self.limits, isHTTP2: true)
        _ = assembler.receive(self.head([:]))
        #expect(self.refusal(assembler.receive(self.head([:]))) == .malformed)
    }

    @Test(
        "finds path and query in every form of target",
        arguments: [
            ("/", "/", nil), ("/a/b%20c", "/a/b%20c", nil), ("/a?", "/a", ""), ("/a?b=c?d", "/a", "b=c?d"),
            ("*", "*", nil),
            ("http://h/x?y", "/x", "y"), ("HTTPS://h", "/", nil), ("http://h?q", "/", "q"),
        ] as [(String, String, String?)])
    func target(text: String, path: String, query: String?) {
        let target = RequestTarget(text)
        #expect(target?.path == path && target?.query == query)
    }

    @Test(
        "refuses targets that are no paths", arguments: ["", "a", "h:443", "ftp://x/", "http://", "/a b", "/é", "/a#b"])
    func badTarget(text: String) { #expect(RequestTarget(text) == nil) }
}
