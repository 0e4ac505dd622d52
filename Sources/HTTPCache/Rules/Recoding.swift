import HTTPSyntax
package import NIOHTTP1

/// Whether an answer may go out in gzip that did not come so (RFC 9110, section 7.7).
package enum Recoding {
    /// Fields that speak of the very bytes.
    private static let bound = [
        "content-encoding", "content-range", "content-md5", "content-digest", "repr-digest", "digest",
    ]
    private static let directives = ["cache-control", "cdn-cache-control", "surrogate-control"]

    package static func allows(status: Int, headers: HTTPHeaders) -> Bool {
        guard status >= 200, ![204, 205, 206, 304].contains(status),
            let type = headers.first(name: "content-type"), CompressibleType.contains(type)
        else { return false }
        return !self.bound.contains { headers.contains(name: $0) } && !self.isForbidden(by: headers)
    }

    /// Whether a message, of either side, has `no-transform` (RFC 9111, sections 5.2.1.6 and 5.2.2.6).
    package static func isForbidden(by headers: HTTPHeaders) -> Bool {
        self.directives.contains { name in
            headers.contains(name: name)
                && FieldText.members(headers[name]).contains { $0.lowercased() == "no-transform" }
        }
    }

    /// Says that the body depends on what the client accepts.
    package static func addVary(to headers: inout HTTPHeaders) {
        let varies = FieldText.members(headers["vary"]).contains { $0 == "*" || $0.lowercased() == "accept-encoding" }
        if !varies { headers.add(name: "vary", value: "Accept-Encoding") }
    }

    /// Describes the compressed form: its tag vouches for the meaning alone (RFC 9110, section 8.8.1), and ranges would
    /// be of other bytes.
    package static func describe(_ headers: inout HTTPHeaders) {
        self.weaken(&headers)
        headers.remove(name: "accept-ranges")
        headers.add(name: "content-encoding", value: "gzip")
    }

    package static func weaken(_ headers: inout HTTPHeaders) {
        guard let tag = headers.first(name: "etag"), !EntityTag.isWeak(tag) else { return }
        headers.replaceOrAdd(name: "etag", value: "W/\(tag)")
    }

    /// Whether a 304 confirms what a client got compressed: it names the weak form of the origin's strong tag.
    package static func confirmsCompressed(_ headers: HTTPHeaders, asked request: HTTPHeaders) -> Bool {
        guard let tag = headers.first(name: "etag"), !EntityTag.isWeak(tag) else { return false }
        return FieldText.members(request["if-none-match"]).contains { $0 == "W/\(tag)" }
    }
}
