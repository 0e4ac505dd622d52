/// The value of `--connections`.
enum ConnectionCounts {
    /// Numbers from 1 to 1000 with commas between them; nil for anything else.
    static func parse(_ text: String) -> [Int]? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let counts = parts.compactMap { Int($0) }.filter { (1...1000).contains($0) }
        return counts.count == parts.count ? counts : nil
    }
}
