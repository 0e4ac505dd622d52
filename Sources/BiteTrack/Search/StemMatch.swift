/// What one word of a query finds.
struct StemMatch: Sendable {
    /// The modules it fits, each with how well, ascending by module.
    var scores: [(module: Int, score: Double)] = []
    /// The words of module names it accounts for.
    var nameWords: [Int] = []
    /// How many words of the vocabulary were compared with it letter by letter for the query.
    var compared = 0
}
