/// What the load generator wants to know of an answer's head.
struct AnswerHead: Equatable {
    enum Framing: Equatable {
        case length(Int)
        case chunked
    }

    let status: Int
    let framing: Framing
    /// Length of status line and headers with the empty line.
    let bytes: Int

    struct Unreadable: Error, Equatable, CustomStringConvertible { let description: String }

    /// Reads a head in one pass; nil when its end has not arrived.
    init?(_ text: Span<UInt8>) throws(Unreadable) {
        var framing = Framing.length(0)
        var lineStart = 0
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "\n") else {
                index += 1
                continue
            }
            let line = text.extracting(lineStart..<index)
            index += 1
            lineStart = index
            if line.count <= 1 {
                self.status = try Self.status(text)
                (self.framing, self.bytes) = (framing, index)
                return
            }
            if let value = Self.value(of: "content-length", in: line) {
                guard let length = Int(value), length >= 0 else {
                    throw Unreadable(description: "Content-Length: \(value)")
                }
                framing = .length(length)
            } else if let value = Self.value(of: "transfer-encoding", in: line), value == "chunked" {
                framing = .chunked
            }
        }
        return nil
    }

    private static func status(_ text: Span<UInt8>) throws(Unreadable) -> Int {
        let line = text.extracting(0..<min(12, text.count))
        var status = 0
        for index in line.indices.dropFirst(9) { status = status * 10 + Int(line[index]) - 0x30 }
        let isHTTP = line.count == 12 && line[0] == UInt8(ascii: "H") && line[7] == UInt8(ascii: "1")
        guard isHTTP, (100...599).contains(status) else { throw Unreadable(description: "not an HTTP/1.1 answer") }
        return status
    }

    /// The value of a header line if it has this name, which must be in lower case.
    static func value(of name: StaticString, in line: Span<UInt8>) -> String? {
        let length = name.utf8CodeUnitCount
        guard line.count > length, line[length] == UInt8(ascii: ":") else { return nil }
        let isSame = name.withUTF8Buffer { wanted in
            for index in 0..<length where unsafe line[index] | 0x20 != wanted[index] { return false }
            return true
        }
        guard isSame else { return nil }
        var value = ""
        for index in line.indices.dropFirst(length + 1) where line[index] > 0x20 {
            value.unicodeScalars.append(Unicode.Scalar(line[index]))
        }
        return value
    }
}
