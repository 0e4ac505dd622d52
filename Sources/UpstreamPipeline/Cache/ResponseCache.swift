import HTTPCache
import NIOCore

/// One session's answers that may be given again: decides what is fresh, what makes room and what a write makes stale.
struct ResponseCache {
    typealias Instant = ContinuousClock.Instant

    struct Answer: Equatable {
        var status: Int
        var fields: AnswerFields
        /// The upstream's own; nil for an answer that was put together here.
        var entityTag: String?
        /// Shared by all copies of one answer.
        var content: AnswerBody

        var contentType: String? { self.fields.contentType }
        /// Without content coding.
        var body: ByteBuffer { self.content.plain }

        init(status: Int, fields: AnswerFields, entityTag: String? = nil, body: ByteBuffer) {
            self.status = status
            self.fields = fields
            self.entityTag = entityTag
            self.content = AnswerBody(body)
        }

        static func == (left: Answer, right: Answer) -> Bool {
            left.status == right.status && left.fields == right.fields && left.entityTag == right.entityTag
                && left.body == right.body
        }
    }
    /// What was stored: an answer, or that there is none.
    enum Stored {
        case answer(Answer)
        /// A 404, kept for a short time.
        case refusal(KeptRefusal)
    }
    /// In a box, because it is rare and an entry must be small.
    final class KeptRefusal: Sendable {
        let error: PipelineError
        init(_ error: PipelineError) { self.error = error }
    }
    /// An entry as it was found.
    struct Found {
        var stored: Stored
        var age: Duration
        /// Until its time is over; negative when it is.
        var freshFor: Duration
        /// Its time is over by so much; nil while it is fresh.
        var staleBy: Duration? { self.freshFor > .zero ? nil : .zero - self.freshFor }
    }
    private struct Entry {
        var stored: Stored
        var route: String
        var groups: Set<String>
        var storedAt: Instant
        var expiresAt: Instant
    }
    /// What an entry weighs besides its body and key; a test measures it.
    static let overheadBytes = 256

    let capacityBytes: Int
    /// How long an answer is kept after its time, for when there is no newer one to be had.
    let staleTime: Duration
    let negativeTime: Duration
    /// Grows whenever something becomes stale: an answer asked for under an older epoch is not stored.
    private(set) var epoch = 0
    private var store: ByteCappedStore<String, Entry>
    private var warm = WarmBodies()

    init(capacityBytes: Int, staleTime: Duration = .zero, negativeTime: Duration = .zero) {
        self.capacityBytes = capacityBytes
        self.staleTime = staleTime
        self.negativeTime = negativeTime
        self.store = ByteCappedStore(capacityBytes: capacityBytes)
    }

    var count: Int { self.store.count }
    var bytes: Int { self.store.bytes }

    /// What is known under a key, fresh or stale.
    mutating func find(_ key: String, now: Instant) -> Found? {
        guard let entry = self.store.find(key) else { return nil }
        let found = Found(stored: entry.stored, age: now - entry.storedAt, freshFor: entry.expiresAt - now)
        guard let staleBy = found.staleBy else {
            if case .answer(let answer) = entry.stored {
                self.warm.use(answer.content, capacityBytes: self.capacityBytes / 4)
            }
            return found
        }
        let isOver = if case .refusal = entry.stored { true } else { staleBy >= self.staleTime }
        guard !isOver else {
            self.remove(key)
            return nil
        }
        return found
    }

    /// Fresh answers of one route.
    func fresh(of route: String, now: Instant) -> [(key: String, found: Found)] {
        var found: [(key: String, found: Found)] = []
        self.store.forEach { key, entry in
            guard entry.route == route, entry.expiresAt > now, case .answer = entry.stored else { return }
            found.append(
                (key, Found(stored: entry.stored, age: now - entry.storedAt, freshFor: entry.expiresAt - now)))
        }
        return found
    }

    /// Keeps an answer for the route's time to live, unless something became stale since `epoch` or it is too big.
    ///
    /// - Returns: for how long; nil when it is not kept.
    @discardableResult
    mutating func store(_ answer: Answer, key: String, route: Route, askedIn epoch: Int, now: Instant) -> Duration? {
        guard let timeToLive = route.timeToLive, timeToLive > .zero, answer.status == 200 else { return nil }
        let isKept = self.store(
            .answer(answer), bytes: answer.content.keptBytes, for: timeToLive, key: key, route: route, askedIn: epoch,
            now: now)
        return isKept ? timeToLive : nil
    }

    /// Keeps for a short time that there is nothing; what was there before is gone.
    mutating func store(_ refusal: PipelineError, key: String, route: Route, askedIn epoch: Int, now: Instant) {
        guard refusal.code == .notFound, route.timeToLive != nil, self.negativeTime > .zero else { return }
        var refusal = refusal
        (refusal.exchanges, refusal.isCached) = (0, true)
        _ = self.store(
            .refusal(KeptRefusal(refusal)), bytes: refusal.answer?.body.readableBytes ?? 0, for: self.negativeTime,
            key: key, route: route, askedIn: epoch, now: now)
    }

    private mutating func store(
        _ stored: Stored, bytes: Int, for time: Duration, key: String, route: Route, askedIn epoch: Int, now: Instant
    ) -> Bool {
        guard epoch == self.epoch else { return false }
        self.remove(key)
        let entry = Entry(
            stored: stored, route: route.id, groups: route.groups, storedAt: now, expiresAt: now + time)
        return self.store.insert(
            entry, for: key,
            bytes: bytes + key.utf8.count + ResponseCache.overheadBytes - ByteCappedStore<String, Entry>.slotBytes)
    }

    /// Drops every answer of these groups.
    mutating func invalidate(_ groups: Set<String>) {
        guard !groups.isEmpty else { return }
        self.epoch += 1
        _ = self.removeAll { !$0.groups.isDisjoint(with: groups) }
    }

    /// Drops what an operator names.
    ///
    /// - Returns: how many answers that were.
    mutating func purge(_ selection: Pipeline.Purge) -> Int {
        self.epoch += 1
        return switch selection {
        case .all: self.removeAll { _ in true }
        case .group(let group): self.removeAll { $0.groups.contains(group) }
        case .route(let route): self.removeAll { $0.route == route }
        }
    }

    mutating func removeAll() {
        self.epoch += 1
        self.store = ByteCappedStore(capacityBytes: self.capacityBytes)
        self.warm = WarmBodies()
    }

    private mutating func removeAll(where isOver: (Entry) -> Bool) -> Int {
        var bodies: [AnswerBody] = []
        let count = self.store.removeAll { _, entry in
            guard isOver(entry) else { return false }
            if case .answer(let answer) = entry.stored { bodies.append(answer.content) }
            return true
        }
        for body in bodies { self.warm.forget(body) }
        return count
    }

    private mutating func remove(_ key: String) {
        guard case .answer(let answer)? = self.store.remove(key)?.stored else { return }
        self.warm.forget(answer.content)
    }
}
