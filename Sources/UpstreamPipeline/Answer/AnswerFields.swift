import Synchronization

/// What an answer's head says beyond its status and entity tag, shared by all answers that say the same.
///
/// An upstream sends the same dozen fields with every answer, which would weigh more than most bodies.
package final class AnswerFields: Sendable, Hashable {
    package struct Field: Sendable, Hashable {
        /// Lowercased.
        package let name: String
        package let value: String
    }
    package let contentType: String?
    package let others: [Field]

    init(contentType: String?, others: [Field] = []) {
        self.contentType = contentType
        self.others = others
    }

    package static func == (left: AnswerFields, right: AnswerFields) -> Bool {
        left === right || (left.contentType == right.contentType && left.others == right.others)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(self.contentType)
        hasher.combine(self.others)
    }
}

extension AnswerFields {
    /// Fields that belong to one connection, one moment or one client, or that are told anew by whoever passes an answer on.
    private static let notKept: Set<String> = [
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade", "content-length", "content-encoding", "content-type", "etag", "date", "age",
        "cache-control", "expires", "pragma", "set-cookie", "retry-after", "ratelimit", "ratelimit-policy",
        "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "ratelimit-limit", "ratelimit-remaining",
        "ratelimit-reset", "vary", "access-control-allow-origin", "access-control-allow-credentials",
        "access-control-expose-headers", "access-control-allow-methods", "access-control-allow-headers",
        "access-control-max-age",
    ]

    /// Most fields kept of one answer, and most bytes of them.
    private static let mostFields = 40
    private static let mostBytes = 8 * 1024

    /// The fields of `response` that are worth passing on.
    convenience init(of response: TransportResponse) {
        let dropped = (response["connection"] ?? "").lowercased().split(separator: ",")
            .map { $0.filter { $0 != " " && $0 != "\t" } }
        var (others, bytes) = ([Field](), 0)
        for (name, value) in response.headers {
            guard !AnswerFields.notKept.contains(name), !dropped.contains(name), others.count < AnswerFields.mostFields
            else { continue }
            bytes += name.utf8.count + value.utf8.count
            guard bytes <= AnswerFields.mostBytes else { break }
            others.append(Field(name: name, value: value))
        }
        self.init(contentType: response["content-type"], others: others)
    }
}

/// The heads that answers share.
final class AnswerFieldPool: Sendable {
    /// More different ones than an upstream should have; then the pool begins anew.
    private static let most = 64
    private let known = Mutex<Set<AnswerFields>>([])

    /// The one that says the same as `fields`.
    func shared(_ fields: AnswerFields) -> AnswerFields {
        self.known.withLock { known in
            if let index = known.firstIndex(of: fields) { return known[index] }
            if known.count >= AnswerFieldPool.most { known.removeAll() }
            known.insert(fields)
            return fields
        }
    }
}
