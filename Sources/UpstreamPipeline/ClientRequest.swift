package import TokenVault

/// What the request of an HTTP client brings along that the calls of scripts do not have.
///
/// Whoever makes one has checked the body and decided that writes are allowed.
package struct ClientRequest: Sendable {
    /// Whose requests are counted together.
    package struct Bucket: Sendable, Hashable {
        package var name: String
        /// Requests in a window; nil for as many as a session has.
        package var limit: Int?

        package init(name: String, limit: Int? = nil) {
            self.name = name
            self.limit = limit
        }
    }
    /// Sent as it came; nil sends none.
    package var body: Secret<[UInt8]>?
    package var contentType: String?
    /// Oldest answer that the client takes from the cache; nil leaves it to the route.
    package var maximumAge: Duration?
    /// False for an answer that the client asks not to be kept.
    package var mayStore = true
    package var bucket: Bucket

    package init(bucket: Bucket) { self.bucket = bucket }
}
