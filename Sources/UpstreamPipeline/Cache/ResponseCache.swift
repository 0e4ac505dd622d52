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
    private struct Entry {
        var answer: Answer
        var storedAt: Instant
        var expiresAt: Instant
        var groups: Set<String>
        var bytes: Int
    }
    /// What an entry weighs besides its body and key.
    private static let overheadBytes = 256

    let capacityBytes: Int
    private(set) var bytes = 0
    /// Grows whenever something becomes stale: an answer asked for under an older epoch is not stored.
    private(set) var epoch = 0
    private var entries: [String: Entry] = [:]
    private var recency = RecencyList<String>()

    init(capacityBytes: Int) { self.capacityBytes = capacityBytes }

    var count: Int { self.entries.count }

    /// A fresh answer and its age.
    mutating func find(_ key: String, now: Instant) -> (answer: Answer, age: Duration)? {
        guard let entry = self.entries[key] else { return nil }
        guard now < entry.expiresAt else {
            self.remove(key)
            return nil
        }
        self.recency.use(key)
        return (entry.answer, now - entry.storedAt)
    }

    /// Keeps an answer for the route's time to live, unless something became stale since `epoch` or it is too big.
    mutating func store(_ answer: Answer, key: String, route: Route, askedIn epoch: Int, now: Instant) {
        guard let timeToLive = route.timeToLive, timeToLive > .zero, answer.status == 200, epoch == self.epoch else {
            return
        }
        let bytes = answer.body.readableBytes + key.utf8.count + ResponseCache.overheadBytes
        // One answer never empties more than half of the cache.
        guard bytes <= self.capacityBytes / 2 else { return }
        self.remove(key)
        while self.bytes + bytes > self.capacityBytes, let oldest = self.recency.oldest { self.remove(oldest) }
        self.entries[key] = Entry(
            answer: answer, storedAt: now, expiresAt: now + timeToLive, groups: route.groups, bytes: bytes)
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
