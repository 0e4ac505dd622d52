/// The stored answers of one target: nearly always one, more where the origin varies them (RFC 9111, section 4.1).
struct Variants: Sendable {
    private(set) var newest: StoredResponse
    private(set) var others: [StoredResponse]?

    init(_ response: StoredResponse) { self.newest = response }

    private init(_ responses: [StoredResponse]) {
        self.newest = responses[0]
        self.others = responses.count > 1 ? Array(responses.dropFirst()) : nil
    }

    var all: [StoredResponse] { [self.newest] + (self.others ?? []) }
    var count: Int { 1 + (self.others?.count ?? 0) }

    var weight: Int {
        guard let others = self.others else { return self.newest.weight }
        return others.reduce(self.newest.weight + 40) { $0 + $1.weight + 8 }
    }

    /// With `response` in the place of what answers the same requests, and no more than `limit` in all.
    func adding(_ response: StoredResponse, limit: Int) -> Variants {
        let selectors = response.selectors
        let part = response.part?.asked
        let rest = self.all.filter { $0.selectors != selectors || $0.part?.asked != part }
        return Variants([response] + rest.prefix(max(0, limit - 1)))
    }

    /// With `new` where `old` was; nil when `old` is gone.
    func replacing(_ old: StoredResponse, with new: StoredResponse) -> Variants? {
        guard self.all.contains(where: { $0.isSame(as: old) }) else { return nil }
        return Variants([new] + self.all.filter { !$0.isSame(as: old) })
    }

    /// Nil when nothing is left.
    func removing(where fits: (StoredResponse) -> Bool) -> Variants? {
        let rest = self.all.filter { !fits($0) }
        return rest.isEmpty ? nil : Variants(rest)
    }
}
