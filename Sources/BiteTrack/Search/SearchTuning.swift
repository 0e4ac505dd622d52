/// The weights of the ranking, chosen on the judged queries.
struct SearchTuning: Sendable {
    /// How much an occurrence counts in a module's name, category, summary, keywords, parameters, description, result,
    /// examples, and topics.
    var weights = [0.6, 0.4, 0.4, 1.2, 0.3, 0.2, 0.2, 0.1, 2.0]
    /// How much the length of each of these fields counts against its occurrences, from 0 to 1: the `b` of BM25.
    var lengthShares = [0.5, 0.3, 0.7, 0.1, 0.6, 0.5, 0.8, 0.7, 0]
    /// How soon more occurrences stop counting: the `k1` of BM25.
    var saturation = 3.0
    /// What a meaning, a beginning, and a slip of one letter and of two are worth of the word itself.
    var meaningQuality = 0.9
    var beginningQuality = 0.7
    var slipQuality = 0.7
    var twoSlipsQuality = 0.5
    /// How much a word counts whose meaning was said before.
    var repetitionWeight = 0.8
    /// How much of its score a module keeps of whose name nothing was asked for.
    var unnamedShare = 0.5
    /// How much of its score a module keeps that fits none of the query's other words.
    var unmatchedShare = 0.2
    /// How well a word must fit to account for a word of a name.
    var namingQuality = 0.6
    /// How much of its score a module keeps that scripts may not call, and a helper.
    var closedShare = 0.95
    var helperShare = 0.6
    /// Modules with less than this share of the best score are left out.
    var leastShare = 0.2
}
