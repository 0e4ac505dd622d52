import CSeccomp
import Glibc

/// A socket to the host: whole frames in, buffered frames out.
///
/// Blocking, because the host never leaves a frame half sent, and because a guest that cannot write has nothing
/// better to do than to wait.
struct Channel {
    struct Lost: Error {}

    let descriptor: Int32
    private var outgoing: [UInt8] = []
    /// What ``receiveReply()`` read ahead lies in `unread` of it; made when first needed.
    private var incoming: [UInt8] = []
    private var unread = 0..<0
    /// The largest body the host may send; more than this is a host that has gone wrong.
    private static let maximumBody = 64 * 1024 * 1024
    private static let flushThreshold = 16 * 1024
    /// Enough for most replies, so that one system call brings them.
    private static let readAheadBytes = 16 * 1024

    init(descriptor: Int32) { self.descriptor = descriptor }

    // MARK: Out

    var hasUnsent: Bool { !self.outgoing.isEmpty }

    /// Appends a frame; it leaves with the next flush, or now when enough has gathered.
    mutating func send(_ type: FrameType, id: UInt32 = 0, _ body: some Collection<UInt8>) throws(Lost) {
        self.outgoing.append(number: UInt32(body.count))
        self.outgoing.append(type.rawValue)
        self.outgoing.append(number: id)
        self.outgoing.append(contentsOf: body)
        if self.outgoing.count >= Self.flushThreshold { try self.flush() }
    }

    mutating func flush() throws(Lost) {
        var sent = 0
        while sent < self.outgoing.count {
            let result = unsafe self.outgoing.withUnsafeBytes { bytes in
                unsafe write(self.descriptor, bytes.baseAddress! + sent, bytes.count - sent)
            }
            if result < 0 && errno == EINTR { continue }
            guard result > 0 else { throw Lost() }
            sent += result
        }
        self.outgoing.removeAll(keepingCapacity: true)
    }

    // MARK: In

    /// Whether something can be read before the timeout; negative waits for ever.
    func waitForInput(milliseconds: Int32) throws(Lost) -> Bool {
        guard self.unread.isEmpty else { return true }
        var entry = pollfd(fd: self.descriptor, events: Int16(POLLIN), revents: 0)
        let count = unsafe poll(&entry, 1, milliseconds)
        guard count >= 0 || errno == EINTR else { throw Lost() }
        return count > 0
    }

    /// Reads one frame, and ahead what came with it; nil at the end of the stream.
    ///
    /// Never mixed with ``receiveWithDescriptor()``: a descriptor that comes with bytes read ahead is lost.
    mutating func receiveReply() throws(Lost) -> Frame? {
        while self.unread.count < Frame.headerBytes {
            guard try self.readAhead() else {
                guard self.unread.isEmpty else { throw Lost() }
                return nil
            }
        }
        let body = self.unread.lowerBound + Frame.headerBytes
        let head = try FrameHead(self.incoming[self.unread.lowerBound..<body])
        let end = min(body + head.bodyBytes, self.unread.upperBound)
        self.unread = end..<self.unread.upperBound
        return try self.receiveBody(head, beginningWith: self.incoming[body..<end])
    }

    /// Reads what there is into the room that is left; false at the end of the stream.
    private mutating func readAhead() throws(Lost) -> Bool {
        if self.incoming.isEmpty { self.incoming = [UInt8](repeating: 0, count: Self.readAheadBytes) }
        // At most a part of a head is left.
        for (place, old) in self.unread.enumerated() { self.incoming[place] = self.incoming[old] }
        self.unread = 0..<self.unread.count
        let (descriptor, start) = (self.descriptor, self.unread.upperBound)
        var result = 0
        repeat {
            result = unsafe self.incoming.withUnsafeMutableBytes { bytes in
                unsafe read(descriptor, bytes.baseAddress! + start, bytes.count - start)
            }
        } while result < 0 && errno == EINTR
        guard result >= 0 else { throw Lost() }
        self.unread = 0..<start + result
        return result > 0
    }

    /// Reads one frame; nil at the end of the stream.
    func receive() throws(Lost) -> Frame? {
        guard let header = try self.readBytes(Frame.headerBytes, endAllowed: true) else { return nil }
        return try self.receiveBody(FrameHead(header[...]))
    }

    /// Reads one frame and the descriptor that came with it, -1 when none did.
    func receiveWithDescriptor() throws(Lost) -> (frame: Frame, descriptor: Int32)? {
        var passed: Int32 = -1
        var result = 0
        var header = [UInt8](repeating: 0, count: Frame.headerBytes)
        repeat {
            result = unsafe header.withUnsafeMutableBytes { bytes in
                unsafe cseccomp_receive(self.descriptor, bytes.baseAddress, bytes.count, &passed)
            }
        } while result < 0 && errno == EINTR
        if result == 0 { return nil }
        guard result > 0 else { throw Lost() }
        if result < header.count {
            guard let rest = try self.readBytes(header.count - result, endAllowed: false) else { throw Lost() }
            header.replaceSubrange(result..., with: rest)
        }
        return (try self.receiveBody(FrameHead(header[...])), passed)
    }

    private func receiveBody(_ head: FrameHead, beginningWith start: ArraySlice<UInt8> = []) throws(Lost) -> Frame {
        guard head.bodyBytes <= Self.maximumBody,
            let body = try self.readBytes(head.bodyBytes, beginningWith: start, endAllowed: false)
        else { throw Lost() }
        return Frame(type: head.type, id: head.id, body: body)
    }

    /// Room for one byte more is kept: QuickJS wants a zero behind the text it parses.
    private func readBytes(
        _ count: Int, beginningWith start: ArraySlice<UInt8> = [], endAllowed: Bool
    ) throws(Lost) -> [UInt8]? {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count + 1) { buffer, filled in
            filled = unsafe buffer.update(fromContentsOf: start)
            while filled < count {
                let result = unsafe read(self.descriptor, buffer.baseAddress! + filled, count - filled)
                if result < 0 && errno == EINTR { continue }
                guard result > 0 else { return }
                filled += result
            }
        }
        if bytes.isEmpty && count > 0 && endAllowed { return nil }
        guard bytes.count == count else { throw Lost() }
        return bytes
    }
}
