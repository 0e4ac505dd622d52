import CodeSandbox

/// The lines a script printed since they were last shown, as far as they fit one message.
struct ConsoleExcerpt: Sendable {
    /// Bytes of one message.
    static let maximumBytes = 500
    /// Bytes of a line that are looked at: more than can be shown, so that no secret is cut before it is found.
    static let readBytes = 8 * 1024
    /// What is left for lines, beside the count of those left out.
    private static let lineBytes = maximumBytes - 24

    private var text = ""
    private var hidden = 0

    /// Adds a line.
    ///
    /// - Parameter redact: takes secrets out; not asked for lines that do not fit anyway.
    mutating func add(_ line: ConsoleLine, redact: (String) -> String) {
        let left = Self.lineBytes - self.text.utf8.count - (self.text.isEmpty ? 0 : 1)
        guard self.hidden == 0, left > 8 else {
            self.hidden += 1
            return
        }
        let read = TrimmedText(line.text, maximumBytes: Self.readBytes).text
        let level = line.level == .log ? "" : "\(line.level.rawValue): "
        let whole = level + redact(read)
        let cut = TrimmedText(whole, maximumBytes: left - 4)
        if !self.text.isEmpty { self.text += "\n" }
        self.text += cut.text
        if cut.wholeBytes != nil || read.utf8.count < line.text.utf8.count { self.text += " …" }
    }

    /// What is to be shown now; nil when nothing was printed.
    mutating func take() -> String? {
        guard !self.text.isEmpty || self.hidden > 0 else { return nil }
        defer { self = ConsoleExcerpt() }
        guard self.hidden > 0 else { return self.text }
        return self.text + "\n(\(self.hidden) more \(self.hidden == 1 ? "line" : "lines"))"
    }
}
