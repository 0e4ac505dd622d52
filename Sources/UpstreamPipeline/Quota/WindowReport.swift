/// What an answer says about the upstream's own limit.
struct WindowReport: Equatable {
    var limit: Int
    var remaining: Int
    /// The window's end in seconds since 1970 by the upstream's clock: names the window.
    var resetEpoch: Int
    var resetsIn: Duration

    init(limit: Int, remaining: Int, resetEpoch: Int, resetsIn: Duration) {
        self.limit = limit
        self.remaining = remaining
        self.resetEpoch = resetEpoch
        self.resetsIn = resetsIn
    }

    /// Reads `X-RateLimit-Limit`, `-Remaining` and `-Reset`; nil when any is missing or absurd.
    ///
    /// The reset is compared with the answer's own `Date`, so that clocks need not agree.
    ///
    /// - Parameter epoch: this machine's clock, for answers without a date.
    init?(_ response: TransportResponse, epoch: Int) {
        guard let limit = response.number("x-ratelimit-limit"), limit > 0,
            let remaining = response.number("x-ratelimit-remaining"), let reset = response.number("x-ratelimit-reset")
        else { return nil }
        let now = response["date"].flatMap(HTTPDate.epoch) ?? epoch
        // Some services send seconds to go instead of a time.
        let isDelta = reset < 1_000_000_000
        let seconds = isDelta ? reset : max(0, reset - now)
        guard seconds <= 366 * 86_400 else { return nil }
        self.init(
            limit: limit, remaining: min(remaining, limit), resetEpoch: isDelta ? now + reset : reset,
            resetsIn: .seconds(seconds))
    }
}

extension TransportResponse {
    /// A header of digits only.
    func number(_ name: String) -> Int? {
        guard let text = self[name], !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }

    /// `Retry-After` (RFC 9110 section 10.2.3), in seconds or as a date.
    func retryAfter(epoch: Int) -> Duration? {
        if let seconds = self.number("retry-after") { return .seconds(min(seconds, 366 * 86_400)) }
        guard let until = self["retry-after"].flatMap(HTTPDate.epoch) else { return nil }
        let now = self["date"].flatMap(HTTPDate.epoch) ?? epoch
        return .seconds(min(max(0, until - now), 366 * 86_400))
    }
}
