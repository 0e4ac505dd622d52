/// Why a run has no value, as it travels to the host.
struct RunFailure: Error {
    enum Code: UInt8 {
        case syntaxError = 1
        case exception = 2
        case timeout = 3
        case memoryLimit = 4
        case stackLimit = 5
        case outputLimit = 6
        case hostCallLimit = 7
        case unserializableResult = 8
        case guestLost = 9
    }

    var code: Code
    /// What was used up, for a limit; said before the line at which it was.
    var opening = ""
    var message: String
    var errorName = ""
    var position: SourcePosition?
    var sourceLine = ""
    /// JSON text, or empty.
    var details = ""

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// - Parameters:
    ///   - used: what the script did or used, such as "The script used 256 MB of memory".
    ///   - rest: what is allowed and what to do.
    init(limit code: Code, used: String, _ rest: String, position: SourcePosition? = nil) {
        self.code = code
        self.opening = used
        self.message = rest
        self.position = position
    }

    private var text: String {
        guard !self.opening.isEmpty else { return self.message }
        return self.opening + (self.position.map { " at line \($0.line)" } ?? "") + "; " + self.message
    }

    var body: [UInt8] {
        var writer = ByteWriter()
        writer.write(self.code.rawValue)
        writer.write(UInt32(clamping: self.position?.line ?? 0))
        writer.write(UInt32(clamping: self.position?.column ?? 0))
        for text in [self.text, self.errorName, self.sourceLine] { writer.write(prefixed: Self.shortened(text)) }
        writer.write(prefixed: self.details.utf8.count > Self.longestText ? "" : self.details)
        return writer.bytes
    }

    /// In bytes; a script chooses what its errors, names and lines say, and the host kills for a frame that is too long.
    private static let longestText = 16 * 1024

    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > Self.longestText else { return text }
        return String(decoding: text.utf8.prefix(Self.longestText), as: UTF8.self) + "…"
    }
}

/// A place in the submitted script, from 1.
struct SourcePosition: Equatable {
    static let scriptName = "script.js"

    var line: Int
    var column: Int

    init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The topmost frame of a stack that lies in the script itself.
    init?(stack: String) {
        for line in stack.split(separator: "\n") {
            guard let start = Self.location(in: line) else { continue }
            let numbers = line[start...].split(separator: ":").prefix(2).map { $0.prefix { $0.isNumber } }
            guard numbers.count == 2, let row = Int(numbers[0]), let column = Int(numbers[1]) else { continue }
            self.init(line: row, column: column)
            return
        }
        return nil
    }

    /// The first place a script writes `text` as a string literal; how an import is found that failed to link.
    init?(ofLiteral text: String, in source: String) {
        for (index, line) in source.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            for quote in ["\"", "'"] {
                let needle = Array((quote + text + quote).utf8)
                let bytes = Array(line.utf8)
                guard bytes.count >= needle.count else { continue }
                for start in 0...(bytes.count - needle.count) where bytes[start..<start + needle.count] == needle[...] {
                    self.init(line: index + 1, column: start + 1)
                    return
                }
            }
        }
        return nil
    }

    /// The place of `text` when the script has it once.
    init?(ofText text: String, in source: String) {
        var found: SourcePosition?
        for (index, line) in source.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let bytes = Array(line.utf8)
            let needle = Array(text.utf8)
            guard bytes.count >= needle.count else { continue }
            for start in 0...(bytes.count - needle.count) where bytes[start..<start + needle.count] == needle[...] {
                guard found == nil else { return nil }
                found = SourcePosition(line: index + 1, column: start + 1)
            }
        }
        guard let found else { return nil }
        self = found
    }

    /// Where the numbers behind `script.js:` begin, when the name is not the tail of a longer path.
    private static func location(in line: Substring) -> Substring.Index? {
        let name = Array((Self.scriptName + ":").utf8)
        let bytes = line.utf8
        var index = bytes.startIndex
        while let end = bytes.index(index, offsetBy: name.count, limitedBy: bytes.endIndex) {
            let before = index == bytes.startIndex ? UInt8(ascii: " ") : bytes[bytes.index(before: index)]
            if before == UInt8(ascii: " ") || before == UInt8(ascii: "("), bytes[index..<end].elementsEqual(name) {
                return end
            }
            index = bytes.index(after: index)
        }
        return nil
    }
}
