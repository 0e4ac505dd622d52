import NIOHTTP1
import Testing

@testable import HTTPCache

struct FieldTests {
    @Test(
        "splits lists, quotes honoured",
        arguments: [
            (["a, b"], ["a", "b"]), (["a,,b ,"], ["a", "b"]), (["a", "b, c"], ["a", "b", "c"]),
            (["a=\"x, y\", b"], ["a=\"x, y\"", "b"]),
            (["a=\"x\\\", y\", b"], ["a=\"x\\\", y\"", "b"]), (["", " , "], []), (["\"open, b"], ["\"open, b"]),
            (["\ta\t,b"], ["a", "b"]),
        ] as [([String], [String])])
    func members(lines: [String], expected: [String]) { #expect(FieldText.members(lines).map(String.init) == expected) }

    @Test(
        "reads seconds",
        arguments: [
            ("0", 0), ("003600", 3600), ("2147483647", 2_147_483_647), ("2147483648", 2_147_483_647),
            ("99999999999999999999999999", 2_147_483_647), ("", nil), ("-1", nil), ("+1", nil), ("1.0", nil),
            (" 1", nil), ("1a", nil),
            ("١", nil),
        ] as [(String, Int?)])
    func seconds(text: String, expected: Int?) { #expect(FieldText.seconds(text) == expected) }

    @Test(
        "reads Structured dictionaries, or nothing of them",
        arguments: [
            ("max-age=3600, private", "max-age=integer(3600) private=boolean(true)"),
            ("a=?0;x=1;y", "a=boolean(false)"),
            ("a=\"t\\\"x\"", "a=string(\"t\\\"x\")"), ("a=(1 2), b=1.5", "a=other b=other"), ("a=tok/en:x", "a=other"),
            ("a=:YWJj:, b=@1659578233", "a=other b=other"), ("a=1, a=2", "a=integer(2)"), ("a=-5", "a=integer(-5)"),
            ("  a  ", "a=boolean(true)"),
            ("", ""), ("a=1,", nil), ("A=1", nil), ("a=1, &&&&", nil), ("a =1", nil), ("a= 1", nil), ("a=1 b", nil),
            ("a=\"open", nil),
            ("a=1234567890123456", nil), ("a=1.", nil), ("a=(1", nil), ("a=?2", nil), ("a=\"\u{7F}\"", nil),
            ("a;=1", nil), ("a=(1\"x\")", nil),
        ] as [(String, String?)])
    func dictionaries(text: String, expected: String?) {
        let members = StructuredDictionary([text])?.members
        #expect(members?.map { "\($0.key)=\($0.value)" }.joined(separator: " ") == expected)
    }

    @Test(
        "reads lists of strings",
        arguments: [
            (["\"a\", \"b\""], ["a", "b"]), (["\"a\"", "\"b\";x"], ["a", "b"]), (["a, \"b\""], ["b"]), (["\"a\","], []),
            (["\"a"], []), ([], []),
        ] as [([String], [String])])
    func strings(lines: [String], expected: [String]) { #expect(StructuredStrings.read(lines) == expected) }

    @Test(
        "reads ranges",
        arguments: [
            ("bytes=0-1", 0..<2), ("bytes=5-", 5..<10), ("bytes=-3", 7..<10), ("bytes=-30", 0..<10),
            ("bytes=5-99", 5..<10), ("BYTES=1-1", 1..<2),
            ("bytes=10-", nil), ("bytes=-0", nil), ("bytes=2-1", nil), ("bytes=0-1,3-4", nil), ("lines=0-1", nil),
            ("bytes=a-b", nil),
            ("bytes=-", nil), ("bytes=1", nil), ("bytes=99999999999999999999-", nil),
            ("bytes=9223372036854775807-9223372036854775807", nil),
        ] as [(String, Range<Int>?)])
    func ranges(text: String, expected: Range<Int>?) { #expect(ByteRange(text)?.bytes(of: 10) == expected) }

    @Test(
        "reads Content-Range, or nothing that contradicts itself",
        arguments: [
            ("bytes 0-4/10", true), ("bytes 0-4/*", true), ("Bytes 4-9/10", true), ("bytes 5-4/10", false),
            ("bytes 0-10/10", false),
            ("bytes */10", false), ("lines 0-4/10", false), ("bytes 0-4", false), ("bytes a-4/10", false),
            ("nonsense", false), ("bytes 0-4/10/1", false),
        ])
    func contentRanges(text: String, isSound: Bool) { #expect((ContentRange(text) != nil) == isSound) }

    @Test(
        "compares entity tags",
        arguments: [
            ("\"a\"", ["\"a\""], true), ("\"a\"", ["W/\"a\""], true), ("W/\"a\"", ["\"b\", \"a\""], true),
            ("\"a\"", ["\"A\""], false),
            ("\"a\"", ["*"], true), (nil, ["*"], true), (nil, ["\"a\""], false), ("\"a,b\"", ["\"a,b\""], true),
            ("\"a\"", ["a"], false), ("a", ["a"], true),
        ] as [(String?, [String], Bool)])
    func tags(tag: String?, listed: [String], expected: Bool) {
        #expect(EntityTag.isListed(tag, in: listed) == expected)
    }

    @Test("a strong comparison takes no weak tag")
    func strong() {
        #expect(EntityTag.matchesStrongly("\"a\"", "\"a\"") && !EntityTag.matchesStrongly("W/\"a\"", "W/\"a\""))
        #expect(!EntityTag.matchesStrongly("\"a\"", "W/\"a\"") && !EntityTag.matchesStrongly("\"a\"", "\"b\""))
    }

    @Test("values whose bytes could not be read agree with none, not even with each other")
    func unreadable() {
        let fields = ["x-user"]
        func text(_ value: String) -> String { VaryRules.text(fields, ["x-user": value]) }
        #expect(VaryRules.matches(text("caf\u{e9}"), ["x-user": "caf\u{e9}"], language: nil))
        #expect(!VaryRules.matches(text("caf\u{fffd}"), ["x-user": "caf\u{fffd}"], language: nil))
        #expect(VaryRules.matches(VaryRules.text(fields, [:]), [:], language: nil))
    }

    @Test(
        "finds the language liked best",
        arguments: [
            ("de;q=1.0,fr;q=0.5", "de"), ("de,en", nil), ("en;q=0.3,de;q=0.2", "en"), ("*", nil), ("*,de;q=0.1", "de"),
            ("de,en;q=0.9", "de"),
            ("a;q=0.5,b;q=0.5,c", "c"), ("", nil),
        ] as [(String, String?)])
    func languages(text: String, expected: String?) { #expect(VaryRules.favourite(text) == expected) }

    @Test(
        "resolves what Location points to, on the own origin only",
        arguments: [
            ("/x", "/x"), ("/x?y#z", "/x?y"), ("other", "/a/other"), ("../c", "/c"), ("./c/", "/a/c/"),
            ("?q=1", "/a/b?q=1"), ("", "/a/b?k=v"),
            ("http://shop.example/x", "/x"), ("HTTPS://SHOP.example/x", "/x"), ("//shop.example/x", "/x"),
            ("http://shop.example", "/"),
            ("http://shop.example?x", "/?x"), ("http://else.example/x", nil), ("//else.example/x", nil),
            ("ftp://shop.example/x", nil),
            ("/../../x/./y", "/x/y"), ("/x/..", "/"), ("http://shop.example:81/x", nil),
            ("http://shop.example.evil/x", nil),
        ] as [(String, String?)])
    func references(text: String, expected: String?) {
        let request = CacheRequest(method: .POST, authority: "shop.example", target: "/a/b?k=v")
        #expect(InvalidatedTargets.resolved(text, against: request) == expected)
    }

    @Test(
        "tells what it did",
        arguments: [
            (CacheStatus(name: "c", isHit: true, timeToLive: 5), "c; hit; ttl=5"),
            (
                CacheStatus(name: "c", isHit: true, timeToLive: -3, detail: "origin-failed"),
                "c; hit; ttl=-3; detail=origin-failed"
            ),
            (CacheStatus(name: "c", forward: .uriMiss, isStored: true), "c; fwd=uri-miss; stored"),
            (
                CacheStatus(name: "c", forward: .stale, forwardStatus: 304, timeToLive: 9, isStored: true),
                "c; fwd=stale; fwd-status=304; ttl=9; stored"
            ),
            (CacheStatus(name: "c", forward: .varyMiss, isCollapsed: true), "c; fwd=vary-miss; collapsed"),
        ])
    func status(status: CacheStatus, expected: String) { #expect("\(status)" == expected) }
}
