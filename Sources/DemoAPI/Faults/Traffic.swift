/// What has been asked so far, for tests and benches to look at.
struct Traffic {
    /// Different requests remembered at most; the total goes on counting.
    private static let capacity = 10_000

    /// Requests that counted against a rate limit.
    private(set) var requests = 0
    /// Requests the original process would have died of.
    private(set) var dangerousRequests = 0
    /// By method and path without the API's prefix, such as `GET /sales`.
    private(set) var byEndpoint: [String: Int] = [:]

    mutating func countRequest(_ endpoint: String) {
        self.requests += 1
        guard self.byEndpoint[endpoint] != nil || self.byEndpoint.count < Self.capacity else { return }
        self.byEndpoint[endpoint, default: 0] += 1
    }

    mutating func countDangerous() { self.dangerousRequests += 1 }
}
