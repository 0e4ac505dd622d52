/// How far two words are apart, and which known word somebody meant.
enum Spelling {
    /// Insertions, deletions, replacements and swaps of neighbours between two words, up to `limit` + 1.
    static func distance(_ first: String, _ second: String, limit: Int) -> Int {
        let (first, second) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
        guard abs(first.count - second.count) <= limit else { return limit + 1 }
        var beforePrevious: [Int] = []
        var previous = Array(0...second.count)
        for row in 0..<first.count {
            var current = [row + 1]
            for column in 0..<second.count {
                let isEqual = first[row] == second[column]
                var best = min(previous[column] + (isEqual ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
                    best = min(best, beforePrevious[column - 1] + 1)
                }
                current.append(best)
            }
            guard let least = current.min(), least <= limit else { return limit + 1 }
            (beforePrevious, previous) = (previous, current)
        }
        return min(previous[second.count], limit + 1)
    }

    /// Whether one insertion, deletion, replacement or swap of neighbours makes one word the other.
    static func isOneSlip(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Bool {
        let (short, long) = first.count <= second.count ? (first, second) : (second, first)
        guard long.count - short.count <= 1 else { return false }
        var start = 0
        while start < short.count, short[start] == long[start] { start += 1 }
        guard long.count == short.count else { return short[start...] == long[(start + 1)...] }
        guard start < short.count else { return false }
        if short[(start + 1)...] == long[(start + 1)...] { return true }
        return start + 1 < short.count && short[start] == long[start + 1] && short[start + 1] == long[start]
            && short[(start + 2)...] == long[(start + 2)...]
    }

    /// The candidate nearest to `word` when it is near enough to be a slip; letter case does not count.
    static func nearest(to word: String, in candidates: [String]) -> String? {
        // A text too long to be a slip of anything must not cost a walk over all of it.
        guard word.utf8.count <= 200 else { return nil }
        let limit = max(1, min(4, word.count / 3))
        let wanted = word.lowercased()
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let distance = self.distance(wanted, candidate.lowercased(), limit: limit)
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.candidate
    }
}
