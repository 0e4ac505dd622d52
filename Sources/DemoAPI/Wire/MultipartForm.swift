/// The parts of a `multipart/form-data` body (RFC 7578).
struct MultipartForm {
    /// One part of the form.
    struct Part {
        let name: String
        let filename: String?
        let contentType: String
        let content: [UInt8]
    }

    private(set) var parts: [Part] = []

    /// Reads `body`; nil when the content type is another or names no boundary.
    init?(contentType: String?, body: [UInt8]) {
        guard let contentType, contentType.lowercased().hasPrefix("multipart/form-data"),
            let boundary = Self.parameter("boundary", in: contentType), !boundary.isEmpty
        else { return nil }
        let delimiter = Array("--\(boundary)".utf8)
        var position = 0
        var partStart: Int?
        while let found = body.firstPosition(of: delimiter, from: position) {
            if let start = partStart, found - 2 >= start { self.addPart(body[start..<found - 2]) }
            position = found + delimiter.count
            partStart = position + 2
            if body[position...].starts(with: "--".utf8) { return }
        }
    }

    private mutating func addPart(_ bytes: ArraySlice<UInt8>) {
        let blankLine = Array("\r\n\r\n".utf8)
        let array = Array(bytes)
        guard let headerEnd = array.firstPosition(of: blankLine, from: 0) else { return }
        var name: String?
        var filename: String?
        var contentType = "text/plain"
        for line in String(decoding: array[..<headerEnd], as: UTF8.self).split(separator: "\r\n") {
            let field = line.split(separator: ":", maxSplits: 1)
            guard field.count == 2 else { continue }
            let value = String(field[1]).trimmed
            switch field[0].lowercased() {
            case "content-disposition":
                name = Self.parameter("name", in: value)
                filename = Self.parameter("filename", in: value)
            case "content-type": contentType = value.lowercased()
            default: break
            }
        }
        guard let name else { return }
        let content = Array(array[(headerEnd + blankLine.count)...])
        self.parts.append(Part(name: name, filename: filename, contentType: contentType, content: content))
    }

    /// The value of `; name=value` or `; name="value"`.
    private static func parameter(_ name: String, in text: String) -> String? {
        for piece in text.split(separator: ";").dropFirst() {
            let pair = piece.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, String(pair[0]).trimmed.lowercased() == name else { continue }
            let value = String(pair[1]).trimmed
            guard value.hasPrefix("\""), value.hasSuffix("\""), value.count >= 2 else { return value }
            return String(value.dropFirst().dropLast())
        }
        return nil
    }
}

extension [UInt8] {
    /// Where `pattern` occurs first at or after `start`.
    fileprivate func firstPosition(of pattern: [UInt8], from start: Int) -> Int? {
        guard let first = pattern.first, self.count >= pattern.count else { return nil }
        var index = start
        while index <= self.count - pattern.count {
            if self[index] == first, self[index..<index + pattern.count].elementsEqual(pattern) { return index }
            index += 1
        }
        return nil
    }
}
