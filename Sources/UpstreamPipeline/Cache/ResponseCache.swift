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
        var key: String
        var stored: Stored
        var route: String
        var groups: Set<String>
        var storedAt: Instant
        var expiresAt: Instant
        var bytes: Int
        // Places in the order of last use.
        var older: Int32 = -1
        var newer: Int32 = -1
    }
    /// What an entry weighs besides its body and key; a test measures it.
    static let overheadBytes = 256
    /// Entries looked at for one that holds what is asked for.
    private static let mostLookedAt = 256

    let capacityBytes: Int
    /// How long an answer is kept after its time, for when there is no newer one to be had.
    let staleTime: Duration
    let negativeTime: Duration
    private(set) var bytes = 0
    /// Grows whenever something becomes stale: an answer asked for under an older epoch is not stored.
    private(set) var epoch = 0
    private var places: [String: Int32] = [:]
    private var entries: [Entry?] = []
    private var free: [Int32] = []
    private var oldest: Int32 = -1
    private var newest: Int32 = -1
    private var warm = WarmBodies()

    init(capacityBytes: Int, staleTime: Duration = .zero, negativeTime: Duration = .zero) {
        self.capacityBytes = capacityBytes
        self.staleTime = staleTime
        self.negativeTime = negativeTime
    }

    var count: Int { self.places.count }

    /// What is known under a key, fresh or stale.
    mutating func find(_ key: String, now: Instant) -> Found? {
        guard let place = self.places[key], let entry = self.entries[Int(place)] else { return nil }
        let freshFor = entry.expiresAt - now
        let found = Found(stored: entry.stored, age: now - entry.storedAt, freshFor: freshFor)
        if let staleBy = found.staleBy {
            let isOver = if case .refusal = entry.stored { true } else { staleBy >= self.staleTime }
            guard !isOver else {
                self.remove(place)
                return nil
            }
            return found
        }
        self.use(place)
        if case .answer(let answer) = entry.stored {
            self.warm.use(answer.content, capacityBytes: self.capacityBytes / 4)
        }
        return found
    }

    /// Fresh answers of one route, the last used first.
    func fresh(of route: String, now: Instant) -> [(key: String, found: Found)] {
        var (found, place) = ([(key: String, found: Found)](), self.newest)
        for _ in 0..<ResponseCache.mostLookedAt {
            guard place >= 0, let entry = self.entries[Int(place)] else { break }
            if entry.route == route, entry.expiresAt > now, case .answer = entry.stored {
                found.append(
                    (
                        entry.key,
                        Found(stored: entry.stored, age: now - entry.storedAt, freshFor: entry.expiresAt - now)
                    ))
            }
            place = entry.older
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
        let bytes = bytes + key.utf8.count + ResponseCache.overheadBytes
        // One answer never empties more than half of the cache.
        guard epoch == self.epoch, bytes <= self.capacityBytes / 2 else { return false }
        if let known = self.places[key] { self.remove(known) }
        while self.bytes + bytes > self.capacityBytes, self.oldest >= 0 { self.remove(self.oldest) }
        let place: Int32
        if let free = self.free.popLast() { place = free } else {
            place = Int32(self.entries.count)
            self.entries.append(nil)
        }
        self.entries[Int(place)] = Entry(
            key: key, stored: stored, route: route.id, groups: route.groups, storedAt: now, expiresAt: now + time,
            bytes: bytes)
        self.places[key] = place
        self.linkAsNewest(place)
        self.bytes += bytes
        return true
    }

    /// Drops every answer of these groups.
    mutating func invalidate(_ groups: Set<String>) {
        guard !groups.isEmpty else { return }
        self.epoch += 1
        self.removeAll { !$0.groups.isDisjoint(with: groups) }
    }

    /// Drops what an operator names.
    ///
    /// - Returns: how many answers that were.
    mutating func purge(_ selection: Pipeline.Purge) -> Int {
        self.epoch += 1
        let before = self.count
        switch selection {
        case .all: self.removeAll { _ in true }
        case .group(let group): self.removeAll { $0.groups.contains(group) }
        case .route(let route): self.removeAll { $0.route == route }
        }
        return before - self.count
    }

    mutating func removeAll() {
        self.epoch += 1
        self.places.removeAll()
        self.entries.removeAll()
        self.free.removeAll()
        self.warm = WarmBodies()
        (self.oldest, self.newest, self.bytes) = (-1, -1, 0)
    }

    private mutating func removeAll(where isOver: (Entry) -> Bool) {
        for place in Array(self.places.values) {
            if let entry = self.entries[Int(place)], isOver(entry) { self.remove(place) }
        }
    }

    private mutating func remove(_ place: Int32) {
        self.unlink(place)
        guard let entry = self.entries[Int(place)] else { return }
        self.places[entry.key] = nil
        self.entries[Int(place)] = nil
        self.free.append(place)
        self.bytes -= entry.bytes
        if case .answer(let answer) = entry.stored { self.warm.forget(answer.content) }
    }

    private mutating func use(_ place: Int32) {
        guard place != self.newest else { return }
        self.unlink(place)
        self.linkAsNewest(place)
    }

    private mutating func linkAsNewest(_ place: Int32) {
        self.entries[Int(place)]?.older = self.newest
        self.entries[Int(place)]?.newer = -1
        if self.newest >= 0 { self.entries[Int(self.newest)]?.newer = place } else { self.oldest = place }
        self.newest = place
    }

    private mutating func unlink(_ place: Int32) {
        guard let (older, newer) = self.entries[Int(place)].map({ ($0.older, $0.newer) }) else { return }
        if older >= 0 { self.entries[Int(older)]?.newer = newer } else { self.oldest = newer }
        if newer >= 0 { self.entries[Int(newer)]?.older = older } else { self.newest = older }
    }
}
