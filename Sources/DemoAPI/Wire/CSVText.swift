/// Writes comma-separated rows, quoting only where a reader would go wrong otherwise.
///
/// No rows make an empty file without even a header, and the last line has no line end: the original does the same.
struct CSVText {
    private let header: [String]
    private(set) var bytes: [UInt8] = []

    init(header: [String]) { self.header = header }

    mutating func append(_ row: [String]) {
        if self.bytes.isEmpty { self.write(self.header) }
        self.bytes.append(UInt8(ascii: "\n"))
        self.write(row)
    }

    private mutating func write(_ fields: [String]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { self.bytes.append(UInt8(ascii: ",")) }
            guard field.utf8.contains(where: { ",\"\r\n|".utf8.contains($0) }) else {
                self.bytes.append(contentsOf: field.utf8)
                continue
            }
            self.bytes.append(UInt8(ascii: "\""))
            for byte in field.utf8 {
                if byte == UInt8(ascii: "\"") { self.bytes.append(byte) }
                self.bytes.append(byte)
            }
            self.bytes.append(UInt8(ascii: "\""))
        }
    }
}
