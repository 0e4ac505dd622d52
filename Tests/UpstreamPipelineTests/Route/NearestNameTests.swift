import Testing

@testable import UpstreamPipeline

struct NearestNameTests {
    @Test(
        "finds what a mistyped name meant, or nothing",
        arguments: [
            ("lmit", "limit"), ("Limit", "limit"), ("startdate", "startDate"), ("start_date", "startDate"),
            ("xyzzy", nil), ("", nil), (String(repeating: "a", count: 1000), nil),
        ])
    func nearest(name: String, expected: String?) {
        #expect(NearestName.of(name, among: ["limit", "startDate", "customerId"]) == expected)
    }

    @Test("counts edits", arguments: [("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("a", "a", 0)])
    func edits(a: String, b: String, count: Int) {
        #expect(NearestName.edits(Array(a.utf8), Array(b.utf8)) == count)
    }
}
