import JSON
import NIOCore
import Sessions
import Testing

@testable import BiteTrack

struct KeptResultsTests {
    private func json(_ bytes: Int) -> ByteBuffer { ByteBuffer(repeating: UInt8(ascii: "1"), count: bytes) }

    @Test("values are kept under names of their own, until their time is over")
    func lifetime() {
        var results = KeptResults()
        let first = results.keep(self.json(10), now: .zero)
        #expect(first?.handle == "r1" && first?.bytes == 10)
        #expect(results.keep(self.json(20), now: .seconds(1000))?.handle == "r2")
        // Opening begins the time anew.
        #expect(results.open("r1", now: .seconds(1799)) != nil)
        #expect(results.open("r2", now: .seconds(2800)) == nil)
        #expect(results.open("r1", now: .seconds(3598)) != nil)
        #expect(results.open("r1", now: .seconds(9000)) == nil && results.bytes == 0)
        #expect(results.open("r9", now: .zero) == nil)
    }

    @Test("the oldest gives way, and what is too big alone is not kept")
    func bytes() {
        var results = KeptResults()
        let most = KeptResults.mostBytes
        #expect(results.keep(self.json(most + 1), now: .zero) == nil)
        _ = results.keep(self.json(most / 2), now: .zero)
        _ = results.keep(self.json(most / 2), now: .zero)
        _ = results.open("r1", now: .zero)
        _ = results.keep(self.json(100), now: .zero)
        // r1 was used last, so r2 went.
        #expect(results.entries.map(\.handle) == ["r1", "r3"])
        #expect(results.bytes <= most)
    }

    @Test("all sessions share a bound, and what ends gives its bytes back")
    func shared() {
        let bytes = KeptBytes(limit: 100)
        func account(_ name: String) -> SessionAccount {
            SessionAccount(
                id: SessionID(rawValue: name), bucket: RunBucket(perMinute: 1, now: .zero), keptBytes: bytes)
        }
        let (one, two) = (account("one"), account("two"))
        #expect(one.keep(self.json(60), now: .zero) != nil)
        #expect(two.keep(self.json(60), now: .zero) == nil && bytes.current == 60)
        #expect(two.keep(self.json(40), now: .zero) != nil && bytes.current == 100)
        one.end()
        #expect(bytes.current == 40 && one.keep(self.json(1), now: .zero) == nil)
        #expect(two.open("r1", now: .seconds(9000)) == nil)
        #expect(two.kept(now: .seconds(9000)) == [] && bytes.current == 0)
    }
}
