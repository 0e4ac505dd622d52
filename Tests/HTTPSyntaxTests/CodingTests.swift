import HTTPSyntax
import Testing

struct CodingTests {
    @Test(
        "reads what a client says about codings",
        arguments: [
            ([], false), (["gzip"], true), (["GZIP"], true), (["x-gzip"], true), (["br"], false), (["*"], true),
            (["gzip;q=0"], false), (["gzip; q=0.5, br"], true), (["*;q=0"], false), (["*;q=0, gzip"], true),
            (["br, gzip;q=0.001"], true), (["identity, gzip;q=0.5"], false), (["identity;q=0.5, gzip"], true),
            (["gzip;q=nonsense"], false), (["gzip;q=2"], false), (["br", "gzip"], true), (["", " , ;;"], false),
            (["gzip ; Q=1 ; x=y"], true), (["gzip;q=0, *"], false),
        ] as [([String], Bool)])
    func acceptEncoding(fields: [String], expected: Bool) {
        #expect(AcceptEncoding(fields).prefersGzip == expected)
    }

    @Test(
        "knows which types are text",
        arguments: [
            ("text/html; charset=utf-8", true), ("application/json", true), ("application/problem+json", true),
            ("Application/JSON", true), ("image/svg+xml", true), ("text/event-stream", false), ("image/png", false),
            ("application/octet-stream", false), ("", false),
        ])
    func types(type: String, expected: Bool) { #expect(CompressibleType.contains(type) == expected) }
}
