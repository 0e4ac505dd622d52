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

        /// As it was kept.
        init(fields: AnswerFields, kept: AnswerBody) {
            (self.status, self.fields, self.entityTag, self.content) = (200, fields, kept.keptTag, kept)
        }

        /// In the form to keep.
        ///
        /// - Parameter key: see ``AnswerBody/forKeeping(_:tag:key:)``.
        func kept(_ packer: Packer?, key: String?) -> Answer {
            var answer = self
            answer.content = self.content.forKeeping(packer, tag: self.entityTag, key: key)
            return answer
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
    /// What entries of one route share.
    private final class Origin: Sendable {
        let route: String
        let groups: Set<String>

        init(_ route: Route) { (self.route, self.groups) = (route.id, route.groups) }
    }
    /// As small as can be: there are many of them.
    private struct Entry {
        enum Content {
            case answer(AnswerFields, AnswerBody)
            case refusal(KeptRefusal)
        }
        var content: Content
        var origin: Origin
        // In nanoseconds since the first entry.
        var storedAt: Int64
        var expiresAt: Int64
    }
    /// A key's place in the store; two keys have the same once in 2¹²⁸.
    private struct Mark: Hashable {
        let first: Int
        let second: Int

        init(_ key: String) {
            var (first, second) = (Hasher(), Hasher())
            first.combine(key)
            second.combine(1)
            second.combine(key)
            (self.first, self.second) = (first.finalize(), second.finalize())
        }
    }
    private typealias Store = ByteCappedStore<Mark, Entry>
    /// What an entry weighs besides its body and key; a test measures it.
    static let overheadBytes = 256

    let capacityBytes: Int
    /// How long an answer is kept after its time, for when there is no newer one to be had.
    let staleTime: Duration
    let negativeTime: Duration
    /// Grows whenever something becomes stale: an answer asked for under an older epoch is not stored.
    private(set) var epoch = 0
    private var store: Store
    private var origins: [String: Origin] = [:]
    private var start: Instant?
    private var warm = WarmBodies()

    init(capacityBytes: Int, staleTime: Duration = .zero, negativeTime: Duration = .zero) {
        self.capacityBytes = capacityBytes
        self.staleTime = staleTime
        self.negativeTime = negativeTime
        self.store = Store(capacityBytes: capacityBytes)
    }

    var count: Int { self.store.count }
    var bytes: Int { self.store.bytes }

    /// What is known under a key, fresh or stale.
    mutating func find(_ key: String, now: Instant) -> Found? {
        guard let entry = self.store.find(Mark(key)) else { return nil }
        let found = self.found(entry, now)
        guard let staleBy = found.staleBy else {
            if case .answer(_, let body) = entry.content {
                self.warm.use(body, capacityBytes: self.capacityBytes / 4)
            }
            return found
        }
        let isOver = if case .refusal = entry.content { true } else { staleBy >= self.staleTime }
        guard !isOver else {
            self.remove(key)
            return nil
        }
        return found
    }

    /// Fresh answers of one route whose keys were kept with them.
    func fresh(of route: String, now: Instant) -> [(key: String, found: Found)] {
        var (fresh, time) = ([(key: String, found: Found)](), self.time(now))
        self.store.forEach { _, entry in
            guard entry.origin.route == route, entry.expiresAt > time, case .answer(_, let body) = entry.content,
                let key = body.keptKey
            else { return }
            fresh.append((key, self.found(entry, now)))
        }
        return fresh
    }

    private func found(_ entry: Entry, _ now: Instant) -> Found {
        let time = self.time(now)
        let stored: Stored =
            switch entry.content {
            case .answer(let fields, let body): .answer(Answer(fields: fields, kept: body))
            case .refusal(let refusal): .refusal(refusal)
            }
        return Found(
            stored: stored, age: .nanoseconds(time - entry.storedAt), freshFor: .nanoseconds(entry.expiresAt - time))
    }

    private func time(_ now: Instant) -> Int64 {
        let (seconds, attoseconds) = (now - (self.start ?? now)).components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    /// Keeps an answer for the route's time to live, unless something became stale since `epoch` or it is too big.
    ///
    /// - Returns: for how long; nil when it is not kept.
    @discardableResult
    mutating func store(_ answer: Answer, key: String, route: Route, askedIn epoch: Int, now: Instant) -> Duration? {
        guard let timeToLive = route.timeToLive, timeToLive > .zero, answer.status == 200 else { return nil }
        let kept = answer.content.isKept ? answer : answer.kept(nil, key: nil)
        let isKept = self.store(
            .answer(kept.fields, kept.content), bytes: kept.content.keptBytes, for: timeToLive, key: key, route: route,
            askedIn: epoch, now: now)
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
        _ content: Entry.Content, bytes: Int, for time: Duration, key: String, route: Route, askedIn epoch: Int,
        now: Instant
    ) -> Bool {
        guard epoch == self.epoch else { return false }
        self.remove(key)
        self.start = self.start ?? now
        let entry = Entry(
            content: content, origin: self.origin(of: route), storedAt: self.time(now), expiresAt: self.time(now + time)
        )
        return self.store.insert(
            entry, for: Mark(key),
            bytes: bytes + key.utf8.count + ResponseCache.overheadBytes - Store.slotBytes)
    }

    private mutating func origin(of route: Route) -> Origin {
        if let known = self.origins[route.id], known.groups == route.groups { return known }
        let origin = Origin(route)
        self.origins[route.id] = origin
        return origin
    }

    /// Drops every answer of these groups.
    mutating func invalidate(_ groups: Set<String>) {
        guard !groups.isEmpty else { return }
        self.epoch += 1
        _ = self.removeAll { !$0.origin.groups.isDisjoint(with: groups) }
    }

    /// Drops what an operator names.
    ///
    /// - Returns: how many answers that were.
    mutating func purge(_ selection: Pipeline.Purge) -> Int {
        self.epoch += 1
        return switch selection {
        case .all: self.removeAll { _ in true }
        case .group(let group): self.removeAll { $0.origin.groups.contains(group) }
        case .route(let route): self.removeAll { $0.origin.route == route }
        }
    }

    mutating func removeAll() {
        self.epoch += 1
        self.store = Store(capacityBytes: self.capacityBytes)
        self.warm = WarmBodies()
    }

    private mutating func removeAll(where isOver: (Entry) -> Bool) -> Int {
        var bodies: [AnswerBody] = []
        let count = self.store.removeAll { _, entry in
            guard isOver(entry) else { return false }
            if case .answer(_, let body) = entry.content { bodies.append(body) }
            return true
        }
        for body in bodies { self.warm.forget(body) }
        return count
    }

    private mutating func remove(_ key: String) {
        guard case .answer(_, let body)? = self.store.remove(Mark(key))?.content else { return }
        self.warm.forget(body)
    }
}
