import NIOCore
import NIOHTTP1
import Testing

@testable import HTTPCache

struct CommonLinesTests {
    private static let lines = "Server: origin\r\nContent-Type: application/json\r\n"

    @Test("lines are shared from the second time on, and only where that saves something")
    func sharing() throws {
        let table = CommonLineTable()
        #expect(table.shared(Self.lines) == nil)
        let second = try #require(table.shared(Self.lines))
        #expect(table.shared(Self.lines) === second)
        #expect(unsafe second.withBytes { unsafe String(decoding: $0, as: UTF8.self) } == Self.lines)
        for _ in 0..<3 { #expect(table.shared("A: b\r\n") == nil) }
    }

    @Test("an origin that says something else each time neither fills the table nor ends what is shared")
    func flood() throws {
        let table = CommonLineTable()
        _ = table.shared(Self.lines)
        let early = try #require(table.shared(Self.lines))
        for number in 0..<5000 {
            let lines = Self.lines + "X-Number: \(number)\r\n"
            #expect(table.shared(lines) == nil)
            if number % 10 == 0 { _ = table.shared(lines) }
        }
        // Whoever holds lines goes on holding them, whatever the table forgets.
        #expect(unsafe early.withBytes { unsafe String(decoding: $0, as: UTF8.self) } == Self.lines)
    }

    @Test("a stored response has all its fields, wherever they are kept, and repeated ones in their order")
    func fields() throws {
        let headers: HTTPHeaders = [
            "Server": "origin", "ETag": "\"1\"", "Set-Cookie": "a=1", "X-One": "1", "Last-Modified": "yesterday",
            "Content-Type": "application/json", "Set-Cookie": "b=2", "X-One": "2",
        ]
        let table = CommonLineTable()
        for _ in 0..<3 {
            let stored = try #require(
                StoredResponse.make(
                    StoredResponse.Parts(
                        facts: StoredFacts(generatedAt: 0, sequence: 0, lifetime: 60, date: 0, status: 200, flags: []),
                        key: "key", headers: headers, body: ByteBuffer(string: "{}"), plainBytes: 2),
                    sharing: table))
            var kept = stored.headers
            kept.remove(name: "date")
            #expect(Set(kept.map { "\($0): \($1)" }) == Set(headers.map { "\($0): \($1)" }))
            #expect(kept["set-cookie"] == ["a=1", "b=2"] && kept["x-one"] == ["1", "2"])
            #expect(stored.value(of: "content-type") == "application/json" && stored.value(of: "etag") == "\"1\"")
            #expect(stored.value(of: "last-modified") == "yesterday" && stored.value(of: "x-none") == nil)
        }
    }
}
