import NIOCore

/// One session's answers that may be given again: decides what is fresh, what makes room and what a write makes stale.
struct ResponseCache {
    typealias Instant = ContinuousClock.Instant

    struct Answer: Equatable {
        var status: Int
        var contentType: String?
        var body: ByteBuffer
        /// Shared by all copies of one answer.
        var index = ElementIndex()

        static func == (left: Answer, right: Answer) -> Bool {
            left.status == right.status && left.contentType == right.contentType && left.body == right.body
        }
    }
    /// What was stored: an answer, or that there is none.
    enum Stored {
        case answer(Answer)
        /// A 404, kept for a short time.
        case refusal(PipelineError)
    }
    /// An entry as it was found.
    struct Found {
        var stored: Stored
        var age: Duration
        /// Its time is over by so much; nil while it is fresh.
        var staleBy: Duration?
    }
    private struct Entry {
        var stored: Stored
        var storedAt: Instant
        var expiresAt: Instant
        var groups: Set<String>
        var bytes: Int
    }
    /// What an entry weighs besides its body and key.
    private static let overheadBytes = 256

    let capacityBytes: Int
    /// How long an answer is kept after its time, for when there is no newer one to be had.
    let staleTime: Duration
    let negativeTime: Duration
    private(set) var bytes = 0
    /// Grows whenever something becomes stale: an answer asked for under an older epoch is not stored.
    private(set) var epoch = 0
    private var entries: [String: Entry] = [:]
    private var recency = RecencyList<String>()

    init(capacityBytes: Int, staleTime: Duration = .zero, negativeTime: Duration = .zero) {
        self.capacityBytes = capacityBytes
        self.staleTime = staleTime
        self.negativeTime = negativeTime
    }

    var count: Int { self.entries.count }

    /// What is known under a key, fresh or stale.
    mutating func find(_ key: String, now: Instant) -> Found? {
        guard let entry = self.entries[key] else { return nil }
        let staleBy = now - entry.expiresAt
        guard staleBy < .zero else {
            let isOver = if case .refusal = entry.stored { true } else { staleBy >= self.staleTime }
            guard !isOver else {
                self.remove(key)
                return nil
            }
            return Found(stored: entry.stored, age: now - entry.storedAt, staleBy: staleBy)
        }
        self.recency.use(key)
        return Found(stored: entry.stored, age: now - entry.storedAt)
    }

    /// Keeps an answer for the route's time to live, unless something became stale since `epoch` or it is too big.
    mutating func store(_ answer: Answer, key: String, route: Route, askedIn epoch: Int, now: Instant) {
        guard let timeToLive = route.timeToLive, timeToLive > .zero, answer.status == 200 else { return }
        self.store(
            .answer(answer), bytes: answer.body.readableBytes, for: timeToLive, key: key, route: route, askedIn: epoch,
            now: now)
    }

    /// Keeps for a short time that there is nothing; what was there before is gone.
    mutating func store(_ refusal: PipelineError, key: String, route: Route, askedIn epoch: Int, now: Instant) {
        guard refusal.code == .notFound, route.timeToLive != nil, self.negativeTime > .zero else { return }
        var refusal = refusal
        (refusal.exchanges, refusal.isCached) = (0, true)
        self.store(
            .refusal(refusal), bytes: 0, for: self.negativeTime, key: key, route: route, askedIn: epoch, now: now)
    }

    private mutating func store(
        _ stored: Stored, bytes: Int, for time: Duration, key: String, route: Route, askedIn epoch: Int, now: Instant
    ) {
        let bytes = bytes + key.utf8.count + ResponseCache.overheadBytes
        // One answer never empties more than half of the cache.
        guard epoch == self.epoch, bytes <= self.capacityBytes / 2 else { return }
        self.remove(key)
        while self.bytes + bytes > self.capacityBytes, let oldest = self.recency.oldest { self.remove(oldest) }
        self.entries[key] = Entry(
            stored: stored, storedAt: now, expiresAt: now + time, groups: route.groups, bytes: bytes)
        self.recency.use(key)
        self.bytes += bytes
    }

    /// Drops every answer of these groups.
    mutating func invalidate(_ groups: Set<String>) {
        guard !groups.isEmpty else { return }
        self.epoch += 1
        for (key, entry) in self.entries where !entry.groups.isDisjoint(with: groups) { self.remove(key) }
    }

    mutating func removeAll() {
        self.epoch += 1
        self.entries.removeAll()
        self.recency = RecencyList()
        self.bytes = 0
    }

    private mutating func remove(_ key: String) {
        guard let entry = self.entries.removeValue(forKey: key) else { return }
        self.recency.remove(key)
        self.bytes -= entry.bytes
    }
}
