import NIOCore

/// Plaintext that waits to be encrypted: for the handshake, or for a peer that does not read.
struct TLSWriteQueue {
    /// What becomes one run of TLS records.
    struct Batch {
        let bytes: ByteBuffer
        let promise: EventLoopPromise<Void>?
    }

    private typealias Item = (bytes: ByteBuffer, promise: EventLoopPromise<Void>?)

    /// Small writes up to this size together share a record: each costs a header, a tag and an encryption of its own.
    private static let recordBytes = 16 * 1024
    /// Encrypted at a time, so that a slow peer's answer waits as plaintext, not twice as plaintext and ciphertext.
    private static let batchBytes = 64 * 1024

    private var items = CircularBuffer<Item>(initialCapacity: 1)
    /// How many of the items may go out.
    private var flushed = 0

    var hasFlushed: Bool { self.flushed > 0 }

    mutating func append(_ bytes: ByteBuffer, _ promise: EventLoopPromise<Void>?) {
        self.items.append((bytes, promise))
    }

    mutating func flush() { self.flushed = self.items.count }

    /// Takes the next flushed bytes.
    mutating func next() -> Batch? {
        guard self.flushed > 0, var first = self.items.popFirst() else { return nil }
        if first.bytes.readableBytes > Self.batchBytes, let slice = first.bytes.readSlice(length: Self.batchBytes) {
            self.items.prepend(first)
            return Batch(bytes: slice, promise: nil)
        }
        self.flushed -= 1
        while self.flushed > 0, let second = self.items.first,
            first.bytes.readableBytes + second.bytes.readableBytes <= Self.recordBytes
        {
            self.items.removeFirst()
            self.flushed -= 1
            first.bytes.writeImmutableBuffer(second.bytes)
            first.promise = Self.both(first.promise, second.promise)
        }
        return Batch(bytes: first.bytes, promise: first.promise)
    }

    /// Takes everything, flushed or not.
    mutating func removeAll() -> [EventLoopPromise<Void>] {
        defer { (self.items, self.flushed) = (CircularBuffer(initialCapacity: 1), 0) }
        return self.items.compactMap(\.promise)
    }

    private static func both(_ first: EventLoopPromise<Void>?, _ second: EventLoopPromise<Void>?)
        -> EventLoopPromise<Void>?
    {
        guard let first else { return second }
        if let second { second.futureResult.cascade(to: first) }
        return second ?? first
    }
}
