import ModelContextProtocol
import Sessions
import Synchronization

/// Finds the BiteTrack session of each caller.
///
/// An MCP session has one that ends with it. Callers of 2026-07-28 have no MCP session: with a bearer token they have
/// one for each principal; without, each run that names none begins one, whose id the caller passes on as a handle.
/// Both of these end by themselves when they are idle.
final class CallerSessions: Sendable {
    struct Found {
        let account: SessionAccount
        /// Whether the session begins with this call.
        var isNew = false
        /// What the caller must be told to come back to this session.
        var newHandle: String?
    }

    private let newAccount: @Sendable (SessionID) -> SessionAccount
    private let onEnd: @Sendable (SessionAccount) -> Void
    private let principals: PrincipalTable
    private let store: SessionStore<SessionAccount>
    private let ofMCPSessions = Mutex<[SessionID: SessionAccount]>([:])

    /// - Parameter onEnd: called for each account that ends, to wipe what is kept for it elsewhere.
    init(
        limits: SessionLimits, clock: any Clock<Duration>,
        newAccount: @escaping @Sendable (SessionID) -> SessionAccount,
        onEnd: @escaping @Sendable (SessionAccount) -> Void
    ) {
        let principals = PrincipalTable()
        self.newAccount = newAccount
        self.onEnd = onEnd
        self.principals = principals
        self.store = SessionStore(limits: limits, clock: clock) { session, _ in
            principals.forget(session.principal, session.id)
            onEnd(session.state)
        }
    }

    /// Sessions that live without an MCP session.
    var count: Int { self.store.count }

    /// The session of a call.
    ///
    /// - Parameter handle: what a caller without MCP session names; ignored for others.
    /// - Throws: ``ArgumentError`` for a handle that names no session of this caller, with what to do instead.
    func find(_ context: RequestContext, handle: String?) throws(ArgumentError) -> Found {
        if let session = context.session { return Found(account: self.account(of: session)) }
        switch context.principal {
        case .bearer:
            guard handle == nil else {
                throw ArgumentError("`session` is not yours: leave it out, your token stands for your session.")
            }
            return self.find(context.principal)
        case .anonymous:
            guard let handle else {
                let session = self.store.create(principal: .anonymous, state: self.newAccount)
                return Found(account: session.state, isNew: true, newHandle: session.id.rawValue)
            }
            guard let session = self.store.find(handle, principal: .anonymous) else {
                throw ArgumentError(
                    "There is no such `session` (any more): leave it out, log in again in that run, and pass on the "
                        + "`session` of its result.")
            }
            return Found(account: session.state)
        }
    }

    /// A run has come to its end, which counts as use of its session.
    func didRun(_ found: Found) {
        // What a run did after the end of its session would be kept for nobody.
        if found.account.hasEnded { self.onEnd(found.account) }
        // Nobody has come back yet to a session that began with the run: should there be too many, it goes first.
        if !found.isNew { self.store.touch(found.account.id) }
    }

    /// An MCP session has ended.
    func end(_ session: SessionID) {
        guard let account = self.ofMCPSessions.withLock({ $0.removeValue(forKey: session) }) else { return }
        self.onEnd(account)
    }

    /// Ends idle sessions until cancelled, then all that live without an MCP session.
    func run() async throws {
        defer { self.store.endAll(reason: .shutdown) }
        try await self.store.run()
    }

    /// Ends what has been idle too long.
    func sweep() { self.store.sweep() }

    private func account(of session: SessionID) -> SessionAccount {
        self.ofMCPSessions.withLock { accounts in
            if let account = accounts[session] { return account }
            let account = self.newAccount(session)
            accounts[session] = account
            return account
        }
    }

    private func find(_ principal: Principal) -> Found {
        while true {
            let known = self.principals[principal]
            if let known, let session = self.store.find(known.rawValue, principal: principal) {
                return Found(account: session.state)
            }
            let session = self.store.create(principal: principal, state: self.newAccount)
            if self.principals.replace(known, with: session.id, for: principal) {
                return Found(account: session.state, isNew: true)
            }
            // Of two first calls at the same time one came too late.
            self.store.end(session.id, reason: .closed)
        }
    }
}
