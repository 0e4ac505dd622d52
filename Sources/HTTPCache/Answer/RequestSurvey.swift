import HTTPSyntax
import NIOHTTP1

/// Which fields of a request matter to the cache, found in one pass over its headers.
struct RequestSurvey: OptionSet, Sendable {
    let rawValue: UInt16

    static let range = RequestSurvey(rawValue: 1)
    static let ifRange = RequestSurvey(rawValue: 1 << 1)
    static let ifNoneMatch = RequestSurvey(rawValue: 1 << 2)
    static let ifModifiedSince = RequestSurvey(rawValue: 1 << 3)
    /// Conditions only the origin can judge.
    static let originCondition = RequestSurvey(rawValue: 1 << 4)
    static let cacheControl = RequestSurvey(rawValue: 1 << 5)
    static let authorization = RequestSurvey(rawValue: 1 << 6)
    static let acceptEncoding = RequestSurvey(rawValue: 1 << 7)

    /// The client's own conditions that a cache may judge.
    static let conditions: RequestSurvey = [.ifNoneMatch, .ifModifiedSince]

    init(rawValue: UInt16) { self.rawValue = rawValue }

    init(_ headers: HTTPHeaders) {
        self = []
        for (name, _) in headers {
            // Comparing lengths first spares most names the comparison of letters.
            switch name.utf8.count {
            case 5 where name.isSame(as: "range"): self.insert(.range)
            case 6 where name.isSame(as: "pragma"): self.insert(.cacheControl)
            case 8 where name.isSame(as: "if-range"): self.insert(.ifRange)
            case 8 where name.isSame(as: "if-match"): self.insert(.originCondition)
            case 13 where name.isSame(as: "if-none-match"): self.insert(.ifNoneMatch)
            case 13 where name.isSame(as: "cache-control"): self.insert(.cacheControl)
            case 13 where name.isSame(as: "authorization"): self.insert(.authorization)
            case 15 where name.isSame(as: "accept-encoding"): self.insert(.acceptEncoding)
            case 17 where name.isSame(as: "if-modified-since"): self.insert(.ifModifiedSince)
            case 19 where name.isSame(as: "if-unmodified-since"): self.insert(.originCondition)
            default: break
            }
        }
    }
}
