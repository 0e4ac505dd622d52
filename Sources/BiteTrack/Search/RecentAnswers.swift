import ModelContextProtocol
import Synchronization

/// Answers of late searches: the catalogue never changes while the process runs, and models ask in the same few words.
///
/// Keeps two generations, and forgets the older one when the younger is full. What is asked for again moves into the
/// younger, so what is in use stays, at the price of one look into a dictionary.
final class RecentAnswers: Sendable {
    fileprivate struct Generations {
        var young: [SearchRequest: EncodedText] = [:]
        var old: [SearchRequest: EncodedText] = [:]
    }

    /// Of one generation: with answers of at most 10 KiB, 5 MiB in all.
    static let capacity = 256
    /// Longer questions are asked once.
    static let longestQuery = 256

    private let generations = Mutex(Generations())

    /// The answer given before, or a new one, which is kept.
    func answer(to request: SearchRequest, _ make: () -> String) -> EncodedText {
        guard request.query.utf8.count <= Self.longestQuery else { return EncodedText(make()) }
        if let known = self.generations.withLock({ $0.find(request) }) { return known }
        let answer = EncodedText(make())
        self.generations.withLock { $0.add(answer, to: request) }
        return answer
    }
}

extension RecentAnswers.Generations {
    fileprivate mutating func find(_ request: SearchRequest) -> EncodedText? {
        if let answer = self.young[request] { return answer }
        guard let answer = self.old[request] else { return nil }
        self.add(answer, to: request)
        return answer
    }

    fileprivate mutating func add(_ answer: EncodedText, to request: SearchRequest) {
        if self.young.count >= RecentAnswers.capacity { (self.young, self.old) = ([:], self.young) }
        self.young[request] = answer
    }
}
