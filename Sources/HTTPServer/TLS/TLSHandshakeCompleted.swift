/// Event fired towards the application once the handshake is done, before the first byte.
package struct TLSHandshakeCompleted: Sendable, Equatable {
    /// What ALPN agreed on; nil when the client offered nothing.
    package let applicationProtocol: String?
    /// The name the client asked for.
    package let serverName: String?
    /// Such as `TLSv1.3`.
    package let version: String
    /// Whether an earlier session was resumed.
    package let isResumed: Bool
    /// Subject of the peer's certificate, RFC 4514 form; on a server only of a verified one.
    package let peerSubject: String?
}
