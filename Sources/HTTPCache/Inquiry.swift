import HTTPSyntax
import NIOHTTP1

/// One request, held against what is stored for its target (RFC 9111, section 4).
struct Inquiry {
    let request: CacheRequest
    let survey: RequestSurvey
    let key: CacheKey
    let keyText: String
    let directives: RequestDirectives
    let configuration: CacheConfiguration
    let now: Moment

    /// Whether the stored answers do not matter: conditions only the origin may judge, or a client that wants no trace.
    var bypasses: Bool { self.survey.contains(.originCondition) || self.directives.isNoStore }

    /// - Parameter beginRefresh: whether this request is the one to refresh a stale answer.
    func decision(_ variants: Variants?, sequence: UInt64, beginRefresh: (CacheKey) -> Bool) -> CacheDecision {
        guard let variants else { return self.miss(.uriMiss, sequence) }
        guard let stored = self.select(variants) else {
            let isElsewhere = variants.newest.isKept(under: self.keyText) && variants.newest.part == nil
            return self.miss(isElsewhere ? .varyMiss : .partial, sequence)
        }
        let facts = stored.facts
        let freshness = facts.freshness(at: self.now)
        if self.isUsable(facts, freshness) { return self.answer(stored, sequence) }
        if facts.flags.isDisjoint(with: [.forbidsStale, .alwaysValidates]), !self.directives.isNoCache,
            self.directives.maxAge == nil, self.directives.minFresh == nil, freshness <= 0,
            -freshness < Int64(stored.leniency.whileRevalidate) * 1000
        {
            guard let answer = self.answer(from: stored) else { return self.miss(.partial, sequence) }
            guard beginRefresh(self.key) else { return .answer(answer) }
            return .answerAndRefresh(answer, self.validation(stored, .stale, sequence, isRefresh: true))
        }
        if self.directives.isOnlyIfCached { return .gatewayTimeout }
        let isAsked = freshness > 0 && !facts.flags.contains(.alwaysValidates)
        return .forward(self.validation(stored, isAsked ? .request : .stale, sequence, isRefresh: false))
    }

    /// A fresh answer that no header selects.
    func freshAnswer(_ variants: Variants) -> CachedAnswer? {
        guard let stored = self.select(variants), !stored.hasSelectors,
            self.isUsable(stored.facts, stored.facts.freshness(at: self.now)),
            stored.facts.freshness(at: self.now) > 0
        else { return nil }
        return self.answer(from: stored)
    }

    /// The answer that fits this request; the newest of several (RFC 9111, section 4.1).
    private func select(_ variants: Variants) -> StoredResponse? {
        variants.first { self.fits($0) }
    }

    private func fits(_ stored: StoredResponse) -> Bool {
        guard stored.isKept(under: self.keyText) else { return false }
        if let part = stored.part {
            guard self.request.method == .GET, self.form(of: part) != nil else { return false }
        }
        return !stored.hasSelectors
            || VaryRules.matches(
                stored.selectors, self.request.headers, language: stored.value(of: "content-language"))
    }

    /// Fresh enough for this client (RFC 9111, section 4.2, and its wishes of section 5.2.1).
    private func isUsable(_ facts: StoredFacts, _ freshness: Int64) -> Bool {
        guard !facts.flags.contains(.alwaysValidates), !self.directives.isNoCache else { return false }
        if let limit = self.directives.maxAge, facts.age(at: self.now) > Int64(limit) * 1000 { return false }
        if let margin = self.directives.minFresh, freshness < Int64(margin) * 1000 { return false }
        if freshness > 0 { return true }
        guard let allowed = self.directives.maxStale, !facts.flags.contains(.forbidsStale) else { return false }
        return allowed == .max || -freshness <= Int64(allowed) * 1000
    }

    private func miss(_ reason: CacheStatus.Forward, _ sequence: UInt64) -> CacheDecision {
        self.directives.isOnlyIfCached
            ? .gatewayTimeout : .forward(self.plan(reason, sequence: sequence, mayStore: true))
    }

    func plan(_ reason: CacheStatus.Forward, sequence: UInt64, mayStore: Bool) -> ForwardPlan {
        ForwardPlan(
            request: self.request, survey: self.survey, key: self.key, keyText: self.keyText, requestedAt: self.now,
            sequence: sequence, stored: nil, isValidation: false, mayStore: mayStore, isRefresh: false, reason: reason,
            mayCollapse: self.mayCollapse && mayStore)
    }

    private func validation(
        _ stored: StoredResponse, _ reason: CacheStatus.Forward, _ sequence: UInt64, isRefresh: Bool
    ) -> ForwardPlan {
        let hasValidator = !stored.facts.flags.isDisjoint(with: [.hasETag, .hasLastModified])
        return ForwardPlan(
            request: self.request, survey: self.survey, key: self.key, keyText: self.keyText, requestedAt: self.now,
            sequence: sequence, stored: stored, isValidation: hasValidator, mayStore: true, isRefresh: isRefresh,
            reason: reason,
            // An answer that is to be validated each time is of no use to those who would wait for it.
            mayCollapse: self.mayCollapse && !isRefresh && !stored.facts.flags.contains(.alwaysValidates))
    }

    /// Only plain reads wait for one another: what others ask with conditions or ranges is not what they would get.
    private var mayCollapse: Bool {
        self.request.method == .GET && !self.request.hasBody
            && self.survey.isDisjoint(with: [.range, .ifRange, .ifNoneMatch, .ifModifiedSince, .authorization])
            && !self.directives.isNoCache
    }

    // MARK: Answers

    private func answer(_ stored: StoredResponse, _ sequence: UInt64) -> CacheDecision {
        guard let answer = self.answer(from: stored) else { return self.miss(.partial, sequence) }
        return .answer(answer)
    }

    /// - Returns: nil when the client asks for bytes that are not stored.
    func answer(from stored: StoredResponse, status: CacheStatus? = nil) -> CachedAnswer? {
        guard let form = self.form(of: stored) else { return nil }
        let facts = stored.facts
        var status = status ?? CacheStatus(name: self.configuration.name, isHit: true)
        let freshness = facts.freshness(at: self.now)
        status.timeToLive = Int((freshness >= 0 ? freshness : freshness - 999) / 1000)
        let prefersGzip = self.prefersGzip(facts, form)
        return CachedAnswer(
            stored: stored, form: form, isHead: self.request.method == .HEAD,
            isCompressed: prefersGzip && facts.flags.contains(.isCompressed), age: facts.age(at: self.now) / 1000,
            cacheStatus: status, isWorthPacking: prefersGzip && facts.flags.contains(.isPackable))
    }

    /// Whether it matters that the client takes gzip, and it does.
    private func prefersGzip(_ facts: StoredFacts, _ form: CachedAnswer.Form) -> Bool {
        guard !facts.flags.isDisjoint(with: [.isCompressed, .isPackable]), self.survey.contains(.acceptEncoding),
            form == .whole || form == .notModified
        else { return false }
        return AcceptEncoding(self.request.headers["accept-encoding"]).prefersGzip
    }

    private func form(of stored: StoredResponse) -> CachedAnswer.Form? {
        if let part = stored.part { return self.form(of: part) }
        guard stored.status == 200 else { return .whole }
        if !self.survey.isDisjoint(with: .conditions), self.isUnmodified(stored) { return .notModified }
        guard self.survey.contains(.range), self.request.method == .GET, let range = self.range,
            Preconditions.allowsRange(
                self.request.headers, etag: stored.value(of: "etag"), lastModified: stored.value(of: "last-modified"))
        else { return .whole }
        let length = Int(stored.layout.plainBytes)
        return range.bytes(of: length).map { .range($0, of: length) } ?? .unsatisfiable(length: length)
    }

    private func form(of part: StoredPart) -> CachedAnswer.Form? {
        guard self.survey.contains(.range), !self.survey.contains(.ifRange) else { return nil }
        if self.request.headers["range"] == [part.asked] { return .wholePart }
        guard let range = self.range, let found = part.position(of: range) else { return nil }
        return .part(found.within, whole: found.whole, of: part.completeLength)
    }

    private var range: ByteRange? {
        let lines = self.request.headers["range"]
        return lines.count == 1 ? ByteRange(lines[0]) : nil
    }

    private func isUnmodified(_ stored: StoredResponse) -> Bool {
        Preconditions.isUnmodified(
            self.request.headers, etag: stored.value(of: "etag"), lastModified: stored.value(of: "last-modified"),
            date: Int(stored.facts.date), now: self.now)
    }
}
