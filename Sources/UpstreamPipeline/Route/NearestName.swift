/// Finds the known name a caller probably meant.
enum NearestName {
    /// The candidate with the fewest edits, if they are few enough for a typing mistake.
    static func of(_ name: String, among candidates: [String]) -> String? {
        guard name.utf8.count <= 128 else { return nil }
        let (word, limit) = (name.lowercased(), max(2, name.utf8.count / 3))
        let ranked = candidates.map { ($0, self.edits(Array(word.utf8), Array($0.lowercased().utf8))) }
        return ranked.filter { $0.1 <= limit }.min { $0.1 < $1.1 }?.0
    }

    /// Insertions, removals and replacements that turn `a` into `b` (Levenshtein).
    static func edits(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var row = Array(0...b.count)
        for (i, left) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, right) in b.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(diagonal + (left == right ? 0 : 1), above + 1, row[j] + 1)
                diagonal = above
            }
        }
        return row[b.count]
    }
}
