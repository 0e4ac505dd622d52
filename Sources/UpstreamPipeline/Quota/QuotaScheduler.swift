/// Decides who may send the next request: a bucket for each session, the upstream's window for all, and a queue.
///
/// Of those who wait, changes and logins come first, then calls somebody waits for, then the rest; among equals the
/// session that has had least of the window, then whoever came first. A session that has had its fair share leaves a part
/// of the window to sessions that have not asked yet, a part that melts away as the window ends.
struct QuotaScheduler {
    typealias Instant = ContinuousClock.Instant
    typealias Outcome = Result<UpstreamWindow.Ticket, PipelineError>

    struct Settings {
        var limit: Int
        var window: Duration
        /// Requests of each window that only changes and logins may use; at most a tenth of it.
        var reserve = 5
        /// The part of a window kept for sessions that have not had their share.
        var newcomers = 0.2
        /// Calls that may wait; one more is refused.
        var waiting = 1000
    }
    private struct Waiter {
        let id: Int
        let bucket: ClientRequest.Bucket
        let priority: PipelineCall.Priority
        let deadline: Instant
    }

    private let settings: Settings
    var window: UpstreamWindow
    private var buckets: [String: TokenBucket] = [:]
    private var queue: [Waiter] = []
    private var nextID = 0
    /// Requests each session had in this window.
    private var grants: [String: Int] = [:]
    private var grantsGeneration = 0

    init(_ settings: Settings) {
        self.settings = settings
        self.window = UpstreamWindow(assumedLimit: settings.limit)
    }

    var waitingCount: Int { self.queue.count }

    /// A number for a call that is about to wait.
    mutating func newID() -> Int {
        self.nextID += 1
        return self.nextID
    }

    /// Joins the queue; ``decide(now:)`` says what comes of it, often at once.
    mutating func join(
        _ id: Int, bucket: ClientRequest.Bucket, priority: PipelineCall.Priority, deadline: Instant
    ) {
        self.queue.append(Waiter(id: id, bucket: bucket, priority: priority, deadline: deadline))
    }

    mutating func leave(_ id: Int) { self.queue.removeAll { $0.id == id } }

    mutating func endSession(_ session: String) { self.buckets[session] = nil }

    func bucket(_ bucket: ClientRequest.Bucket) -> TokenBucket {
        self.buckets[bucket.name]
            ?? TokenBucket(limit: bucket.limit ?? self.settings.limit, window: self.settings.window)
    }

    /// Grants what can be granted, refuses what cannot be granted in time, and says when to ask again.
    mutating func decide(now: Instant) -> (outcomes: [(id: Int, outcome: Outcome)], next: Instant?) {
        var outcomes: [(id: Int, outcome: Outcome)] = []
        var next: Instant?
        self.order(now)
        var kept: [Waiter] = []
        var position = 0
        while position < self.queue.count {
            let waiter = self.queue[position]
            position += 1
            switch self.take(waiter, now) {
            case .success(let ticket):
                outcomes.append((waiter.id, .success(ticket)))
                self.grants[waiter.bucket.name, default: 0] += 1
                // The others may change places now.
                self.queue.removeSubrange(..<position)
                self.queue.append(contentsOf: kept)
                (kept, position, next) = ([], 0, nil)
                self.order(now)
            case .failure(let refusal):
                let wait = refusal.wait
                if now + wait > waiter.deadline || kept.count >= self.settings.waiting {
                    outcomes.append((waiter.id, .failure(refusal.error)))
                } else {
                    kept.append(waiter)
                    next = min(next ?? now + wait, now + wait)
                }
            }
        }
        self.queue = kept
        return (outcomes, next)
    }

    private mutating func order(_ now: Instant) {
        _ = self.window.current(now: now)
        if self.grantsGeneration != self.window.generation {
            (self.grants, self.grantsGeneration) = ([:], self.window.generation)
        }
        guard self.queue.count > 1 else { return }
        let grants = self.grants
        self.queue.sort { left, right in
            if left.priority != right.priority { return left.priority > right.priority }
            let (had, has) = (grants[left.bucket.name] ?? 0, grants[right.bucket.name] ?? 0)
            return had != has ? had < has : left.id < right.id
        }
    }

    private struct Refusal: Error {
        var wait: Duration
        var error: PipelineError
    }

    /// One request out of bucket and window, or out of neither.
    private mutating func take(_ waiter: Waiter, _ now: Instant) -> Result<UpstreamWindow.Ticket, Refusal> {
        var bucket = self.bucket(waiter.bucket)
        if case .refused(let wait) = bucket.take(now: now) {
            return .failure(Refusal(wait: wait, error: QuotaRefusal.session(bucket, retryAfter: wait)))
        }
        switch self.window.reserve(now: now, keeping: self.floor(for: waiter, now)) {
        case .granted(let ticket):
            self.buckets[waiter.bucket.name] = bucket
            return .success(ticket)
        case .refused(let wait):
            return .failure(Refusal(wait: wait, error: QuotaRefusal.upstream(retryAfter: wait)))
        }
    }

    /// How much of the window this call must leave.
    private mutating func floor(for waiter: Waiter, _ now: Instant) -> Int {
        guard let (limit, left) = self.window.current(now: now), waiter.priority != .write else { return 0 }
        let reserve = min(self.settings.reserve, limit / 10)
        let newcomers = Double(limit) * self.settings.newcomers
        let sessions = self.grants.count + (self.grants[waiter.bucket.name] == nil ? 1 : 0)
        let share = max(1, (Double(limit - reserve) - newcomers) / Double(sessions))
        let isOver = Double(self.grants[waiter.bucket.name] ?? 0) >= share
        let held = isOver ? Int(newcomers * min(1, left / self.settings.window)) : 0
        switch waiter.priority {
        case .write: return 0
        case .interactive: return reserve + held
        case .background: return reserve + max(held, limit / 4)
        }
    }
}
