import Compression
import HTTPSyntax
package import NIOCore
package import NIOHTTP1
import Synchronization

extension HTTPCache {
    /// Decides what becomes of the origin's final response, from its head.
    ///
    /// - Parameter headers: as they came; fields of the connection are left out of what is stored.
    package func received(
        status: HTTPResponseStatus, headers: HTTPHeaders, for plan: ForwardPlan, now: Moment
    ) -> CacheReception {
        let code = Int(status.code)
        if plan.isRefresh { self.state.withLock { $0.endRefresh(plan.key) } }
        var plan = plan
        // An unsafe request makes what came before it stale, and not its own answer.
        if let sequence = self.invalidate(plan, code, headers) { plan.sequence = sequence }
        if code == 304, plan.isValidation, let stored = plan.stored {
            return self.validated(stored, headers, plan, now)
        }
        if StatusRules.isServerFailure(code), let answer = self.substitute(for: plan, isDisconnected: false, code, now)
        {
            return .answer(answer)
        }
        var note = CacheStatus(name: self.configuration.name, forward: plan.reason)
        if plan.request.method == .HEAD {
            self.refreshByHead(code, headers, plan, now)
            return .relay(note, nil)
        }
        guard plan.mayStore else { return .relay(note, nil) }
        let directives = ResponseDirectives(headers, targetedFields: self.configuration.targetedFields)
        let lifetime = FreshnessLifetime(
            status: code, headers: headers, directives: directives, configuration: self.configuration, now: now)
        let storability = Storability(
            method: plan.request.method, status: code, headers: headers, directives: directives, lifetime: lifetime,
            isAuthorized: plan.survey.contains(.authorization),
            isLocatedHere: self.isLocatedHere(headers, plan.request),
            configuration: self.configuration)
        switch storability.verdict {
        case .refuse(let refusal):
            if refusal != .method { note.detail = refusal.rawValue }
            // A successful answer that may not be kept has taken the place of what is stored.
            if let stored = plan.stored, code < 400 { self.drop(stored, plan.key) }
            return .relay(note, nil)
        case .store:
            note.isStored = true
            return .relay(
                note,
                Keeping(
                    plan: plan, status: code, headers: headers, directives: directives, lifetime: lifetime,
                    respondedAt: now))
        }
    }

    /// A stored answer in place of none: the origin could not be reached, or did not answer in time.
    package func unanswered(_ plan: ForwardPlan, now: Moment) -> CachedAnswer? {
        if plan.isRefresh { self.state.withLock { $0.endRefresh(plan.key) } }
        return self.substitute(for: plan, isDisconnected: true, nil, now)
    }

    /// Stores a response that has come to its end.
    ///
    /// - Parameter body: all of it; a response cut short must not be stored (RFC 9111, section 3.3).
    /// - Returns: false when it does not fit, or when its target changed while it was on its way.
    @discardableResult
    package func keep(_ keeping: Keeping, body: ByteBuffer) -> Bool {
        guard body.readableBytes <= self.configuration.largestBodyBytes else { return false }
        let form = self.form(keeping, body)
        guard let stored = self.stored(keeping, body: form.body, plainBytes: body.readableBytes, form.flags) else {
            return false
        }
        return self.put(stored, keeping.plan)
    }

    /// Stores a response that went out in gzip, as ``Recoding`` allows; see ``keep(_:body:)``.
    ///
    /// - Parameter plainBytes: of the body as it came.
    @discardableResult
    package func keep(_ keeping: Keeping, packed: ByteBuffer, plainBytes: Int) -> Bool {
        guard max(plainBytes, packed.readableBytes) <= self.configuration.largestBodyBytes,
            let stored = self.stored(
                keeping, body: packed, plainBytes: plainBytes, [.isCompressed, .variesByEncoding])
        else { return false }
        return self.put(stored, keeping.plan)
    }

    // MARK: Validation

    /// RFC 9111, section 4.3.3 and 4.3.4.
    private func validated(_ stored: StoredResponse, _ news: HTTPHeaders, _ plan: ForwardPlan, _ now: Moment)
        -> CacheReception
    {
        if let tag = news.first(name: "etag"), !EntityTag.isWeak(tag),
            stored.facts.flags.contains(.hasStrongETag), stored.value(of: "etag") != tag
        {
            // The origin means a version that is not stored here.
            return .askAgain(plan.unconditional(requestedAt: now))
        }
        let (own, verdict) = self.renewed(stored, with: news, plan, now)
        self.share(verdict, in: stored, plan)
        var note = CacheStatus(name: self.configuration.name, forward: plan.reason, forwardStatus: 304)
        if case .update = verdict { note.isStored = true }
        // What was validated is good for this client even when it may not be used again unasked.
        let answer = self.inquiry(plan, now).answer(from: own ?? stored, status: note)
        return answer.map { .answer($0) } ?? .askAgain(plan.unconditional(requestedAt: now))
    }

    /// What news of a stored response means for those who share it.
    private enum Sharing {
        case update(StoredResponse)
        /// It was for this client alone.
        case leave
        case drop
    }

    private func share(_ verdict: Sharing, in stored: StoredResponse, _ plan: ForwardPlan) {
        switch verdict {
        case .update(let fresh): self.replace(stored, with: fresh, plan)
        case .leave: break
        case .drop: self.drop(stored, plan.key)
        }
    }

    /// The stored response as the news of a 304 or HEAD make it: for this client, and for all.
    ///
    /// For all it must be one that could have been stored as the answer to this very request. Cookies, and what the
    /// directives keep from shared caches, are for this client alone.
    ///
    /// - Returns: no own one when it cannot be made.
    private func renewed(_ stored: StoredResponse, with news: HTTPHeaders, _ plan: ForwardPlan, _ now: Moment) -> (
        own: StoredResponse?, verdict: Sharing
    ) {
        var merged = HeaderUpdate.updated(stored.headers, with: news)
        if !news.contains(name: "date") {
            merged.replaceOrAdd(name: "date", value: HTTPDate(secondsSinceEpoch: now.wallSeconds).description)
        }
        let directives = ResponseDirectives(merged, targetedFields: self.configuration.targetedFields)
        let lifetime = FreshnessLifetime(
            status: stored.status, headers: merged, directives: directives, configuration: self.configuration, now: now)
        let own = self.freshened(stored, merged, directives, lifetime, news, plan, now)
        let storability = Storability(
            method: .GET, status: stored.status, headers: merged, directives: directives, lifetime: lifetime,
            isAuthorized: plan.survey.contains(.authorization), isLocatedHere: false, configuration: self.configuration)
        switch storability.verdict {
        case .refuse(.authorization): return (own, .leave)
        // A cookie of the news is left out; one that is stored was allowed.
        case .store, .refuse(.useless), .refuse(.setCookie): break
        case .refuse: return (own, .drop)
        }
        let left = HeaderUpdate.personal.union(directives.unstoredFields)
        guard left.contains(where: { news.contains(name: $0) || stored.value(of: $0) != nil }) else {
            return (own, own.map { .update($0) } ?? .leave)
        }
        var shared = HeaderUpdate.updated(stored.headers, with: news, leavingOut: left)
        for name in directives.unstoredFields { shared.remove(name: name) }
        shared.replaceOrAdd(name: "date", value: merged.first(name: "date") ?? "")
        let fresh = self.freshened(stored, shared, directives, lifetime, news, plan, now)
        return (own, fresh.map { .update($0) } ?? .leave)
    }

    private func freshened(
        _ stored: StoredResponse, _ headers: HTTPHeaders, _ directives: ResponseDirectives,
        _ lifetime: FreshnessLifetime, _ news: HTTPHeaders, _ plan: ForwardPlan, _ now: Moment
    ) -> StoredResponse? {
        var age = news
        if !news.contains(name: "date") { age.remove(name: "age") }
        let facts = StoredFacts(
            status: stored.status, headers: headers, directives: directives, lifetime: lifetime,
            initialAge: ResponseAge.initial(age, requestedAt: plan.requestedAt, respondedAt: now), now: now,
            sequence: plan.sequence, kept: stored.facts.flags.intersection(.ofBody))
        var headers = headers
        if facts.flags.contains(.variesByEncoding) { Recoding.addVary(to: &headers) }
        return StoredResponse.make(
            StoredResponse.Parts(
                facts: facts, key: stored.key, selectors: stored.selectors, groups: stored.groups, headers: headers,
                body: stored.body, plainBytes: Int(stored.layout.plainBytes), part: stored.part,
                leniency: directives.leniency), sharing: self.commonLines)
    }

    /// RFC 9111, section 4.3.5: the head of a GET's answer tells whether the stored one still holds.
    private func refreshByHead(_ code: Int, _ headers: HTTPHeaders, _ plan: ForwardPlan, _ now: Moment) {
        guard code == 200, let stored = plan.stored, stored.status == 200 else { return }
        let isSame = ["etag", "last-modified"].allSatisfy { name in
            headers.first(name: name).map { $0 == stored.value(of: name) } ?? true
        }
        let length = headers.first(name: "content-length").flatMap { Int($0) }
        guard isSame, length.map({ $0 == Int(stored.layout.plainBytes) }) ?? true else {
            self.drop(stored, plan.key)
            return
        }
        self.share(self.renewed(stored, with: headers, plan, now).verdict, in: stored, plan)
    }

    // MARK: Failure

    /// A stale answer where the origin has none to give (RFC 9111, section 4.2.4; RFC 5861, section 4).
    private func substitute(for plan: ForwardPlan, isDisconnected: Bool, _ code: Int?, _ now: Moment) -> CachedAnswer? {
        guard let stored = plan.stored, !plan.isRefresh,
            stored.facts.flags.isDisjoint(with: [.forbidsStale, .alwaysValidates])
        else { return nil }
        let asked =
            self.configuration.honoursRequestDirectives ? RequestDirectives(plan.request.headers).staleIfError : nil
        let allowed = max(
            stored.leniency.ifError, asked ?? 0,
            isDisconnected ? self.configuration.staleWhenDisconnected : 0)
        guard -stored.facts.freshness(at: now) < Int64(allowed) * 1000 else { return nil }
        var note = CacheStatus(name: self.configuration.name, isHit: true)
        note.detail = isDisconnected ? "origin-unreachable" : "origin-failed"
        note.forwardStatus = code
        return self.inquiry(plan, now).answer(from: stored, status: note)
    }

    private func inquiry(_ plan: ForwardPlan, _ now: Moment) -> Inquiry {
        Inquiry(
            request: plan.request, survey: plan.survey, key: plan.key, keyText: plan.keyText,
            directives: RequestDirectives(), configuration: self.configuration, now: now)
    }

    // MARK: Storing

    private func isLocatedHere(_ headers: HTTPHeaders, _ request: CacheRequest) -> Bool {
        guard let location = headers.first(name: "content-location") else { return false }
        return InvalidatedTargets.resolved(location, against: request) == request.target
    }

    /// - Parameter kept: of ``StoredFacts/Flags/ofBody``.
    private func stored(
        _ keeping: Keeping, body: ByteBuffer, plainBytes: Int, _ kept: StoredFacts.Flags
    ) -> StoredResponse? {
        let plan = keeping.plan
        let unstored = HopByHop.unstored(keeping.headers).union(keeping.directives.unstoredFields)
            .union(["age", "content-length"])
        var headers = HTTPHeaders(
            keeping.headers.filter { !unstored.contains($0.name.lowercased()) }.map { ($0.name, $0.value) })
        let now = keeping.respondedAt
        if ResponseAge.date(headers, now: now) == nil {
            headers.replaceOrAdd(name: "date", value: HTTPDate(secondsSinceEpoch: now.wallSeconds).description)
        }
        if kept.contains(.variesByEncoding) { Recoding.addVary(to: &headers) }
        // Ranges are of the plain body, which is not what most clients have.
        if kept.contains(.isCompressed) { headers.remove(name: "accept-ranges") }
        let selecting = VaryRules.fields(keeping.headers).filter {
            !kept.contains(.isCompressed) || $0 != "accept-encoding"
        }
        let facts = StoredFacts(
            status: keeping.status, headers: headers, directives: keeping.directives, lifetime: keeping.lifetime,
            initialAge: ResponseAge.initial(keeping.headers, requestedAt: plan.requestedAt, respondedAt: now), now: now,
            sequence: plan.sequence, kept: kept)
        return StoredResponse.make(
            StoredResponse.Parts(
                facts: facts, key: plan.keyText, selectors: VaryRules.text(selecting, plan.request.headers),
                groups: CacheGroups.marks(
                    StructuredStrings.read(keeping.headers["cache-groups"]), plan.keyText, plan.request),
                headers: headers, body: body, plainBytes: plainBytes, part: self.part(keeping, body),
                leniency: keeping.directives.leniency), sharing: self.commonLines)
    }

    private func part(_ keeping: Keeping, _ body: ByteBuffer) -> StoredPart? {
        guard keeping.status == 206, let range = ContentRange(keeping.headers),
            let asked = keeping.plan.request.headers.first(name: "range")
        else { return nil }
        let announced = range.last - range.first + 1
        let count = min(body.readableBytes, announced)
        // Where an origin miscounts, its bytes hold and not its numbers: a last part ends where they end.
        let isShortEnd = count < announced && range.last + 1 == range.completeLength
        return StoredPart(
            first: range.first, count: count, completeLength: isShortEnd ? range.first + count : range.completeLength,
            asked: asked)
    }

    /// The body as it is kept: compressed for a client that takes it so.
    ///
    /// Where nobody does, it is kept plain, or every hit would have to unpack it.
    private func form(_ keeping: Keeping, _ body: ByteBuffer) -> (body: ByteBuffer, flags: StoredFacts.Flags) {
        guard let minimum = self.configuration.minimumCompressedBytes, body.readableBytes >= max(minimum, 1),
            Recoding.allows(status: keeping.status, headers: keeping.headers)
        else { return (body, []) }
        guard keeping.plan.survey.contains(.acceptEncoding),
            AcceptEncoding(keeping.plan.request.headers["accept-encoding"]).prefersGzip
        else { return (body, [.isPackable, .variesByEncoding]) }
        return self.packed(body).map { ($0, [.isCompressed, .variesByEncoding]) } ?? (body, [])
    }

    /// - Returns: nil when it would be no smaller.
    func packed(_ body: ByteBuffer) -> ByteBuffer? {
        guard let packed = try? Gzip.compress(body, level: self.configuration.compressionLevel),
            packed.readableBytes < body.readableBytes
        else { return nil }
        return packed
    }

    private func put(_ new: StoredResponse, _ plan: ForwardPlan) -> Bool {
        let (stored, parts) = self.combined(new, plan.key)
        return self.state.withLock { state in
            guard !state.isOvertaken(plan.key, groups: stored.groups, since: plan.sequence) else { return false }
            let others = state.store.peek(plan.key)?.removing { other in parts.contains { $0.isSame(as: other) } }
            let variants = others.map { $0.adding(stored, limit: self.configuration.variantLimit) } ?? Variants(stored)
            return state.store.insert(variants, for: plan.key, bytes: variants.weight)
        }
    }

    /// A part, put together with those that are stored already, and which these are; bodies are copied outside the lock.
    private func combined(_ new: StoredResponse, _ key: CacheKey) -> (StoredResponse, parts: [StoredResponse]) {
        guard new.part != nil, let variants = self.state.withLock({ $0.find(key) }) else { return (new, []) }
        var (result, used) = (new, [StoredResponse]())
        var rest = variants.all
        // What has grown may reach others.
        while let (index, larger) = rest.indices.lazy.compactMap({ index in
            result.combined(
                with: rest[index], limitBytes: self.configuration.largestBodyBytes, sharing: self.commonLines
            ).map { (index, $0) }
        }).first {
            used.append(rest.remove(at: index))
            result = larger
        }
        return (result, used)
    }

    private func replace(_ old: StoredResponse, with new: StoredResponse, _ plan: ForwardPlan) {
        self.state.withLock { state in
            guard !state.isOvertaken(plan.key, groups: new.groups, since: plan.sequence) else { return }
            state.replace(old, with: new, under: plan.key)
        }
    }

    private func drop(_ stored: StoredResponse, _ key: CacheKey) {
        self.state.withLock { state in
            guard let variants = state.store.peek(key) else { return }
            if let rest = variants.removing(where: { $0.isSame(as: stored) }) {
                state.store.insert(rest, for: key, bytes: rest.weight)
            } else {
                state.store.remove(key)
            }
        }
    }
}
