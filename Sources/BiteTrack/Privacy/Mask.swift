/// Hides personal data in an answer, in the bytes as they came.
struct Mask {
    let fields: Set<PersonalData.Field>

    /// A number that no other set of fields has.
    var number: Int {
        PersonalData.Field.allCases.enumerated().reduce(0) { number, field in
            number | (self.fields.contains(field.element) ? 1 << field.offset : 0)
        }
    }

    /// What stands in the place of a hidden text.
    static let mark = Array("***".utf8)
    /// Digits of a phone number that stay, to tell two customers of one name apart.
    static let phoneDigits = 4

    /// JSON text with the values of the fields hidden; nil when there is nothing to hide.
    ///
    /// Only members whose value is a text are touched, wherever they stand. In JSON a name is a text followed by a colon, and
    /// a quotation mark inside a text has a backslash before it: neither can be mistaken.
    func json(_ bytes: [UInt8]) -> [UInt8]? {
        guard !self.fields.isEmpty else { return nil }
        let names = self.fields.map { (field: $0, name: Array("\"\($0.rawValue)\"".utf8)) }
        var output: [UInt8] = []
        var copied = 0
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: ":"),
                let field = names.first(where: { Self.ends(bytes, at: index, with: $0.name) })?.field,
                let value = Self.text(in: bytes, after: index)
            else {
                index += 1
                continue
            }
            output += bytes[copied..<value.lowerBound]
            output += Self.hidden(bytes[value], field)
            copied = value.upperBound
            index = value.upperBound
        }
        guard copied > 0 else { return nil }
        output += bytes[copied...]
        return output
    }

    /// CSV text with the column of email addresses hidden; nil when it has none.
    func csv(_ bytes: [UInt8]) -> [UInt8]? {
        guard self.fields.contains(.email) else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var column = 0
        var hiddenColumn: Int?
        var isHeader = true
        var cell: [UInt8] = []
        var isQuoted = false
        func endCell() {
            if isHeader, cell == Self.emailColumn { hiddenColumn = column }
            let isHidden = !isHeader && column == hiddenColumn && !cell.isEmpty && cell != Array("N/A".utf8)
            output += isHidden ? Self.mark : cell
            cell.removeAll(keepingCapacity: true)
            column += 1
        }
        for byte in bytes {
            switch byte {
            case UInt8(ascii: ",") where !isQuoted, UInt8(ascii: "\n") where !isQuoted:
                endCell()
                output.append(byte)
                if byte == UInt8(ascii: "\n") { (column, isHeader) = (0, false) }
                if !isHeader, hiddenColumn == nil { return nil }
            default:
                if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                cell.append(byte)
            }
        }
        endCell()
        return hiddenColumn == nil ? nil : output
    }

    private static let emailColumn = Array("Customer Email".utf8)

    private static func ends(_ bytes: [UInt8], at index: Int, with name: [UInt8]) -> Bool {
        index >= name.count && bytes[(index - name.count)..<index].elementsEqual(name)
    }

    /// The inside of the text that follows a colon; nil when no text follows.
    private static func text(in bytes: [UInt8], after colon: Int) -> Range<Int>? {
        var start = colon + 1
        while start < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[start]) { start += 1 }
        guard start < bytes.count, bytes[start] == UInt8(ascii: "\"") else { return nil }
        start += 1
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
        return end <= bytes.count ? start..<end : nil
    }

    private static func hidden(_ value: ArraySlice<UInt8>, _ field: PersonalData.Field) -> [UInt8] {
        guard !value.isEmpty else { return [] }
        guard field == .phoneNumber, value.count > self.phoneDigits,
            value.suffix(self.phoneDigits).allSatisfy({ (0x30...0x39).contains($0) })
        else { return self.mark }
        return self.mark + value.suffix(self.phoneDigits)
    }
}
