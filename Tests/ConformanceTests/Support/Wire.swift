import Testing

/// A revision on a transport: one way to speak with a server.
struct Wire: Hashable, Sendable, CustomTestStringConvertible {
    enum Transport { case httpSSE, streamable }
    let revision: Revision
    let transport: Transport

    /// Every revision on its own transport, and the combinations that clients of today use besides.
    static let all = Wire.sse + Wire.sessions + [Wire.modern]
    /// HTTP+SSE: its own revision, and the newest that clients put into `initialize` there.
    static let sse = [Revision.v2024_11_05, .v2025_11_25].map { Wire(revision: $0, transport: .httpSSE) }
    /// Streamable HTTP with sessions.
    static let sessions = Revision.legacy.map { Wire(revision: $0, transport: .streamable) }
    static let legacy = Wire.sse + Wire.sessions
    static let modern = Wire(revision: .modern, transport: .streamable)

    /// Streamable HTTP with sessions at the newest revision that has them.
    static let session = Wire(revision: .latestLegacy, transport: .streamable)

    var testDescription: String { self.revision.rawValue + (self.transport == .httpSSE ? " over HTTP+SSE" : "") }
    var isModern: Bool { self.revision.isModern }

    static func since(_ revision: Revision, in wires: [Wire] = Wire.all) -> [Wire] {
        wires.filter { $0.revision >= revision }
    }
}
