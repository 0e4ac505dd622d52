import CodeSandbox
import NIOCore
import Testing

struct FrameDecoderTests {
    private let frames = [
        Frame(.console, body: ByteBuffer(string: "\u{1}hello")), Frame(.call, id: 1, body: ByteBuffer()),
        Frame(.result, id: .max, body: ByteBuffer(repeating: 7, count: 300)),
    ]

    private func decoded(_ pieces: [ByteBuffer]) throws -> [Frame] {
        var decoder = FrameDecoder(maximumBody: 300)
        var frames: [Frame] = []
        for piece in pieces {
            decoder.append(piece)
            while let frame = try decoder.next() { frames.append(frame) }
        }
        return frames
    }

    @Test func framesSurviveEveryWayOfCuttingTheStream() throws {
        var stream = ByteBuffer()
        for frame in self.frames { stream.writeImmutableBuffer(frame.encoded) }
        for size in 1...stream.readableBytes {
            var rest = stream
            var pieces: [ByteBuffer] = []
            while rest.readableBytes > 0 {
                pieces.append(rest.readSlice(length: min(size, rest.readableBytes)) ?? ByteBuffer())
            }
            #expect(try self.decoded(pieces) == self.frames)
        }
    }

    @Test func aTruncatedFrameIsNoFrame() throws {
        let whole = self.frames[0].encoded
        for count in 0..<whole.readableBytes {
            #expect(try self.decoded([whole.getSlice(at: 0, length: count) ?? ByteBuffer()]) == [])
        }
    }

    @Test func aLengthBeyondTheLimitIsRefusedFromItsFourBytesAlone() throws {
        var decoder = FrameDecoder(maximumBody: 300)
        decoder.append(ByteBuffer(integer: UInt32(301)))
        let first = try #require(throws: ChannelViolation.self) { try decoder.next() }
        #expect(first.description == "a frame of 301 bytes; 300 are allowed")
        // What follows cannot be read any more, whatever it is.
        decoder.append(self.frames[0].encoded)
        #expect(throws: first) { try decoder.next() }
    }

    @Test("an unknown kind is refused", arguments: [UInt8](0...255).filter { Frame.Kind(rawValue: $0) == nil })
    func unknownKind(code: UInt8) {
        var decoder = FrameDecoder(maximumBody: 300)
        var bytes = ByteBuffer(integer: UInt32(0))
        bytes.writeInteger(code)
        decoder.append(bytes)
        #expect(throws: ChannelViolation("a frame of the unknown kind \(code)")) { try decoder.next() }
    }

    @Test func anyBytesAreFramesOrAViolationAndNeverACrash() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            var decoder = FrameDecoder(maximumBody: 64)
            for _ in 0..<4 {
                let count = Int.random(in: 0...40, using: &generator)
                decoder.append(
                    ByteBuffer(bytes: (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) & 0x4F }))
                do {
                    while let frame = try decoder.next() { _ = try? GuestMessage(frame) }
                } catch { #expect(!"\(error)".isEmpty) }
            }
        }
    }
}
