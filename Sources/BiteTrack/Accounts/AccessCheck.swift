import TokenVault
import UpstreamPipeline

/// Decides whether a session may call a route, before a request of the budget is spent on finding out.
///
/// The API has the last word: roles can change after a login. A cached answer skips its check, so it is made here.
enum AccessCheck {
    static let howToLogIn =
        "Ask the user for their BiteTrack credentials, then: "
        + #"import { login } from "./tools/auth/login.js"; await login({ email, password })"#

    /// What stands in the way; nil when nothing does.
    ///
    /// - Parameter now: seconds since 1970.
    static func problem(with route: Route, identity: Identity?, now: Int) -> PipelineError? {
        guard route.access != .open else { return nil }
        guard let identity else {
            return PipelineError(
                .notLoggedIn, origin: .caller, status: 401, message: "Not logged in: \(route.id) needs a login.",
                hint: self.howToLogIn)
        }
        guard identity.expiresAt > now else {
            return PipelineError(
                .notLoggedIn, origin: .caller, status: 401, message: "The login has expired: log in again.",
                hint: self.howToLogIn)
        }
        guard case .roles(let roles) = route.access, !roles.contains(identity.role) else { return nil }
        return PipelineError(
            .forbidden, origin: .caller, status: 403,
            message: "\(route.id) needs the role \(roles.sorted().joined(separator: " or ")); "
                + "\(identity.name) is logged in as \(identity.role).",
            hint: "Log in with another account, or do without this data.")
    }

    /// Says what to do about an answer that denies the login.
    static func explained(_ error: PipelineError) -> PipelineError {
        guard error.code == .unauthorized || error.code == .notLoggedIn else { return error }
        var error = error
        error.hint = self.howToLogIn
        return error
    }
}
