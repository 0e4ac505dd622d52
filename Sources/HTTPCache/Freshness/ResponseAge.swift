import HTTPSyntax
import NIOHTTP1

/// How old a response already was when it came (RFC 9111, section 4.2.3).
enum ResponseAge {
    /// The corrected initial age, in milliseconds.
    ///
    /// - Parameters:
    ///   - requestedAt: when the request went out.
    ///   - respondedAt: when the response's head came in.
    static func initial(_ headers: HTTPHeaders, requestedAt: Moment, respondedAt: Moment) -> Int64 {
        let date = self.date(headers, now: respondedAt).map { Int64($0) * 1000 } ?? respondedAt.wallMilliseconds
        let apparent = max(0, respondedAt.wallMilliseconds - date)
        let delay = max(0, respondedAt.steadyMilliseconds - requestedAt.steadyMilliseconds)
        return max(apparent, Int64(self.stated(headers) ?? 0) * 1000 + delay)
    }

    /// What the first member of `Age` says; one that is no number is ignored (RFC 9111, section 5.1).
    static func stated(_ headers: HTTPHeaders) -> Int? {
        FieldText.members(headers["age"]).first.flatMap { FieldText.seconds($0) }
    }

    /// `Date` in seconds since 1970.
    static func date(_ headers: HTTPHeaders, now: Moment) -> Int? {
        headers.first(name: "date").flatMap { HTTPDate.secondsSinceEpoch(of: $0, now: now.wallSeconds) }
    }
}
