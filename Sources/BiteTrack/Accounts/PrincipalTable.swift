import Sessions
import Synchronization

/// Which session belongs to which bearer principal.
final class PrincipalTable: Sendable {
    private let sessions = Mutex<[Principal: SessionID]>([:])

    subscript(principal: Principal) -> SessionID? { self.sessions.withLock { $0[principal] } }

    /// Makes `session` the one of `principal`, unless another has become it since `known` was read.
    func replace(_ known: SessionID?, with session: SessionID, for principal: Principal) -> Bool {
        self.sessions.withLock { sessions in
            guard sessions[principal] == nil || sessions[principal] == known else { return false }
            sessions[principal] = session
            return true
        }
    }

    /// Removes the principal if `session` is still its session.
    func forget(_ principal: Principal, _ session: SessionID) {
        self.sessions.withLock { sessions in
            if sessions[principal] == session { sessions[principal] = nil }
        }
    }
}
