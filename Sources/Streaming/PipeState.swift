package import NIOCore
package import NIOHTTP1

/// Decides what is in a pipe, when its writer must wait, and when its reader must be told.
package struct PipeState {
    package enum Written: Equatable, Sendable {
        /// There is room for more.
        case room
        /// Taken, but the writer should wait until the reader has made room.
        case full
        /// Not taken: the pipe has ended.
        case closed
    }

    package enum Next: Equatable, Sendable {
        case bytes(ByteBuffer)
        /// Nothing is left and nothing more will come.
        case end(trailers: HTTPHeaders)
        case failed(BodyFailure)
        /// Nothing is here now.
        case wait
    }

    private enum Phase: Equatable {
        /// Takes bytes; goes to `finished`, `failed` or `closed`.
        case open
        /// Takes no more, what is queued can still be read; goes to `closed`.
        case finished(HTTPHeaders)
        /// What was queued is gone; goes to `closed`.
        case failed(BodyFailure)
        /// The reader wants nothing more.
        case closed
    }

    /// Pieces smaller than this are put together: a body that drips in must not cost a buffer for each byte.
    private static let smallestPieceBytes = 4096

    package let limitBytes: Int
    private let roomBytes: Int
    private var phase = Phase.open
    private var pieces = CircularBuffer<ByteBuffer>(initialCapacity: 0)
    package private(set) var queuedBytes = 0
    /// The reader knows that it should look.
    private var isAnnounced = false
    /// The writer must be told once there is room.
    private var isAwaited: Bool

    /// - Parameters:
    ///   - limitBytes: the pipe is full with this much unread.
    ///   - roomBytes: there is room again below this.
    ///   - waitsForReader: the writer is told when the first read finds nothing, as if the pipe had been full.
    package init(limitBytes: Int, roomBytes: Int? = nil, waitsForReader: Bool = false) {
        self.limitBytes = limitBytes
        self.roomBytes = min(limitBytes, roomBytes ?? (limitBytes + 1) / 2)
        self.isAwaited = waitsForReader
    }

    /// Whether nothing can be written any more and nothing is left to read.
    package var isOver: Bool {
        switch self.phase {
        case .open, .finished: false
        case .failed, .closed: true
        }
    }

    /// Whether a writer may go on; true as well when waiting has become pointless.
    package var hasRoom: Bool { self.phase != .open || self.queuedBytes < self.roomBytes }

    /// Whether the writer was told to wait and has not been told to go on.
    package var isFull: Bool { self.isAwaited && !self.hasRoom }

    package var isOpen: Bool { self.phase == .open }

    package mutating func write(_ bytes: ByteBuffer) -> (Written, announce: Bool) {
        guard self.phase == .open else { return (.closed, false) }
        guard bytes.readableBytes > 0 else { return (self.fullness(), false) }
        if bytes.readableBytes < Self.smallestPieceBytes, let last = self.pieces.indices.last {
            self.pieces[last].writeImmutableBuffer(bytes)
        } else {
            self.pieces.append(bytes)
        }
        self.queuedBytes += bytes.readableBytes
        return (self.fullness(), self.announce())
    }

    /// Lets `encode` append to what was written last.
    package mutating func write(_ encode: (inout ByteBuffer) -> Void) -> (Written, announce: Bool) {
        guard self.phase == .open else { return (.closed, false) }
        if self.pieces.isEmpty { self.pieces.append(ByteBuffer()) }
        let last = self.pieces.index(before: self.pieces.endIndex)
        let before = self.pieces[last].readableBytes
        encode(&self.pieces[last])
        self.queuedBytes += self.pieces[last].readableBytes - before
        return (self.fullness(), self.announce())
    }

    /// True when the reader must be told.
    package mutating func finish(trailers: HTTPHeaders) -> Bool {
        guard self.phase == .open else { return false }
        self.phase = .finished(trailers)
        return self.announce()
    }

    /// - Returns: nil when the pipe has ended already, else whether the reader must be told.
    package mutating func fail(_ failure: BodyFailure) -> Bool? {
        guard self.phase == .open else { return nil }
        self.phase = .failed(failure)
        self.drop()
        return self.announce()
    }

    /// What the reader should do next, at most `maximumBytes` at a time.
    package mutating func read(maximumBytes: Int) -> (Next, tellWriter: Bool) {
        self.isAnnounced = false
        let next = self.next(maximumBytes)
        return (next, self.hasMadeRoom())
    }

    /// True the first time.
    package mutating func close() -> Bool {
        guard self.phase != .closed else { return false }
        self.phase = .closed
        self.drop()
        return true
    }

    private mutating func next(_ maximumBytes: Int) -> Next {
        switch self.phase {
        case .failed(let failure): return .failed(failure)
        case .closed: return .failed(.cutOff)
        case .open, .finished: break
        }
        guard let first = self.pieces.first else {
            guard case .finished(let trailers) = self.phase else { return .wait }
            return .end(trailers: trailers)
        }
        guard first.readableBytes > maximumBytes else {
            self.pieces.removeFirst()
            self.queuedBytes -= first.readableBytes
            // Everything was taken: let go of the storage, an idle stream should hold none.
            if self.pieces.isEmpty { self.pieces = CircularBuffer(initialCapacity: 0) }
            return .bytes(first)
        }
        let slice = self.pieces[self.pieces.startIndex].readSlice(length: maximumBytes) ?? ByteBuffer()
        self.queuedBytes -= slice.readableBytes
        return .bytes(slice)
    }

    private mutating func fullness() -> Written {
        guard self.queuedBytes >= self.limitBytes else { return .room }
        self.isAwaited = true
        return .full
    }

    private mutating func hasMadeRoom() -> Bool {
        guard self.isAwaited, self.hasRoom else { return false }
        self.isAwaited = false
        return true
    }

    private mutating func announce() -> Bool {
        defer { self.isAnnounced = true }
        return !self.isAnnounced
    }

    private mutating func drop() {
        self.pieces = CircularBuffer(initialCapacity: 0)
        self.queuedBytes = 0
    }
}
