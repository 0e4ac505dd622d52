import Sessions

@testable import ModelContextProtocol

extension RequestContext {
    /// Somebody who asks, and cannot be asked back.
    static func test(
        _ revision: ProtocolRevision = .july2026, principal: Principal = .anonymous, session: SessionID? = nil
    ) -> RequestContext {
        RequestContext(
            principal: principal, session: session, revision: revision, client: ClientCapabilities(), state: nil,
            answers: Answers(), channel: SilentChannel())
    }
}
