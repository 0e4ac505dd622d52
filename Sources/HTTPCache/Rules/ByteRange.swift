/// One range a client asks for (RFC 9110, section 14.1.2).
enum ByteRange: Equatable {
    case from(Int, through: Int?)
    case last(Int)

    /// - Returns: nil for anything but one range of bytes. Several, another unit and what breaks the grammar are then
    ///   ignored, which a server may always do.
    init?(_ text: String) {
        guard text.lowercased().hasPrefix("bytes=") else { return nil }
        let ends = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false).map {
            Substring(FieldText.trimmed($0.utf8))
        }
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
            return nil
        }
        switch (Int(ends[0]), Int(ends[1])) {
        case (let first?, let last?) where first <= last: self = .from(first, through: last)
        case (let first?, nil) where ends[1].isEmpty: self = .from(first, through: nil)
        case (nil, let count?) where ends[0].isEmpty: self = .last(count)
        default: return nil
        }
    }

    /// The bytes it means of a whole of `length` bytes; nil when it means none of them (416).
    func bytes(of length: Int) -> Range<Int>? {
        switch self {
        case .from(let first, through: let last):
            guard first < length else { return nil }
            // A client may name the largest number there is: it is cut before it is counted on from.
            return first..<min(last ?? length - 1, length - 1) + 1
        case .last(let count):
            guard count > 0, length > 0 else { return nil }
            return max(0, length - count)..<length
        }
    }
}
