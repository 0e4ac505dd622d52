import NIOCore
import Testing

@testable import Compression

struct GzipTests {
    @Test("restores what it compressed, one buffer after another", arguments: [0, 1, 1000, 3_000_000])
    func roundTrip(count: Int) throws {
        let compressor = GzipCompressor()
        for seed in 0..<2 {
            let input = ByteBuffer(bytes: (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 31 + seed) / 7) })
            let packed = try compressor.compress(input)
            #expect(try Gzip.decompress(packed, limitBytes: count) == input)
        }
    }

    @Test("does not expand beyond the limit, however small the bomb")
    func bomb() throws {
        let packed = try Gzip.compress(ByteBuffer(repeating: 0, count: 10_000_000))
        #expect(packed.readableBytes < 20_000)
        #expect(throws: GzipError.tooLarge(limitBytes: 100_000)) { try Gzip.decompress(packed, limitBytes: 100_000) }
    }

    @Test("says what is wrong with damaged data")
    func damaged() throws {
        #expect(throws: GzipError.malformed) { try Gzip.decompress(ByteBuffer(string: "not gzip"), limitBytes: 10) }
        let packed = try Gzip.compress(ByteBuffer(repeating: 7, count: 1000))
        let half = ByteBuffer(bytes: packed.readableBytesView.prefix(packed.readableBytes / 2))
        #expect(throws: GzipError.truncated) { try Gzip.decompress(half, limitBytes: 1000) }
        #expect(throws: GzipError.truncated) { try Gzip.decompress(ByteBuffer(), limitBytes: 1000) }
        #expect("\(GzipError.truncated) \(GzipError.malformed)".contains("too early"))
        #expect("\(GzipError.tooLarge(limitBytes: 5)) \(GzipError.outOfMemory)".contains("5 bytes"))
    }
}

struct GzipStreamTests {
    @Test(
        "pieces that may refer to earlier ones are one gzip as well, and smaller", arguments: [1, 100, 8192, 100_000])
    func context(contextBytes: Int) throws {
        let compressor = GzipCompressor(segmentLevel: 5)
        var output: [Int: ByteBuffer] = [:]
        for bytes in [0, contextBytes] {
            var (stream, packed, expected) = (GzipStream(contextBytes: bytes), ByteBuffer(), ByteBuffer())
            for number in 0..<300 {
                // Small pieces, some larger than the context, and an empty one.
                let count = number % 50 == 49 ? 2000 : number % 7
                let piece = ByteBuffer(
                    string: String(
                        repeating: "{\"id\":\(number),\"name\":\"espresso \(number * 7919 % 101)\"}\n", count: count))
                expected.writeImmutableBuffer(piece)
                packed.writeImmutableBuffer(try stream.compress(piece, by: compressor))
            }
            packed.writeImmutableBuffer(stream.finish())
            #expect(try Gzip.decompress(packed, limitBytes: 1 << 24) == expected)
            output[bytes] = packed
        }
        let (without, with) = (output[0]?.readableBytes ?? 0, output[contextBytes]?.readableBytes ?? 0)
        #expect(contextBytes < 1000 || with < without * 4 / 5, "\(with) of \(without)")
    }

    @Test("a stream of pieces is one gzip, and each piece can be read at once", arguments: [0, 1, 2, 50])
    func pieces(count: Int) throws {
        let compressor = GzipCompressor(segmentLevel: 6)
        var (stream, output, expected) = (GzipStream(), ByteBuffer(), ByteBuffer())
        for number in 0..<count {
            let piece = ByteBuffer(string: String(repeating: "piece \(number) ", count: number * 40))
            expected.writeImmutableBuffer(piece)
            output.writeImmutableBuffer(try stream.compress(piece, by: compressor))
            // What is there so far ends early, but all of it can be restored.
            #expect(throws: GzipError.truncated) { try Gzip.decompress(output, limitBytes: 1 << 20) }
        }
        output.writeImmutableBuffer(stream.finish())
        #expect(try Gzip.decompress(output, limitBytes: 1 << 20) == expected)
        #expect(count < 50 || output.readableBytes < expected.readableBytes / 10)
    }
}
