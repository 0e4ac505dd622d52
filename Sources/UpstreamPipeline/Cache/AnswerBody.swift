import NIOCore
import Synchronization

/// The body of one answer: in the form in which it is kept, and in those in which it is asked for again and again.
///
/// Kept is the smallest form, of exactly its size, and behind it the few texts that belong to the answer: a text of its
/// own would cost as much again in headers. What is made for readers stays until ``cool()``.
final class AnswerBody: Sendable {
    /// What readers have asked for so far.
    private final class Warm: Sendable {
        private struct Forms {
            var made: [Int: ByteBuffer] = [:]
            var elements: [Pick: [String: Range<Int>]] = [:]
        }
        let plain: ByteBuffer
        private let forms = Mutex(Forms())

        init(_ plain: ByteBuffer) { self.plain = plain }

        func form(_ number: Int, _ make: (ByteBuffer) -> ByteBuffer) -> ByteBuffer {
            self.forms.withLock { forms in
                if let form = forms.made[number] { return form }
                let form = make(self.plain)
                forms.made[number] = form
                return form
            }
        }

        func range(of id: String, _ pick: Pick) -> Range<Int>? {
            self.forms.withLock { forms in
                if let known = forms.elements[pick] { return known[id] }
                let found = ElementIndex.elements(of: self.plain, pick)
                forms.elements[pick] = found
                return found[id]
            }
        }
    }
    /// Where what stands in the kept bytes: the body, the entity tag, the key.
    private struct Layout {
        var body: UInt32 = 0
        var plain: UInt32 = 0
        var tag: UInt16 = 0
        var isPacked = false
        var isKept = false
    }
    private let kept: [UInt8]
    private let layout: Layout
    private let warm: Mutex<Warm?>

    init(_ plain: ByteBuffer) {
        (self.kept, self.layout) = ([], Layout(plain: UInt32(clamping: plain.readableBytes)))
        self.warm = Mutex(Warm(plain))
    }

    private init(kept: [UInt8], _ layout: Layout) {
        (self.kept, self.layout) = (kept, layout)
        self.warm = Mutex(nil)
    }

    /// Without content coding.
    var plainBytes: Int { Int(self.layout.plain) }
    /// Whether the kept bytes are gzip.
    var isPacked: Bool { self.layout.isPacked }
    /// Whether the body has the form in which it is kept.
    var isKept: Bool { self.layout.isKept }
    /// What is kept weighs this much, the key left out.
    var keptBytes: Int { self.isKept ? Int(self.layout.body) + Int(self.layout.tag) : self.plainBytes }

    /// Without content coding.
    var plain: ByteBuffer { self.warmed.plain }

    /// The kept bytes if they are gzip, which a client that accepts it gets as they are.
    var packed: ByteBuffer? {
        self.isPacked ? ByteBuffer(bytes: self.kept[..<Int(self.layout.body)]) : nil
    }

    /// Of a kept body: the upstream's tag.
    var keptTag: String? {
        guard self.layout.tag > 0 else { return nil }
        let start = Int(self.layout.body)
        return String(decoding: self.kept[start..<start + Int(self.layout.tag)], as: UTF8.self)
    }

    /// Of a kept body: what it was asked with, where that is of use.
    var keptKey: String? {
        let start = Int(self.layout.body) + Int(self.layout.tag)
        return self.isKept && start < self.kept.count ? String(decoding: self.kept[start...], as: UTF8.self) : nil
    }

    /// What `make` makes of the plain form, made once for each number.
    func form(_ number: Int, _ make: (ByteBuffer) -> ByteBuffer) -> ByteBuffer { self.warmed.form(number, make) }

    /// The element of a list with this id.
    func element(_ id: String, _ pick: Pick) -> ByteBuffer? {
        let warm = self.warmed
        return warm.range(of: id, pick).flatMap {
            warm.plain.getSlice(at: warm.plain.readerIndex + $0.lowerBound, length: $0.count)
        }
    }

    /// The form to keep, gzip where that saves a tenth or more.
    ///
    /// - Parameters:
    ///   - packer: nil keeps the body as it is.
    ///   - key: kept with it for those who look for larger answers; nil where nobody does.
    func forKeeping(_ packer: Packer?, tag: String?, key: String?) -> AnswerBody {
        let plain = self.plain
        let packed = packer?.pack(plain)
        let (tag, key) = ((tag ?? "").utf8, (key ?? "").utf8)
        let body = (packed ?? plain).readableBytesView
        // Of exactly that size: an array that grows leaves room.
        var kept: [UInt8] = []
        kept.reserveCapacity(body.count + tag.count + key.count)
        kept.append(contentsOf: body)
        kept.append(contentsOf: tag)
        kept.append(contentsOf: key)
        return AnswerBody(
            kept: kept,
            Layout(
                body: UInt32(clamping: body.count), plain: UInt32(clamping: plain.readableBytes),
                tag: UInt16(clamping: tag.count), isPacked: packed != nil, isKept: true))
    }

    /// Forgets everything but what is kept.
    func cool() {
        guard self.isKept else { return }
        self.warm.withLock { $0 = nil }
    }

    private var warmed: Warm {
        self.warm.withLock { warm in
            if let warm { return warm }
            let body = self.kept[..<Int(self.layout.body)]
            let made = Warm(
                self.isPacked
                    ? Packer.unpack(ByteBuffer(bytes: body), bytes: self.plainBytes) : ByteBuffer(bytes: body))
            warm = made
            return made
        }
    }
}
