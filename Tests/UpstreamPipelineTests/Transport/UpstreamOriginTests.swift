import Testing

@testable import UpstreamPipeline

struct UpstreamOriginTests {
    @Test(
        "takes scheme, host and port",
        arguments: [
            "http://api", "http://api:3000", "https://api.example.com/", "http://127.0.0.1:1", "http://[::1]:80",
            "HTTP://a",
        ])
    func accepts(text: String) throws {
        let origin = try UpstreamOrigin(text)
        #expect(try origin.url(target: "/api/v2/x?y=z").hasSuffix("/api/v2/x?y=z"))
        #expect(!origin.text.hasSuffix("/"))
    }

    @Test(
        "refuses anything else",
        arguments: [
            "", "api", "ftp://api", "file:///etc/passwd", "http://", "http:///", "http://a/b", "http://a?b",
            "http://a#b",
            "http://user:pw@a", "http://a b", "http://a\r\nX:", "http://ü", "http://a:0", "http://a:65536",
            "http://a:x",
            "http://a:1:2", "http://a\\b",
        ])
    func refuses(text: String) {
        let error = #expect(throws: TransportSetupError.self) { try UpstreamOrigin(text) }
        #expect(error?.description.contains("upstream") == true)
    }

    @Test(
        "lets no target leave the request line or the host",
        arguments: ["", "x", "@evil.test/", "/a b", "/a\r\nHost: evil", "/a#b", "/ü", "/\u{0}", "http://evil.test/"])
    func targets(target: String) throws {
        let origin = try UpstreamOrigin("http://api")
        let error = #expect(throws: PipelineError.self) { try origin.url(target: target) }
        #expect(error?.code == .invalidArguments)
    }
}
