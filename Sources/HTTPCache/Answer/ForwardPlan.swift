package import NIOHTTP1

/// How a request goes on to the origin, and what the cache must know again when the answer comes.
package struct ForwardPlan: Sendable {
    let request: CacheRequest
    let survey: RequestSurvey
    let key: CacheKey
    let keyText: String
    let requestedAt: Moment
    /// The count of invalidations now: what becomes stale later makes the answer unfit to be stored.
    var sequence: UInt64
    /// What the origin is asked about; also what may stand in for a failure.
    let stored: StoredResponse?
    /// Whether the origin is asked for a change only.
    let isValidation: Bool
    let mayStore: Bool
    /// Whether nobody waits for the answer: a refresh behind a stale one.
    package let isRefresh: Bool
    package let reason: CacheStatus.Forward
    /// Whether other requests for the same target may wait for this one's answer.
    package let mayCollapse: Bool

    /// The request's headers as the origin is to see them.
    ///
    /// Conditions of the client's own give way to the cache's, because its answer is evaluated against the stored
    /// response afterwards (RFC 9111, section 4.3.1); a range gives way because the whole is validated.
    package var headers: HTTPHeaders {
        guard self.isValidation, let stored = self.stored else { return self.request.headers }
        var headers = self.request.headers
        for name in ["if-none-match", "if-modified-since", "if-range"] { headers.remove(name: name) }
        if stored.part == nil { headers.remove(name: "range") }
        if let tag = stored.value(of: "etag") { headers.add(name: "if-none-match", value: tag) }
        if let changed = stored.value(of: "last-modified") { headers.add(name: "if-modified-since", value: changed) }
        return headers
    }

    /// The same without a condition, after an answer that said nothing about what is stored.
    func unconditional(requestedAt now: Moment) -> ForwardPlan {
        ForwardPlan(
            request: self.request, survey: self.survey, key: self.key, keyText: self.keyText, requestedAt: now,
            sequence: self.sequence, stored: self.stored, isValidation: false, mayStore: self.mayStore,
            isRefresh: self.isRefresh, reason: self.reason, mayCollapse: false)
    }
}
