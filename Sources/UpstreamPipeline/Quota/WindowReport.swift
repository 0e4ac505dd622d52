/// What an answer says about the upstream's own limit.
struct WindowReport: Equatable {
    var limit: Int
    var remaining: Int
    /// The window's end in seconds since 1970 by the upstream's clock: names the window.
    var resetEpoch: Int
    var resetsIn: Duration
    /// The upstream told the time to go, so that the end may come out a second or two different each time.
    var isRelative = false

    init(limit: Int, remaining: Int, resetEpoch: Int, resetsIn: Duration) {
        self.limit = limit
        self.remaining = remaining
        self.resetEpoch = resetEpoch
        self.resetsIn = resetsIn
    }

    /// Reads `X-RateLimit-Limit`, `-Remaining` and `-Reset`, or else what the drafts of `RateLimit` had in their place;
    /// nil when any of the three is missing or absurd.
    ///
    /// The reset is compared with the answer's own `Date`, so that clocks need not agree.
    ///
    /// - Parameter epoch: this machine's clock, for answers without a date.
    init?(_ response: TransportResponse, epoch: Int) {
        guard let (limit, remaining, reset) = WindowReport.numbers(response), limit > 0 else { return nil }
        let now = response["date"].flatMap(HTTPDate.epoch) ?? epoch
        // Some services send seconds to go instead of a time.
        let isDelta = reset < 1_000_000_000
        let seconds = isDelta ? reset : max(0, reset - now)
        guard seconds <= 366 * 86_400 else { return nil }
        self.init(
            limit: limit, remaining: min(remaining, limit), resetEpoch: isDelta ? now + reset : reset,
            resetsIn: .seconds(seconds))
        self.isRelative = isDelta
    }

    private static func numbers(_ response: TransportResponse) -> (limit: Int, remaining: Int, reset: Int)? {
        for prefix in ["x-ratelimit-", "ratelimit-"] {
            if let limit = response.number(prefix + "limit"), let remaining = response.number(prefix + "remaining"),
                let reset = response.number(prefix + "reset")
            {
                return (limit, remaining, reset)
            }
        }
        guard let field = response["ratelimit"] else { return nil }
        // `limit=100, remaining=50, reset=30`
        let older = self.parameters(field, separator: ",")
        if let limit = older["limit"], let remaining = older["remaining"], let reset = older["reset"] {
            return (limit, remaining, reset)
        }
        // `"policy";r=50;t=30` beside `RateLimit-Policy: "policy";q=100;w=60`; of several the one with least left.
        let policies = self.items(response["ratelimit-policy"] ?? "")
        let found = self.items(field).compactMap { item -> (limit: Int, remaining: Int, reset: Int)? in
            guard let remaining = item.parameters["r"], let reset = item.parameters["t"],
                let limit = policies.first(where: { $0.name == item.name })?.parameters["q"]
            else { return nil }
            return (limit, remaining, reset)
        }
        return found.min { $0.remaining < $1.remaining }
    }

    private static func items(_ text: String) -> [(name: String, parameters: [String: Int])] {
        text.split(separator: ",").map { item in
            let name = item.prefix { $0 != ";" }.filter { !$0.isWhitespace }
            return (name, self.parameters(String(item.dropFirst(item.prefix { $0 != ";" }.count)), separator: ";"))
        }
    }

    /// `name=digits` pairs; anything else is passed over.
    private static func parameters(_ text: String, separator: Character) -> [String: Int] {
        var found: [String: Int] = [:]
        for part in text.split(separator: separator) {
            let pair = part.filter { !$0.isWhitespace }.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { continue }
            found[String(pair[0])] = Int(pair[1])
        }
        return found
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
