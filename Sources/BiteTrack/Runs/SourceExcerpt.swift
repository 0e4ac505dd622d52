/// The line of a script that failed, with a mark under the place.
enum SourceExcerpt {
    /// Most characters of a line shown, on both sides of the place together.
    static let width = 120

    /// Two lines: the source, and a caret under `column` when it is known.
    ///
    /// - Parameter column: in characters, from 1.
    static func text(line: String, column: Int?) -> String {
        let characters = Array(line.replacing("\t", with: " "))
        guard let column, column >= 1, column <= characters.count + 1 else {
            return "  " + String(characters.prefix(self.width)) + (characters.count > self.width ? " …" : "")
        }
        // Minified scripts have lines of any length: show the part around the place.
        let start = column <= self.width ? 0 : column - self.width / 2
        let shown = characters.dropFirst(start).prefix(self.width)
        let lead = start > 0 ? "… " : ""
        let tail = start + shown.count < characters.count ? " …" : ""
        let spaces = String(repeating: " ", count: lead.count + column - 1 - start)
        return "  \(lead)\(String(shown))\(tail)\n  \(spaces)^"
    }
}
