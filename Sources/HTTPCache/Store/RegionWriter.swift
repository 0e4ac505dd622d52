/// Fills memory from front to back; what was measured before must fit.
@safe
struct RegionWriter {
    private let target: UnsafeMutableRawBufferPointer
    private var position = 0

    init(_ target: UnsafeMutableRawBufferPointer) { unsafe self.target = target }

    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { unsafe self.append(UnsafeRawBufferPointer($0)) }
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        unsafe precondition(bytes.count <= self.target.count - self.position)
        guard let source = bytes.baseAddress, let target = unsafe self.target.baseAddress else { return }
        unsafe (target + self.position).copyMemory(from: source, byteCount: bytes.count)
        self.position += bytes.count
    }
}
