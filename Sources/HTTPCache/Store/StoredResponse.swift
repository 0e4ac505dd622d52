import Compression
import HTTPSyntax
import NIOCore
import NIOHTTP1

/// One stored response, immutable: facts, key, selecting fields, groups, headers and a small body in one allocation.
///
/// Lines that other responses have as well are kept beside it, for all of them (``CommonLines``).
///
/// Headers are bytes as HTTP/1.1 writes them, so that a hit copies them and builds nothing. The `ETag` line comes first,
/// because a compressed answer carries a weakened one in its place (RFC 9110, section 8.8.3.3). `Date` is kept as a
/// number among the facts, a tenth of its length.
///
/// Nothing writes to the memory after it was filled, which is why it may be shared between threads.
struct StoredResponse: @unchecked Sendable {
    private let memory: ManagedBuffer<Layout, UInt8>

    /// Sizes of the regions that follow, in this order, and what has a fixed size.
    struct Layout {
        var extras: Extras?
        var common: CommonLines?
        var facts: StoredFacts
        var headerBytes: UInt32 = 0
        var bodyBytes: UInt32 = 0
        /// Of the body as the origin sent it.
        var plainBytes: UInt32 = 0
        var keyBytes: UInt16 = 0
        var selectorBytes: UInt16 = 0
        var groupCount: UInt16 = 0
        var tagBytes: UInt16 = 0
    }

    /// What few entries have.
    final class Extras: Sendable {
        /// A body too large to be copied at each hit.
        let body: ByteBuffer?
        /// What a partial response is part of (RFC 9111, section 3.3).
        let part: StoredPart?
        let leniency: Leniency

        init(body: ByteBuffer?, part: StoredPart?, leniency: Leniency) {
            self.body = body
            self.part = part
            self.leniency = leniency
        }
    }

    /// How long it may be used stale (RFC 5861), in seconds.
    struct Leniency: Equatable, Sendable {
        var whileRevalidate = 0
        var ifError = 0
    }

    /// Bodies up to this size stand in the entry itself and are copied out at each hit, which costs microseconds; a
    /// buffer of its own would cost every entry 170 bytes.
    static let inlineBodyBytes = 256 * 1024

    /// Everything a stored response is made from.
    struct Parts {
        var facts: StoredFacts
        var key: String
        /// As ``VaryRules/text(_:_:)`` makes it.
        var selectors = ""
        var groups: [UInt64] = []
        /// Without the fields that are not stored, without framing.
        var headers: HTTPHeaders
        var body: ByteBuffer
        var plainBytes: Int
        var part: StoredPart?
        var leniency = Leniency()
    }

    /// - Returns: nil when a region is larger than its count can say, or a field would break apart the message into
    ///   which hits copy it; such a response is not stored. No stored line has a CR but the one at its end.
    static func make(_ parts: Parts, sharing table: CommonLineTable) -> StoredResponse? {
        guard parts.headers.allSatisfy({ FieldSyntax.isName($0.name) && FieldSyntax.isValue($0.value) }) else {
            return nil
        }
        let tag = parts.headers.first(name: "etag").map { "ETag: \($0)\r\n" } ?? ""
        let (own, others) = Self.lines(parts.headers)
        let common = table.shared(others)
        let lines = common == nil ? own + others : own
        guard let keyBytes = UInt16(exactly: parts.key.utf8.count), let tagBytes = UInt16(exactly: tag.utf8.count),
            let selectorBytes = UInt16(exactly: parts.selectors.utf8.count),
            let groupCount = UInt16(exactly: parts.groups.count),
            let headerBytes = UInt32(exactly: tag.utf8.count + lines.utf8.count),
            let bodyBytes = UInt32(exactly: parts.body.readableBytes),
            let plainBytes = UInt32(exactly: parts.plainBytes)
        else { return nil }
        let isInline = parts.body.readableBytes <= Self.inlineBodyBytes
        var layout = Layout(common: common, facts: parts.facts)
        layout.keyBytes = keyBytes
        layout.selectorBytes = selectorBytes
        layout.groupCount = groupCount
        layout.tagBytes = tagBytes
        layout.headerBytes = headerBytes
        layout.bodyBytes = bodyBytes
        layout.plainBytes = plainBytes
        if !isInline || parts.part != nil || parts.leniency != Leniency() {
            layout.extras = Extras(
                body: isInline ? nil : unsafe parts.body.withUnsafeReadableBytes { unsafe ExactBuffer.copy($0) },
                part: parts.part, leniency: parts.leniency)
        }
        let size =
            parts.groups.count * 8 + parts.key.utf8.count + parts.selectors.utf8.count + Int(headerBytes)
            + (isInline ? parts.body.readableBytes : 0)
        let memory = ManagedBuffer<Layout, UInt8>.create(minimumCapacity: size) { _ in layout }
        unsafe memory.withUnsafeMutablePointerToElements { start in
            var output = unsafe RegionWriter(UnsafeMutableRawBufferPointer(start: start, count: size))
            for group in parts.groups { unsafe withUnsafeBytes(of: group) { unsafe output.append($0) } }
            output.append(parts.key)
            output.append(parts.selectors)
            output.append(tag)
            output.append(lines)
            if isInline { unsafe parts.body.withUnsafeReadableBytes { unsafe output.append($0) } }
        }
        return StoredResponse(memory: memory)
    }

    /// Every field but `ETag` and `Date`, as HTTP/1.1 writes them: those that are this response's own, and the others.
    private static func lines(_ headers: HTTPHeaders) -> (own: String, others: String) {
        var (own, others) = ("", "")
        for (name, value) in headers {
            let lowered = name.lowercased()
            guard lowered != "etag", lowered != "date" else { continue }
            let line = "\(name): \(value)\r\n"
            if CommonLines.individual.contains(lowered) { own += line } else { others += line }
        }
        return (own, others)
    }

    /// Whether both are one entry, not merely equal ones.
    func isSame(as other: StoredResponse) -> Bool { self.memory === other.memory }

    // MARK: Regions

    var layout: Layout { self.memory.header }
    var facts: StoredFacts { self.memory.header.facts }
    var part: StoredPart? { self.memory.header.extras?.part }
    var leniency: Leniency { self.memory.header.extras?.leniency ?? Leniency() }
    var status: Int { Int(self.memory.header.facts.status) }

    private var groupsEnd: Int { Int(self.memory.header.groupCount) * 8 }
    private var keyEnd: Int { self.groupsEnd + Int(self.memory.header.keyBytes) }
    private var selectorsEnd: Int { self.keyEnd + Int(self.memory.header.selectorBytes) }
    private var headersEnd: Int { self.selectorsEnd + Int(self.memory.header.headerBytes) }

    /// What the entry takes up, the allocator's own words included.
    var weight: Int {
        let layout = self.memory.header
        let body = layout.extras?.body.map { $0.readableBytes + 112 } ?? Int(layout.bodyBytes)
        return 16 + MemoryLayout<Layout>.stride + self.headersEnd + body + 16 + (layout.extras == nil ? 0 : 128)
    }

    func withBytes<Result>(_ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe self.memory.withUnsafeMutablePointerToElements { start in
            unsafe body(UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count))
        }
    }

    private func text(_ range: Range<Int>) -> String {
        unsafe self.withBytes(range) { unsafe String(decoding: $0, as: UTF8.self) }
    }

    var key: String { self.text(self.groupsEnd..<self.keyEnd) }
    var selectors: String { self.text(self.keyEnd..<self.selectorsEnd) }
    var hasSelectors: Bool { self.memory.header.selectorBytes > 0 }
    var hasGroups: Bool { self.memory.header.groupCount > 0 }

    func isKept(under key: String) -> Bool {
        guard key.utf8.count == Int(self.memory.header.keyBytes) else { return false }
        return unsafe self.withBytes(self.groupsEnd..<self.keyEnd) { stored in
            unsafe stored.elementsEqual(key.utf8)
        }
    }

    /// Whether its target fits and is one of the host, or of any; for looking through many.
    ///
    /// - Parameter host: in lower case.
    @unsafe
    func isKept(host: String?, where fits: (Slice<UnsafeRawBufferPointer>) -> Bool) -> Bool {
        unsafe self.withBytes(self.groupsEnd..<self.keyEnd) { key in
            guard let zoneEnd = unsafe key.firstIndex(of: 0),
                let hostEnd = unsafe key[(zoneEnd + 1)...].firstIndex(of: 0)
            else { return false }
            if let host, unsafe !key[zoneEnd + 1..<hostEnd].elementsEqual(host.utf8) { return false }
            return unsafe fits(key[(hostEnd + 1)...])
        }
    }

    /// Zone and authority, as they stand in the key.
    var origin: String {
        let key = self.key
        let ends = key.utf8.indices.lazy.filter { key.utf8[$0] == 0 }.prefix(2)
        return Array(ends).last.map { String(key[...$0]) } ?? key
    }

    func containsGroup(where fits: (UInt64) -> Bool) -> Bool {
        unsafe self.withBytes(0..<self.groupsEnd) { bytes in
            stride(from: 0, to: bytes.count, by: 8).contains {
                unsafe fits(bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self))
            }
        }
    }

    var groups: [UInt64] {
        unsafe self.withBytes(0..<self.groupsEnd) { bytes in
            stride(from: 0, to: bytes.count, by: 8).map {
                unsafe bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self)
            }
        }
    }

    /// The value of the `ETag` line, with its line end.
    func withTag<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        // Behind the six bytes of the name stands the tag.
        unsafe self.withBytes(self.selectorsEnd + 6..<self.tagEnd, body)
    }

    private var tagEnd: Int { self.selectorsEnd + Int(self.memory.header.tagBytes) }

    var headerBytes: Int { Int(self.memory.header.headerBytes) + (self.memory.header.common?.count ?? 0) }

    /// Calls `body` with all lines, in pieces that end with a line.
    ///
    /// - Parameter hasTag: whether the `ETag` line, the first, is among them.
    func forEachPiece(hasTag: Bool = true, _ body: (UnsafeRawBufferPointer) -> Void) {
        unsafe self.withBytes((hasTag ? self.selectorsEnd : self.tagEnd)..<self.headersEnd, body)
        unsafe self.memory.header.common?.withBytes(body)
    }

    /// The headers as they were stored.
    var headers: HTTPHeaders {
        var headers: HTTPHeaders = ["Date": HTTPDate(secondsSinceEpoch: Int(self.facts.date)).description]
        self.forEachHeader { headers.add(name: $0, value: $1) }
        return headers
    }

    /// The first value of a field.
    func value(of field: String) -> String? {
        var value: String?
        unsafe self.forEachPiece { bytes in
            if value == nil { value = unsafe Self.value(of: field, in: bytes) }
        }
        return value
    }

    private static func value(of field: String, in bytes: UnsafeRawBufferPointer) -> String? {
        var start = 0
        while let end = unsafe bytes[start...].firstIndex(of: 0x0D) {
            let colon = start + field.utf8.count
            if unsafe colon < end && bytes[colon] == 0x3A
                && zip(bytes[start..<colon], field.utf8).allSatisfy({ FieldText.lowered($0) == $1 })
            {
                return unsafe String(decoding: bytes[(colon + 2)..<end], as: UTF8.self)
            }
            start = end + 2
        }
        return nil
    }

    private func forEachHeader(_ body: (String, String) -> Void) {
        unsafe self.forEachPiece { bytes in
            var start = 0
            while let end = unsafe bytes[start...].firstIndex(of: 0x0D),
                let colon = unsafe bytes[start..<end].firstIndex(of: 0x3A)
            {
                unsafe body(
                    String(decoding: bytes[start..<colon], as: UTF8.self),
                    String(decoding: bytes[(colon + 2)..<end], as: UTF8.self))
                start = end + 2
            }
        }
    }

    /// The body as it is stored.
    var body: ByteBuffer {
        if let body = self.memory.header.extras?.body { return body }
        return unsafe self.withBytes(self.headersEnd..<self.headersEnd + Int(self.memory.header.bodyBytes)) {
            unsafe ExactBuffer.copy($0)
        }
    }

    /// The body as the origin sent it; nil when it cannot be restored.
    var plainBody: ByteBuffer? {
        guard self.facts.flags.contains(.isCompressed) else { return self.body }
        return try? Gzip.decompress(self.body, limitBytes: Int(self.memory.header.plainBytes))
    }

    /// Bytes of a small body, for a writer that copies them once.
    func withInlineBody<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
        guard self.memory.header.extras?.body == nil else { return nil }
        return unsafe self.withBytes(self.headersEnd..<self.headersEnd + Int(self.memory.header.bodyBytes), body)
    }
}
