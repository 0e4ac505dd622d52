/// One message between host and guest; Documentation/sandbox-channel.md is the specification.
struct Frame {
    static let headerBytes = 9

    var type: FrameType
    var id: UInt32
    var body: [UInt8]
}

/// The bytes before a frame's body.
struct FrameHead {
    let bodyBytes: Int
    let type: FrameType
    let id: UInt32

    /// - Throws: for a type that is not known.
    init(_ bytes: ArraySlice<UInt8>) throws(Channel.Lost) {
        func number(_ range: Range<Int>) -> UInt32 {
            range.reduce(0) { $0 << 8 | UInt32(bytes[bytes.startIndex + $1]) }
        }
        guard let type = FrameType(rawValue: bytes[bytes.startIndex + 4]) else { throw Channel.Lost() }
        (self.bodyBytes, self.type, self.id) = (Int(number(0..<4)), type, number(5..<9))
    }
}

/// What a frame says.
///
/// The high bits tell the direction: 0x0_ and 0x8_ come from the host.
enum FrameType: UInt8 {
    // Host to guest.
    case start = 0x01
    case replyValue = 0x02
    case replyError = 0x03
    // Guest to host.
    case console = 0x41
    case call = 0x42
    case result = 0x43
    case failure = 0x44
    // Host to zygote.
    case configure = 0x81
    case fork = 0x82
    case kill = 0x83
    // Zygote to host.
    case ready = 0xC1
    case forked = 0xC2
    case exited = 0xC3
    case refused = 0xC4
    case unusable = 0xC5
}

extension [UInt8] {
    /// Appends a number, big-endian.
    mutating func append<T: FixedWidthInteger>(number: T) {
        for shift in stride(from: T.bitWidth - 8, through: 0, by: -8) {
            self.append(UInt8(truncatingIfNeeded: number >> T(shift)))
        }
    }
}

/// Writes big-endian numbers and length-prefixed text.
struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func write<T: FixedWidthInteger>(_ value: T) { self.bytes.append(number: value) }

    mutating func write(prefixed text: String) {
        self.write(UInt32(text.utf8.count))
        self.bytes.append(contentsOf: text.utf8)
    }
}

/// Reads what `ByteWriter` wrote; nil when the bytes end early.
struct ByteReader {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func read<T: FixedWidthInteger>(_: T.Type) -> T? {
        let width = T.bitWidth / 8
        guard self.bytes.count - self.offset >= width else { return nil }
        defer { self.offset += width }
        return self.bytes[self.offset..<self.offset + width].reduce(0) { $0 << 8 | T($1) }
    }

    mutating func readPrefixedText() -> String? {
        guard let count = self.read(UInt32.self), self.bytes.count - self.offset >= Int(count) else { return nil }
        defer { self.offset += Int(count) }
        return String(decoding: self.bytes[self.offset..<self.offset + Int(count)], as: UTF8.self)
    }

    mutating func readRest() -> ArraySlice<UInt8> {
        defer { self.offset = self.bytes.count }
        return self.bytes[self.offset...]
    }
}
