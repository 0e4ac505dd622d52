import Compression
import Glibc
import NIOCore
import Testing

@testable import UpstreamPipeline

struct AnswerBodyTests {
    private func list(_ count: Int) -> ByteBuffer {
        ByteBuffer(
            string: "["
                + (0..<count).map { #"{"id":"64b0000000000000000000\#(10 + $0 % 80)","name":"Chicken Wrap \#($0)"}"# }
                .joined(separator: ",") + "]")
    }

    @Test("is kept in gzip where that is smaller, and comes out as it went in", arguments: [0, 10, 100, 1000])
    func packing(count: Int) throws {
        let plain = self.list(count)
        let body = AnswerBody(plain).forKeeping(Packer(minimumBytes: 1024), tag: nil, key: nil)
        #expect(body.plain == plain && body.plainBytes == plain.readableBytes)
        #expect(body.isPacked == (plain.readableBytes >= 1024))
        if let packed = body.packed {
            #expect(packed.readableBytes == body.keptBytes && body.keptBytes < plain.readableBytes / 3)
            #expect(try Gzip.decompress(packed, limitBytes: 1_000_000) == plain)
        } else {
            #expect(body.keptBytes == plain.readableBytes)
        }
        body.cool()
        #expect(body.plain == plain)
    }

    @Test("tag and key are kept with it")
    func texts() {
        let body = AnswerBody(self.list(3)).forKeeping(nil, tag: "W/\"a\"", key: "GET /é")
        #expect(body.keptTag == "W/\"a\"" && body.keptKey == "GET /é" && body.plain == self.list(3))
        let bare = AnswerBody(self.list(100)).forKeeping(Packer(minimumBytes: 1), tag: nil, key: nil)
        #expect(bare.keptTag == nil && bare.keptKey == nil && bare.plain == self.list(100))
    }

    @Test("what gzip does not make smaller is kept as it is")
    func noise() {
        var random = SplitMix(seed: 1)
        let plain = ByteBuffer(bytes: (0..<5000).map { _ in UInt8.random(in: 0...255, using: &random) })
        let body = AnswerBody(plain).forKeeping(Packer(minimumBytes: 1024), tag: nil, key: nil)
        #expect(!body.isPacked && body.packed == nil && body.keptBytes == 5000 && body.plain == plain)
    }

    @Test("what readers ask for is made once, until the body cools")
    func forms() {
        let body = AnswerBody(self.list(100)).forKeeping(Packer(minimumBytes: 1024), tag: nil, key: nil)
        var made = 0
        func form(_ number: Int) -> ByteBuffer {
            body.form(number) { plain in
                made += 1
                return ByteBuffer(string: "\(number):\(plain.readableBytes)")
            }
        }
        #expect(form(1) == form(1) && form(2) != form(1) && made == 2)
        body.cool()
        _ = form(1)
        #expect(made == 3)
    }

    @Test("the bodies read last stay warm, within a part of the cache")
    func warmth() {
        let bodies = (0..<10).map { _ in
            AnswerBody(self.list(100)).forKeeping(Packer(minimumBytes: 1024), tag: nil, key: nil)
        }
        var warm = WarmBodies()
        let weight = bodies[0].plainBytes * 2
        var made = 0
        func read(_ index: Int) {
            warm.use(bodies[index], capacityBytes: weight * 3)
            _ = bodies[index].form(0) { body in
                made += 1
                return body
            }
        }
        for index in 0..<10 { read(index) }
        #expect(warm.bytes == weight * 3 && made == 10)
        for index in 7..<10 { read(index) }
        #expect(made == 10)
        read(0)
        #expect(made == 11 && warm.bytes == weight * 3)
        warm.forget(bodies[0])
        warm.forget(bodies[0])
        #expect(warm.bytes == weight * 2)
    }

    @Test("an entry weighs its body and no more than 300 bytes", arguments: [2048, 60_000])
    func memory(bytes: Int) async throws {
        // A process of its own: memory that others have freed would be filled first and not be seen.
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) { [bytes] in
            let count = bytes > 10_000 ? 4000 : 20_000
            let noise = ByteBuffer(bytes: (0..<bytes).map { _ in UInt8.random(in: 0...255) })
            let pool = AnswerFieldPool()
            let route = Route("GET", "/sales/{id}", summary: "", timeToLive: .seconds(60), groups: ["sale"])
            let now = ContinuousClock.now
            var cache = ResponseCache(capacityBytes: 1 << 30)
            func fill(_ numbers: Range<Int>) {
                for number in numbers {
                    let fields = AnswerFields(contentType: "application/json; charset=utf-8")
                    let answer = ResponseCache.Answer(
                        status: 200, fields: pool.shared(fields),
                        entityTag: "W/\"\(String(bytes, radix: 16))-\(100_000 + number)mFyYmF6cXV1eHF1dXg\"",
                        body: noise)
                    let key = "GET /api/v2/sales/64b000000000000000\(100_000 + number)"
                    cache.store(
                        answer.kept(nil, key: nil), key: key, route: route, askedIn: 0, now: now)
                }
            }
            fill(0..<1000)
            let before = Self.resident()
            fill(1000..<1000 + count)
            let each = (Self.resident() - before) / count - bytes
            print("entry of \(bytes): \(each) bytes more, \(cache.bytes / cache.count - bytes) counted")
            fflush(nil)
            precondition(cache.count == 1000 + count)
        }
        let text = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
        let numbers = text.split { !"-0123456789".contains($0) }.compactMap { Int($0) }
        try #require(numbers.count == 3, "\(text)")
        #expect((1...300).contains(numbers[1]), "\(text)")
        // What is counted must not be less than what is used.
        #expect(numbers[2] >= numbers[1] * 9 / 10 && numbers[2] <= 360, "\(text)")
    }

    /// Memory of this process that is in use, in bytes.
    private static func resident() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var (size, resident) = (0, 0)
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, 256, file) != nil else { return 0 }
        let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
            separator: " ")
        (size, resident) = (Int(words[0]) ?? 0, Int(words[1]) ?? 0)
        return size > 0 ? resident * Int(sysconf(CInt(_SC_PAGESIZE))) : 0
    }
}
