import Synchronization

/// Keeps each session's upstream token sealed with AES-256-GCM (NIST SP 800-38D) under a key in locked memory.
///
/// The session's id is the context of the seal: a token moved to another session's place does not open.
package final class TokenVault: Sendable {
    private struct Entry {
        var box: SealedBox
        var identity: Identity
        /// Of the token among all that were stored.
        var login: Int
    }
    private struct State {
        var key: SealingKey
        /// The key before the last rotation: what callers carry may have been sealed under it.
        var previousKey: SealingKey?
        var entries: [String: Entry] = [:]
        var logins = 0
    }
    private let state: Mutex<State>

    /// - Throws: ``VaultError`` when no randomness or no memory for the key is to be had.
    package init() throws { self.state = Mutex(State(key: try SealingKey())) }

    /// False where the process may not lock memory (`RLIMIT_MEMLOCK`): worth a warning at the start.
    package var isKeyLocked: Bool { self.state.withLock { $0.key.isLocked } }

    /// Seals `token` for `session`, replacing what was there.
    package func store(_ token: Secret<String>, identity: Identity, session: String) throws {
        try self.state.withLock { state in
            let box = try state.key.seal(token, context: session)
            state.entries[session]?.box.wipe()
            state.logins += 1
            state.entries[session] = Entry(box: box, identity: identity, login: state.logins)
        }
    }

    /// The session's token, or nil when it has none.
    ///
    /// - Throws: ``VaultError`` when the sealed bytes do not open (which means corrupted memory).
    package func token(session: String) throws -> Secret<String>? {
        let held = self.state.withLock { state in state.entries[session].map { ($0.box, state.key) } }
        return try held.map { box, key in try key.open(box, context: session) }
    }

    /// Whose token the session holds, and a number that no other token of the process has had; nil when it has none.
    package func holder(session: String) -> (identity: Identity, login: Int)? {
        self.state.withLock { $0.entries[session].map { ($0.identity, $0.login) } }
    }

    /// Whose token the session holds; nil when it has none.
    package func identity(session: String) -> Identity? {
        self.state.withLock { $0.entries[session]?.identity }
    }

    /// Forgets the session's token and wipes its bytes.
    package func wipe(session: String) {
        self.state.withLock { state in
            state.entries[session]?.box.wipe()
            state.entries[session] = nil
        }
    }

    /// Replaces the key and re-seals every token in place; when that fails, all stay under the old key.
    package func rotateKey() throws {
        try self.state.withLock { state in
            let key = try SealingKey()
            var resealed = state.entries
            for (session, entry) in state.entries {
                let token = try state.key.open(entry.box, context: session)
                resealed[session]?.box = try key.seal(token, context: session)
            }
            // A copy of the keys alone: walking the dictionary itself would share, and so not wipe, the boxes.
            for session in Array(state.entries.keys) { state.entries[session]?.box.wipe() }
            state.previousKey = state.key
            (state.key, state.entries) = (key, resealed)
        }
    }

    // MARK: For texts that others carry

    /// Seals a text that comes back later, from a caller who must not read or change it.
    ///
    /// - Parameter context: the text opens only under the same; it differs from every session's id by a line break.
    package func seal(_ text: Secret<String>, context: String) throws -> SealedBox {
        let key = self.state.withLock { $0.key }
        return try key.seal(text, context: "carried\n" + context)
    }

    /// Opens what ``seal(_:context:)`` returned, if the key has not been rotated twice since.
    ///
    /// - Throws: ``VaultError`` when bytes, key or context are not the ones of the sealing.
    package func open(_ box: SealedBox, context: String) throws -> Secret<String> {
        let (key, previous) = self.state.withLock { ($0.key, $0.previousKey) }
        do {
            return try key.open(box, context: "carried\n" + context)
        } catch {
            guard let previous else { throw error }
            return try previous.open(box, context: "carried\n" + context)
        }
    }

    /// What is stored for the session, as stored.
    func sealedBox(session: String) -> SealedBox? { self.state.withLock { $0.entries[session]?.box } }

    /// Puts a box in the session's place, as corrupted memory would.
    func replaceSealedBox(_ box: SealedBox, session: String) {
        self.state.withLock { $0.entries[session]?.box = box }
    }
}
