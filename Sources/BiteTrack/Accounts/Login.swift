import JSON
import NIOCore
import Observability
import TokenVault
import UpstreamPipeline

/// Exchanges credentials for a token that goes into the vault and nowhere else.
struct Login: Sendable {
    let pipeline: Pipeline
    let vault: TokenVault

    /// Logs in; a login replaces the one before and forgets its cached answers.
    ///
    /// - Returns: the upstream's reply with a body that says who is logged in, and never the token.
    func perform(_ arguments: JSONObject, for account: SessionAccount) async throws(PipelineError) -> PipelineReply {
        if let password = arguments["password"]?.stringValue { account.hide(password) }
        let call = PipelineCall(
            route: BiteTrackRoutes.login, arguments: arguments, session: account.key, token: nil)
        var reply: PipelineReply
        do { reply = try await self.pipeline.send(call) } catch {
            var error = error
            if error.code == .unauthorized { error.hint = "Check email and password with the user; do not guess." }
            throw error
        }
        let (token, identity) = try Self.read(reply.body)
        try self.keep(token, identity, for: account)
        let answer: JSONValue = [
            "role": .string(identity.role), "name": .string(identity.name),
            "expiresAt": .string(WallClock.text(seconds: identity.expiresAt)),
        ]
        reply.body = ByteBuffer(bytes: answer.serialized)
        return reply
    }

    private func keep(
        _ token: Secret<String>, _ identity: Identity, for account: SessionAccount
    ) throws(PipelineError) {
        let isKept: Bool
        do {
            isKept =
                try account.ifAlive {
                    try self.vault.store(token, identity: identity, session: account.key)
                    self.pipeline.clearCache(session: account.key)
                    return true
                } ?? false
        } catch {
            throw PipelineError(
                .badResponse, origin: .gateway, status: 500, message: "The login could not be kept: \(error).")
        }
        guard isKept else {
            throw PipelineError(
                .notLoggedIn, origin: .gateway, status: 401, message: "The session ended during the login.")
        }
    }

    /// Takes token and identity out of a login's answer.
    static func read(_ body: ByteBuffer) throws(PipelineError) -> (token: Secret<String>, identity: Identity) {
        guard let answer = try? JSONValue(parsing: Array(body.readableBytesView)),
            let text = answer["token"]?.stringValue
        else { throw self.unreadable("its answer to a login holds no token") }
        let token = Secret(text)
        let claims: JWTClaims
        do { claims = try JWTClaims(reading: token) } catch { throw self.unreadable("\(error)") }
        let seller = answer["seller"]
        let names = [seller?["firstName"]?.stringValue, seller?["lastName"]?.stringValue]
        let identity = Identity(
            userID: claims.id, name: names.compactMap { $0 }.joined(separator: " "),
            role: seller?["role"]?.stringValue ?? claims.role, expiresAt: claims.expiresAt)
        return (token, identity)
    }

    private static func unreadable(_ what: String) -> PipelineError {
        PipelineError(
            .badResponse, origin: .upstream, status: 502, message: "BiteTrack cannot be understood: \(what).",
            hint: "The operator should check API_URL and API_PREFIX.")
    }
}
