/// How one cache behaves where the RFCs leave it to its operator.
package struct CacheConfiguration: Sendable {
    /// The name in `Cache-Status` (RFC 9211, section 2): a token.
    package var name = "bitetrack"
    /// All entries together, headers, keys and bookkeeping included.
    package var capacityBytes = 64 << 20
    /// The largest body kept.
    package var largestBodyBytes = 8 << 20
    /// Response fields that speak to this cache before `Cache-Control` does, most important first (RFC 9213).
    package var targetedFields = ["cdn-cache-control", "surrogate-control"]
    /// Whether `Cache-Control` of a request is obeyed (RFC 9111, section 5.2.1 leaves it to the cache).
    ///
    /// Turned off, no client can make the cache ask its origin.
    package var honoursRequestDirectives = true
    /// Whether `max-age` or `Expires` are enough to store a response that sets a cookie, as RFC 9111 has it.
    ///
    /// Without, the origin must say `public`, `s-maxage`, or speak to this cache by a targeted field.
    package var storesCookies = true
    /// Seconds a response is fresh that says nothing about it; nil keeps only what the origin or `Last-Modified` allows.
    package var defaultLifetime: Int?
    /// Seconds every storable response is fresh, whatever it says; nil leaves that to the origin.
    package var overridingLifetime: Int?
    /// Seconds a 404, 405, 410, 414 or 501 is fresh that says nothing about it.
    package var negativeLifetime: Int?
    /// The share of a response's time since its last change for which it is taken as fresh, in percent.
    ///
    /// Ten is what RFC 9111, section 4.2.2 calls typical.
    package var heuristicPercent = 10
    /// The longest heuristic lifetime, in seconds.
    package var heuristicLimit = 24 * 3600
    /// Seconds a stale answer may stand in when the origin cannot be reached and nothing forbids it.
    package var staleWhenDisconnected = 3600
    /// Bodies from this size on are kept compressed when that makes them smaller; nil never compresses.
    package var minimumCompressedBytes: Int? = 512
    /// zlib's level, 1 to 9.
    package var compressionLevel = 5
    /// How many answers to one target are kept for different request headers (`Vary`).
    package var variantLimit = 64
    /// Milliseconds a request waits for another's answer to the same target before it asks on its own.
    package var collapsedWaitMilliseconds: Int64 = 5000
    /// Milliseconds for which requests do not wait for each other after an answer that could not be kept.
    package var uncacheableMemoryMilliseconds: Int64 = 10_000

    package init() {}
}
