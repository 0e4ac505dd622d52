/// The answer to requests of 2026-07-28, which are not served.
///
/// Clients that probe with `server/discover` fall back to `initialize` on any 4xx whose error is not `-32022`; that code
/// would be read as "speaks a modern revision" and end the connection attempt.
enum ModernRefusal {
    static let error = RPCError(
        .invalidRequest,
        "Requests without a session are not served here: open a session with \"initialize\" at one of "
            + "\(ProtocolRevision.legacyNames).")
}
