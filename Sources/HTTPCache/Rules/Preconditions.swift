import HTTPSyntax
import NIOHTTP1

/// A client's conditions, held against a stored response (RFC 9111, section 4.3.2; RFC 9110, section 13.2).
enum Preconditions {
    /// Whether the client already has what is stored: then 304 is the answer.
    static func isUnmodified(_ request: HTTPHeaders, etag: String?, lastModified: String?, date: Int, now: Moment) -> Bool {
        let tags = request["if-none-match"]
        // A tag says more than a date; the date counts only where no tag is given.
        if !tags.isEmpty { return EntityTag.isListed(etag, in: tags) }
        let since = request["if-modified-since"]
        guard since.count == 1, let limit = HTTPDate.secondsSinceEpoch(of: since[0], now: now.wallSeconds) else { return false }
        let changed = lastModified.flatMap { HTTPDate.secondsSinceEpoch(of: $0, now: now.wallSeconds) }
        return changed ?? date <= limit
    }

    /// Whether `If-Range` still names what is stored; without that field it always does (RFC 9110, section 13.1.5).
    static func allowsRange(_ request: HTTPHeaders, etag: String?, lastModified: String?) -> Bool {
        guard let condition = request.first(name: "if-range") else { return true }
        if condition.utf8.first == UInt8(ascii: "\"") || EntityTag.isWeak(condition) {
            return etag.map { EntityTag.matchesStrongly(condition, $0) } ?? false
        }
        return lastModified == condition
    }
}
