package import JSON
package import TokenVault

/// One call, before any phase has looked at it.
package struct PipelineCall: Sendable {
    /// Who goes first when requests are few.
    package enum Priority: Int, Sendable, Comparable {
        /// Nobody waits for it.
        case background
        case interactive
        /// Changes and logins, for which a reserve is kept.
        case write

        package static func < (left: Priority, right: Priority) -> Bool { left.rawValue < right.rawValue }
    }
    /// As in ``Route/id``, such as `GET /sales/{id}`.
    package var route: String
    /// Path, query and body parameters by name, unchecked.
    package var arguments: JSONObject
    package var session: String
    /// Sent as `Authorization: Bearer`; nil sends none.
    package var token: Secret<String>?
    /// Tells logins of one session apart; nil goes by the token.
    package var login: Int?
    /// Routes that are no reads are ``Priority/write`` whatever this says.
    package var priority = Priority.interactive
    /// Set for the request of an HTTP client.
    package var client: ClientRequest?

    package init(route: String, arguments: JSONObject, session: String, token: Secret<String>?) {
        self.route = route
        self.arguments = arguments
        self.session = session
        self.token = token
    }

    /// Whose allowance pays for it.
    var bucket: ClientRequest.Bucket { self.client?.bucket ?? ClientRequest.Bucket(name: self.session) }
}
