import NIOHTTP1

/// What a client's `Cache-Control` asks of a cache (RFC 9111 section 5.2.1).
struct CacheDirectives: Equatable {
    /// Oldest answer the client takes; zero wants it confirmed.
    var maximumAge: Duration?
    var onlyIfCached = false
    var noStore = false

    init(_ headers: HTTPHeaders) {
        guard headers.contains(name: "cache-control") else { return }
        for element in headers[canonicalForm: "cache-control"] {
            let parts = element.lowercased().split(separator: "=", maxSplits: 1)
            switch parts.first.map(String.init) {
            case "no-cache": self.maximumAge = .zero
            case "max-age":
                guard parts.count == 2, let seconds = Int(parts[1].filter { $0 != "\"" }), seconds >= 0 else {
                    continue
                }
                self.maximumAge = min(self.maximumAge ?? .seconds(Int32.max), .seconds(min(seconds, Int(Int32.max))))
            case "only-if-cached": self.onlyIfCached = true
            case "no-store": self.noStore = true
            default: break
            }
        }
    }
}
