/// The stored answers of one target: nearly always one, more where the origin varies them (RFC 9111, section 4.1).
///
/// One word of memory.
enum Variants: Sendable {
    case one(StoredResponse)
    case several(List)

    /// Newest first; at least two.
    final class List: Sendable {
        let responses: [StoredResponse]
        init(_ responses: [StoredResponse]) { self.responses = responses }
    }

    init(_ response: StoredResponse) { self = .one(response) }

    private init(_ responses: [StoredResponse]) {
        self = responses.count == 1 ? .one(responses[0]) : .several(List(responses))
    }

    var newest: StoredResponse {
        switch self {
        case .one(let response): response
        case .several(let list): list.responses[0]
        }
    }

    var all: [StoredResponse] {
        switch self {
        case .one(let response): [response]
        case .several(let list): list.responses
        }
    }

    /// The newest that fits.
    func first(where fits: (StoredResponse) -> Bool) -> StoredResponse? {
        switch self {
        case .one(let response): fits(response) ? response : nil
        case .several(let list): list.responses.first(where: fits)
        }
    }

    var weight: Int {
        switch self {
        case .one(let response): response.weight
        case .several(let list): list.responses.reduce(96) { $0 + $1.weight + 8 }
        }
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
