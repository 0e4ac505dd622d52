/// Text cut to a number of bytes, at a character's end.
struct TrimmedText: Equatable {
    let text: String
    /// Bytes of the whole, when something was cut.
    let wholeBytes: Int?

    init(_ text: String, maximumBytes: Int) {
        let bytes = text.utf8
        guard bytes.count > maximumBytes else {
            (self.text, self.wholeBytes) = (text, nil)
            return
        }
        var end = bytes.index(bytes.startIndex, offsetBy: max(0, maximumBytes))
        while end > bytes.startIndex, bytes[end] & 0xC0 == 0x80 { end = bytes.index(before: end) }
        (self.text, self.wholeBytes) = (String(text[..<end]), bytes.count)
    }
}
