import JSON

/// The channel of a request that is answered at once and told nothing meanwhile.
struct SilentChannel: RequestChannel {
    /// The handler wants what only a running request has: it is called again as one.
    struct Insufficient: Error {}

    func report(_ progress: Double, total: Double?, message: String?) {}
    func log(_ level: LogLevel, _ data: JSONValue, logger: String?) {}
    func disconnect(retryAfter: Duration) {}
    func continueAsTask() throws { throw Insufficient() }
}
