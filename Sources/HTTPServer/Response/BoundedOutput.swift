/// Appends text to memory of a fixed size, and traps rather than write past its end.
///
/// A head has dozens of pieces; appending each to a `ByteBuffer` costs more than the copying itself.
@safe
struct BoundedOutput {
    private let target: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    /// - Parameter target: must outlive this value.
    @unsafe
    init(_ target: UnsafeMutableRawBufferPointer) { unsafe self.target = target }

    @inline(__always)
    mutating func append(_ text: StaticString) { unsafe self.append(UnsafeRawBufferPointer(text.utf8Bytes)) }

    mutating func append(_ text: String) {
        let isCopied: Void? = unsafe text.utf8.withContiguousStorageIfAvailable {
            unsafe self.append(UnsafeRawBufferPointer($0))
        }
        if isCopied == nil { for byte in text.utf8 { self.append(byte) } }
    }

    mutating func append(_ text: String, atMost bytes: Int) {
        if text.utf8.count <= bytes {
            self.append(text)
        } else {
            for byte in text.utf8.prefix(bytes) { self.append(byte) }
        }
    }

    /// - Parameter decimal: not negative.
    mutating func append(decimal: Int) {
        if decimal >= 10 { self.append(decimal: decimal / 10) }
        self.append(UInt8(ascii: "0") + UInt8(decimal % 10))
    }

    private mutating func append(_ byte: UInt8) {
        unsafe precondition(self.count < self.target.count)
        unsafe self.target[self.count] = byte
        self.count += 1
    }

    @unsafe
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        unsafe precondition(bytes.count <= self.target.count - self.count)
        if let source = bytes.baseAddress, let target = unsafe self.target.baseAddress {
            unsafe (target + self.count).copyMemory(from: source, byteCount: bytes.count)
        }
        self.count += bytes.count
    }
}

extension StaticString {
    /// The text's bytes, which live as long as the program.
    fileprivate var utf8Bytes: UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(start: self.utf8Start, count: self.utf8CodeUnitCount)
    }
}
