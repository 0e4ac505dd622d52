package import TokenVault

/// What goes upstream.
package struct TransportRequest: Sendable {
    package var method: String
    /// Path and query, percent-encoded, with the prefix.
    package var target: String
    package var token: Secret<String>?
    /// nil sends none.
    package var body: Secret<[UInt8]>?
    /// Of the body.
    package var contentType = "application/json"
    /// The answer that is known: the upstream need not send it again.
    package var entityTag: String?

    package init(method: String, target: String, token: Secret<String>? = nil, body: Secret<[UInt8]>? = nil) {
        self.method = method
        self.target = target
        self.token = token
        self.body = body
    }
}
