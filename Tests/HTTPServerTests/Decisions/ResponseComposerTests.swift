import Compression
import NIOCore
import NIOHTTP1
import Testing

@testable import HTTPServer

struct ResponseComposerTests {
    private let large = ByteBuffer(repeating: UInt8(ascii: "a"), count: 2000)

    private func compose(
        _ response: HTTPResponse, method: HTTPMethod = .GET, accepts: String? = "gzip",
        _ change: (inout HTTPServerConfiguration) -> Void = { _ in }
    ) -> ComposedResponse {
        var configuration = HTTPServerConfiguration()
        change(&configuration)
        return ResponseComposer(configuration: configuration).compose(
            response, method: method, requestHeaders: accepts.map { ["accept-encoding": $0] } ?? [:], date: "now",
            gzip: { try? Gzip.compress($0) })
    }

    @Test("adds the security headers and the date, but leaves alone what a handler set")
    func securityHeaders() {
        let plain = self.compose(HTTPResponse(status: .ok))
        let expected: HTTPHeaders = [
            "content-length": "0", "date": "now", "cache-control": "no-store", "x-content-type-options": "nosniff",
            "x-frame-options": "DENY", "referrer-policy": "no-referrer",
            "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        ]
        #expect(plain.headers == expected)
        let own: HTTPHeaders = ["Cache-Control": "max-age=5", "Content-Security-Policy": "default-src 'self'"]
        let kept = self.compose(HTTPResponse(status: .ok, headers: own)).headers
        #expect(kept["cache-control"] == ["max-age=5"] && kept["content-security-policy"] == ["default-src 'self'"])
        let bare = self.compose(HTTPResponse(status: .ok)) { $0.addsSecurityHeaders = false }
        #expect(bare.headers == ["content-length": "0", "date": "now"])
        let tls = self.compose(HTTPResponse(status: .ok)) {
            $0.tls = TLSConfiguration(certificateFile: "", keyFile: "")
        }
        #expect(tls.headers["strict-transport-security"] == ["max-age=31536000"])
    }

    @Test("compresses large text for clients that accept it")
    func compression() throws {
        let response = HTTPResponse(
            status: .ok, headers: ["content-type": "text/plain", "etag": "\"1\""], body: self.large)
        let composed = self.compose(response)
        #expect(composed.headers["content-encoding"] == ["gzip"] && composed.headers["vary"] == ["accept-encoding"])
        #expect(composed.headers["etag"] == ["W/\"1\""])
        #expect(composed.headers["content-length"] == ["\(composed.body.readableBytes)"])
        #expect(try Gzip.decompress(composed.body, limitBytes: 2000) == self.large)
        let refused = self.compose(response, accepts: nil)
        #expect(refused.body == self.large && refused.headers["vary"] == ["accept-encoding"])
    }

    @Test(
        "does not compress what must stay as it is",
        arguments: [
            (["content-type": "image/png"], 2000), (["content-type": "text/plain"], 1023), ([:], 2000),
            (["content-type": "text/plain", "content-encoding": "br"], 2000),
            (["content-type": "text/plain", "content-range": "bytes 0-1999/3000"], 2000),
            (["content-type": "text/plain", "cache-control": "No-Transform"], 2000),
        ] as [(HTTPHeaders, Int)])
    func uncompressed(headers: HTTPHeaders, bytes: Int) {
        let composed = self.compose(
            HTTPResponse(status: .ok, headers: headers, body: ByteBuffer(repeating: 0x61, count: bytes)))
        #expect(
            composed.body.readableBytes == bytes && composed.headers["content-encoding"] == headers["content-encoding"])
        #expect(!composed.headers.contains(name: "vary"))
    }

    @Test("HEAD has the length of GET, or the one the handler names; 204 and 304 have none")
    func lengths() {
        let response = HTTPResponse(status: .ok, body: self.large)
        let head = self.compose(response, method: .HEAD)
        #expect(head.headers["content-length"] == ["2000"] && head.body.readableBytes == 0)
        let described = self.compose(HTTPResponse(status: .ok, headers: ["content-length": "77"]), method: .HEAD)
        #expect(described.headers["content-length"] == ["77"])
        let corrected = self.compose(HTTPResponse(status: .ok, headers: ["content-length": "77"], body: self.large))
        #expect(corrected.headers["content-length"] == ["2000"])
        for status in [HTTPResponseStatus.noContent, .notModified] {
            let empty = self.compose(HTTPResponse(status: status, body: self.large))
            #expect(empty.body.readableBytes == 0 && !empty.headers.contains(name: "content-length"))
        }
    }

    @Test("answers 500 rather than let a header break the message")
    func injection() {
        for headers in [["x": "a\r\nset-cookie: b"], ["x y": "z"], ["": "z"], ["x": "a\u{0}"], ["x\n": "a"]]
            as [HTTPHeaders]
        {
            let composed = self.compose(HTTPResponse(status: .ok, headers: headers))
            #expect(composed.status == .internalServerError)
        }
        #expect(self.compose(HTTPResponse(status: .continue)).status == .internalServerError)
        let composer = ResponseComposer(configuration: HTTPServerConfiguration())
        let stream = composer.eventStream(headers: ["x": "\n"], date: "now")
        #expect(!stream.headers.contains(name: "x") && stream.headers["content-type"] == ["text/event-stream"])
        let hop = self.compose(HTTPResponse(status: .ok, headers: ["transfer-encoding": "chunked", "connection": "x"]))
        #expect(!hop.headers.contains(name: "transfer-encoding") && !hop.headers.contains(name: "connection"))
    }
}
