package import TokenVault

/// Decides whether a resolved call may go on: writes, and who must be logged in.
package struct CallGate: Sendable {
    /// How a script logs in, word for word.
    static let loginHint =
        "log in first: import * as auth from \"./tools/auth\"; await auth.login({ email, password })"

    package init() {}

    /// - Throws: `.writeRefused` or `.notLoggedIn`; nothing was sent then.
    package func check(_ route: Route, token: Secret<String>?) throws(PipelineError) {
        switch route.writeClass {
        case .read, .session: break
        case .confirm:
            throw PipelineError(
                .writeRefused, origin: .caller, status: 403,
                message: "\(route.id) changes data: writes are not enabled here",
                hint: "only reads can be called")
        case .forbidden:
            throw PipelineError(
                .writeRefused, origin: .caller, status: 403, message: "\(route.id) is never called through this gateway"
            )
        }
        guard route.access == .open || token != nil else {
            throw PipelineError(
                .notLoggedIn, origin: .caller, status: 401,
                message: "\(route.id) needs a login (\(route.access.description)) and this session has none",
                hint: CallGate.loginHint)
        }
    }
}
