import NIOHTTP1

/// The targets an unsafe request has made stale (RFC 9111, section 4.4).
enum InvalidatedTargets {
    /// Paths with their queries on the request's own origin: its target, and where `Location` and `Content-Location`
    /// point unless that is another origin.
    static func targets(of request: CacheRequest, status: Int, headers: HTTPHeaders) -> [String] {
        guard !MethodRules.isSafe(request.method), (200...399).contains(status) else { return [] }
        let pointed = ["location", "content-location"].flatMap { headers[$0] }.compactMap {
            self.resolved($0, against: request)
        }
        return [request.target] + pointed.filter { $0 != request.target }
    }

    /// A reference as a target of the request's origin; nil when it leads elsewhere (RFC 3986, section 5.2).
    static func resolved(_ reference: String, against request: CacheRequest) -> String? {
        let reference = reference.prefix { $0 != "#" }
        if let scheme = reference.range(ofScheme: "://") {
            let name = reference[..<scheme.lowerBound].lowercased()
            guard name == "http" || name == "https" else { return nil }
            return self.samePlace(reference[scheme.upperBound...], request)
        }
        if reference.hasPrefix("//") { return self.samePlace(reference.dropFirst(2), request) }
        if reference.isEmpty { return request.target }
        if reference.hasPrefix("/") { return self.withoutDots(String(reference)) }
        let path = request.target.prefix { $0 != "?" }
        if reference.hasPrefix("?") { return String(path) + reference }
        let base = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return self.withoutDots(String(base) + reference)
    }

    private static func samePlace(_ rest: Substring, _ request: CacheRequest) -> String? {
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        guard host.lowercased() == request.authority.lowercased() else { return nil }
        let target = rest.dropFirst(host.count)
        return target.hasPrefix("/") ? self.withoutDots(String(target)) : "/" + target
    }

    /// RFC 3986, section 5.2.4.
    private static func withoutDots(_ target: String) -> String {
        let path = target.prefix { $0 != "?" }
        guard path.contains("/.") else { return target }
        var kept: [Substring] = []
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".": if isLast { kept.append("") }
            case "..":
                _ = kept.popLast()
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        return "/" + kept.joined(separator: "/") + target.dropFirst(path.count)
    }
}

extension Substring {
    fileprivate func range(ofScheme mark: String) -> Range<Index>? {
        guard let colon = self.firstIndex(of: ":"), self[colon...].hasPrefix(mark),
            self[..<colon].allSatisfy({ $0.isLetter || $0.isNumber || "+-.".contains($0) })
        else { return nil }
        return colon..<self.index(colon, offsetBy: mark.count)
    }
}
