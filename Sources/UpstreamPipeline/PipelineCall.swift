package import JSON
package import TokenVault

/// One call, before any phase has looked at it.
package struct PipelineCall: Sendable {
    /// As in ``Route/id``, such as `GET /sales/{id}`.
    package var route: String
    /// Path, query and body parameters by name, unchecked.
    package var arguments: JSONObject
    package var session: String
    /// Sent as `Authorization: Bearer`; nil sends none.
    package var token: Secret<String>?

    package init(route: String, arguments: JSONObject, session: String, token: Secret<String>?) {
        self.route = route
        self.arguments = arguments
        self.session = session
        self.token = token
    }
}
