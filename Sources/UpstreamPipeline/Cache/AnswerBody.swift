import NIOCore
import Synchronization

/// The body of one answer: in the form in which it is kept, and in those in which it is asked for again and again.
///
/// Kept is the smallest form, of exactly its size. What is made of it for readers stays until ``cool()``.
final class AnswerBody: Sendable {
    /// What readers have asked for so far.
    private struct Warm {
        var plain: ByteBuffer?
        var forms: [Int: ByteBuffer] = [:]
        var elements: [Pick: [String: Range<Int>]] = [:]
    }
    /// The kept bytes; nil while nothing but the plain form exists.
    private let kept: [UInt8]?
    /// Whether the kept bytes are gzip.
    let isPacked: Bool
    /// Without content coding.
    let plainBytes: Int
    private let warm: Mutex<Warm>

    init(_ plain: ByteBuffer) {
        (self.kept, self.isPacked, self.plainBytes) = (nil, false, plain.readableBytes)
        self.warm = Mutex(Warm(plain: plain))
    }

    private init(kept: [UInt8], isPacked: Bool, plainBytes: Int) {
        (self.kept, self.isPacked, self.plainBytes) = (kept, isPacked, plainBytes)
        self.warm = Mutex(Warm())
    }

    /// What is kept weighs this much.
    var keptBytes: Int { self.kept?.count ?? self.plainBytes }

    /// Without content coding.
    var plain: ByteBuffer {
        self.warm.withLock { warm in
            if let plain = warm.plain { return plain }
            let plain = self.unpacked
            warm.plain = plain
            return plain
        }
    }

    /// The kept bytes if they are gzip, which a client that accepts it gets as they are.
    var packed: ByteBuffer? { self.isPacked ? self.kept.map { ByteBuffer(bytes: $0) } : nil }

    /// What `make` makes of the plain form, made once for each number.
    func form(_ number: Int, _ make: (ByteBuffer) -> ByteBuffer) -> ByteBuffer {
        let plain = self.plain
        return self.warm.withLock { warm in
            if let form = warm.forms[number] { return form }
            let form = make(plain)
            warm.forms[number] = form
            return form
        }
    }

    /// The element of a list with this id.
    func element(_ id: String, _ pick: Pick) -> ByteBuffer? {
        let plain = self.plain
        let range = self.warm.withLock { warm in
            if let known = warm.elements[pick] { return known[id] }
            let found = ElementIndex.elements(of: plain, pick)
            warm.elements[pick] = found
            return found[id]
        }
        return range.flatMap { plain.getSlice(at: plain.readerIndex + $0.lowerBound, length: $0.count) }
    }

    /// The form to keep, gzip where that saves a tenth or more.
    func forKeeping(_ packer: Packer) -> AnswerBody {
        let plain = self.plain
        if let packed = packer.pack(plain) {
            return AnswerBody(kept: packed, isPacked: true, plainBytes: plain.readableBytes)
        }
        return AnswerBody(kept: Array(plain.readableBytesView), isPacked: false, plainBytes: plain.readableBytes)
    }

    /// Forgets everything but what is kept.
    func cool() {
        guard self.kept != nil else { return }
        self.warm.withLock { $0 = Warm() }
    }

    private var unpacked: ByteBuffer {
        guard let kept = self.kept else { return ByteBuffer() }
        return self.isPacked ? Packer.unpack(kept, bytes: self.plainBytes) : ByteBuffer(bytes: kept)
    }
}
