/// Weak entity tags and what they save (RFC 9110 section 13), as Express does it.
enum EntityTag {
    static func weak(_ body: [UInt8]) -> String {
        "W/\"\(String(body.count, radix: 16))-\(Base64.encode(Digest.sha1(body), .standard))\""
    }

    /// Whether a client that sent these headers already has the answer tagged `tag`.
    static func isFresh(_ tag: String?, ifNoneMatch: String?, ifModifiedSince: String?, cacheControl: String?) -> Bool {
        guard let ifNoneMatch, ifModifiedSince == nil else { return false }
        let asksForReload = cacheControl?.split(separator: ",").contains {
            String($0).trimmed.lowercased() == "no-cache"
        }
        if asksForReload == true { return false }
        if ifNoneMatch == "*" { return true }
        guard let tag else { return false }
        let strong = tag.dropFirst(2)
        return ifNoneMatch.split(separator: ",").contains { candidate in
            let candidate = String(candidate).trimmed
            return candidate == tag || candidate == strong
        }
    }
}
