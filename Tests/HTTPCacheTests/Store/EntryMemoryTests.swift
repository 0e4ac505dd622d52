import Glibc
import NIOCore
import NIOHTTP1
import Testing

@testable import HTTPCache

struct EntryMemoryTests {
    private static let now = Moment(steadyMilliseconds: 1000, wallMilliseconds: 1_800_000_000_000)

    /// Memory of this process that is in use, in bytes.
    private static func resident() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, 256, file) != nil else { return 0 }
        let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
            separator: " ")
        return (Int(words[1]) ?? 0) * Int(sysconf(CInt(_SC_PAGESIZE)))
    }

    private static func fill(_ cache: HTTPCache, count: Int, body: ByteBuffer, type: String) {
        for number in 0..<count {
            let request = CacheRequest(
                method: .GET, authority: "shop.example", target: "/api/v2/products?page=\(number)",
                headers: ["accept-encoding": "gzip"])
            guard case .forward(let plan) = cache.lookup(request, now: self.now) else { continue }
            let headers: HTTPHeaders = [
                "content-type": type, "cache-control": "max-age=600", "etag": "\"5f3e\(number)\"",
                "date": "Fri, 15 Jan 2027 08:00:00 GMT",
            ]
            guard
                case .relay(_, let keeping?) = cache.received(status: .ok, headers: headers, for: plan, now: self.now)
            else { continue }
            cache.keep(keeping, body: body)
        }
    }

    /// Bytes an entry takes beside its body, and what the cache counts for that.
    private static func overhead(of cache: HTTPCache, bodyBytes: Int) -> (measured: Int, counted: Int) {
        let count = bodyBytes > 10_000 ? 1500 : 12_000
        // Not to be compressed, so that nothing hides the overhead.
        let body = ByteBuffer(bytes: (0..<bodyBytes).map { _ in UInt8.random(in: 0...255) })
        let before = self.resident()
        self.fill(cache, count: count, body: body, type: "application/octet-stream")
        let measured = (self.resident() - before) / count
        precondition(cache.figures.entries == count)
        return (measured - bodyBytes, cache.figures.bytes / count - bodyBytes)
    }

    @Test("an entry takes its body, its headers and its key, all in all at most 300 bytes more than the body")
    func overhead() async throws {
        // A process of its own: memory that others have freed would be filled first and not be seen.
        let result = try #require(
            await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
                var configuration = CacheConfiguration()
                configuration.capacityBytes = 2 << 30
                // All stay until the end, so that none fills the gaps that another has left.
                let caches = (0..<5).map { _ in HTTPCache(configuration: configuration) }
                _ = Self.overhead(of: caches[4], bodyBytes: 100)
                for (number, bodyBytes) in [100, 2048, 16_384, 60 * 1024].enumerated() {
                    let (measured, counted) = Self.overhead(of: caches[number], bodyBytes: bodyBytes)
                    print("entry of \(bodyBytes): \(measured) bytes more, \(counted) counted")
                    fflush(nil)
                    precondition(measured > 0 && measured <= 300)
                    // The budget is kept by what the cache counts: it must not count too little.
                    precondition(bodyBytes + counted + 16 >= (bodyBytes + measured) * 98 / 100)
                }
            })
        print(String(decoding: result.standardOutputContent, as: UTF8.self))
    }

    @Test("text is kept compressed")
    func compressed() {
        let cache = HTTPCache()
        let text = String(repeating: "{\"name\":\"espresso\",\"price\":250},", count: 64)
        Self.fill(cache, count: 1000, body: ByteBuffer(string: text), type: "application/json")
        #expect(cache.figures.entries == 1000 && cache.figures.bytes / 1000 < text.utf8.count / 4)
    }
}
