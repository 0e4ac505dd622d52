import NIOCore
import NIOHTTP1
import Testing

@testable import HTTPServer

struct HTTP1EncodingTests {
    private func encode(
        _ response: HTTPResponse, _ persistence: HTTP1Encoding.Persistence = .keepAlive, isChunked: Bool = false
    ) -> (String, ByteBuffer?) {
        var configuration = HTTPServerConfiguration()
        configuration.addsSecurityHeaders = false
        let composed = ResponseComposer(configuration: configuration).compose(
            response, method: .GET, requestHeaders: [:], date: "now", gzip: { _ in nil })
        let (first, rest) = HTTP1Encoding.encode(composed, persistence, isChunked: isChunked)
        return (String(buffer: first), rest)
    }

    @Test("writes status, headers and a small body in one piece")
    func small() {
        let response = HTTPResponse(
            status: .created, headers: ["X-Text": "é\t1", "x-empty": ""], body: ByteBuffer(string: "body"))
        let (text, rest) = self.encode(response)
        #expect(
            text
                == "HTTP/1.1 201 Created\r\nX-Text: é\t1\r\nx-empty: \r\ncontent-length: 4\r\ndate: now\r\n\r\nbody")
        #expect(rest == nil)
    }

    @Test("leaves a large body where it is", arguments: [(16 * 1024, true), (16 * 1024 + 1, false)])
    func large(bytes: Int, isInline: Bool) {
        let body = ByteBuffer(repeating: UInt8(ascii: "x"), count: bytes)
        let (text, rest) = self.encode(HTTPResponse(status: .ok, body: body))
        #expect(text.hasSuffix(isInline ? "x" : "\r\n\r\n"))
        #expect(rest == (isInline ? nil : body))
    }

    @Test("says how the message ends and whether the connection stays")
    func framing() {
        let response = HTTPResponse(status: .noContent)
        #expect(self.encode(response, .close).0.hasSuffix("date: now\r\nconnection: close\r\n\r\n"))
        #expect(self.encode(response, .explicitKeepAlive).0.hasSuffix("connection: keep-alive\r\n\r\n"))
        #expect(self.encode(response, isChunked: true).0.hasSuffix("transfer-encoding: chunked\r\n\r\n"))
    }

    @Test("does not trust a reason phrase to be short")
    func phrase() {
        let status = HTTPResponseStatus.custom(code: 599, reasonPhrase: String(repeating: "long ", count: 10_000))
        #expect(self.encode(HTTPResponse(status: status)).0.hasPrefix("HTTP/1.1 599 long long"))
    }

    @Test("writes headers of any number and size")
    func manyHeaders() {
        var headers = HTTPHeaders()
        for index in 0..<300 { headers.add(name: "x-\(index)", value: String(repeating: "v", count: index * 10)) }
        let (text, _) = self.encode(HTTPResponse(status: .ok, headers: headers))
        #expect(text.split(separator: "\r\n").count == 303 && text.contains("\r\nx-299: vvv"))
    }
}
