/// Reads comma-separated rows (RFC 4180) into dictionaries by column.
enum CSVReader {
    /// The rows below the header line; nil when a quoted field never ends.
    static func rows(_ bytes: [UInt8]) -> [[String: String]]? {
        guard let records = Self.records(bytes) else { return nil }
        guard let header = records.first else { return [] }
        return records.dropFirst().map { record in
            var row: [String: String] = [:]
            for (column, value) in zip(header, record) { row[column.trimmed] = value.trimmed }
            return row
        }
    }

    private static func records(_ bytes: [UInt8]) -> [[String]]? {
        var records: [[String]] = []
        var record: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        func endField() {
            record.append(String(decoding: field, as: UTF8.self))
            field.removeAll()
        }
        func endRecord() {
            endField()
            if record.contains(where: { !$0.isEmpty }) { records.append(record) }
            record.removeAll()
        }
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\"") where isQuoted && index < bytes.count && bytes[index] == byte:
                field.append(byte)
                index += 1
            case UInt8(ascii: "\""): isQuoted.toggle()
            case _ where isQuoted: field.append(byte)
            case UInt8(ascii: ","): endField()
            case UInt8(ascii: "\r"): break
            case UInt8(ascii: "\n"): endRecord()
            default: field.append(byte)
            }
        }
        guard !isQuoted else { return nil }
        if !field.isEmpty || !record.isEmpty { endRecord() }
        return records
    }
}
