import JSON
import TokenVault
import UpstreamPipeline

/// Calls the API in the name of a session.
struct APIAccess: Sendable {
    let pipeline: Pipeline
    let vault: TokenVault
    let clock: ServiceClock

    /// Answers from the cache what can be; nil for what must be sent, and for what is refused with more to say.
    func answerFromCache(
        _ route: String, _ arguments: JSONObject, for account: SessionAccount
    ) throws(PipelineError) -> PipelineReply? {
        guard route != BiteTrackRoutes.login, let known = BiteTrackRoutes.table[route], known.writeClass == .read else {
            return nil
        }
        let holder = self.vault.holder(session: account.key)
        guard AccessCheck.problem(with: known, identity: holder?.identity, now: self.clock.seconds()) == nil else {
            return nil
        }
        var call = PipelineCall(route: route, arguments: arguments, session: account.key, token: nil)
        call.login = holder?.login
        return try self.pipeline.answerFromCache(call)
    }

    func send(
        _ route: String, _ arguments: JSONObject, for account: SessionAccount
    ) async throws(PipelineError) -> PipelineReply {
        if route == BiteTrackRoutes.login {
            return try await Login(pipeline: self.pipeline, vault: self.vault).perform(arguments, for: account)
        }
        // A write is refused for what it is, before anything is said of its parameters.
        if let known = BiteTrackRoutes.table[route] { try WriteRefusal.check(known) }
        let holder = self.vault.holder(session: account.key)
        let identity = holder?.identity
        // The pipeline refuses routes that do not exist, and names the nearest.
        if let known = BiteTrackRoutes.table[route],
            known.writeClass == .read || known.writeClass == .session,
            let problem = AccessCheck.problem(with: known, identity: identity, now: self.clock.seconds())
        {
            if problem.code == .notLoggedIn, identity != nil { self.forget(account) }
            throw problem
        }
        let token: Secret<String>?
        do { token = try self.vault.token(session: account.key) } catch {
            self.forget(account)
            throw PipelineError(
                .notLoggedIn, origin: .gateway, status: 401, message: "The login was lost: log in again.",
                hint: AccessCheck.howToLogIn)
        }
        var call = PipelineCall(route: route, arguments: arguments, session: account.key, token: token)
        call.login = holder?.login
        do { return try await self.pipeline.send(call) } catch { throw AccessCheck.explained(error) }
    }

    /// The call that ``send(_:_:for:)`` would send.
    ///
    /// - Throws: what it would throw without sending anything.
    func planned(
        _ route: String, _ arguments: JSONObject, for account: SessionAccount
    ) throws(PipelineError) -> PipelineCall {
        if let known = BiteTrackRoutes.table[route] { try WriteRefusal.check(known) }
        let holder = self.vault.holder(session: account.key)
        if let known = BiteTrackRoutes.table[route],
            let problem = AccessCheck.problem(with: known, identity: holder?.identity, now: self.clock.seconds())
        {
            throw problem
        }
        var call = PipelineCall(route: route, arguments: arguments, session: account.key, token: nil)
        call.login = holder?.login
        try self.pipeline.check(call)
        return call
    }

    /// Ends an account: its token is wiped, its cache and its rates are gone.
    func end(_ account: SessionAccount) {
        // First the end, then the wiping: a login under way finds the session ended.
        account.end()
        self.vault.wipe(session: account.key)
        self.pipeline.endSession(account.key)
    }

    private func forget(_ account: SessionAccount) {
        self.vault.wipe(session: account.key)
        self.pipeline.clearCache(session: account.key)
    }
}
