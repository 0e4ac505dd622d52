import Testing

@testable import ReverseProxy

struct TargetCheckTests {
    @Test(
        "passes on what is valid",
        arguments: [
            "/", "/a/b", "/a//b", "/a%2Fb", "/a%5cb", "/%E2%82%AC", "/a;b=c,d", "/...", "/.well-known/x", "/a/..b",
            "/..a;b", "/a;..", "/;x=y", "/~user/(x)!*'@:$&+=", "*", "/%7e",
        ])
    func valid(path: String) throws {
        try TargetCheck(encodedSlashes: .pass).check(path: path, query: nil)
    }

    @Test(
        "passes any query on whose percent signs are sound",
        arguments: ["", "a[b]=c&a[b]=d", "q=%0A%00", "x=..%2f..", "a=%E9", "?/?"])
    func query(query: String) throws {
        try TargetCheck(encodedSlashes: .refuse).check(path: "/", query: query)
    }

    @Test(
        "refuses what origins read in different ways",
        arguments: [
            ("/%", nil, TargetCheck.Fault.percent), ("/%2", nil, .percent), ("/%zz", nil, .percent),
            ("/a", "q=100%", .percent), ("/a", "%2", .percent), ("/%00", nil, .control), ("/a%0d%0aX:", nil, .control),
            ("/%7f", nil, .control), ("/%ff", nil, .text), ("/%c0%af", nil, .text), ("/%ed%a0%80", nil, .text),
            ("/%E9", nil, .text), ("/..", nil, .dots), ("/a/../b", nil, .dots), ("/a/./b", nil, .dots),
            ("/%2e%2e/x", nil, .dots), ("/.%2E", nil, .dots), ("/a/..%2fb", nil, .dots), ("/a%5c..%5cb", nil, .dots),
            ("/a\\b", nil, .character), ("/<x>", nil, .character), ("/a\"b", nil, .character),
            ("/{a}", nil, .character), ("/api/..;/admin", nil, .dots), ("/api/..;x=y/admin", nil, .dots),
            ("/.;/a", nil, .dots), ("/%2e%2e;/a", nil, .dots), ("/..%3bx/a", nil, .dots), ("/..%20/a", nil, .dots),
            ("/..%20%20;x/a", nil, .dots),
        ])
    func invalid(path: String, query: String?, fault: TargetCheck.Fault) {
        #expect(throws: fault) { try TargetCheck(encodedSlashes: .pass).check(path: path, query: query) }
    }

    @Test("refuses encoded slashes where it is told to", arguments: ["/a%2fb", "/a%2Fb", "/a%5Cb"])
    func slashes(path: String) {
        #expect(throws: TargetCheck.Fault.slash) {
            try TargetCheck(encodedSlashes: .refuse).check(path: path, query: nil)
        }
    }

    @Test(
        "knows which paths are an origin's",
        arguments: [
            ("/", "/a", true), ("/", "*", false), ("/api", "/api", true), ("/api", "/api/x", true),
            ("/api", "/apix", false),
            ("/api", "/", false), ("/api", "/API", false),
        ])
    func matching(prefix: String, path: String, expected: Bool) {
        #expect(ProxyConfiguration(path: prefix, origin: "http://x").matches(path) == expected)
    }
}
