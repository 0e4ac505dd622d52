/// What the demonstration API serves and how it behaves.
package struct DemoConfiguration: Sendable {
    /// Path prefixes the whole API is mounted under.
    package var prefixes = ["/api/v2", "/bitetrack"]
    /// Requests one address may make in one window.
    package var rateLimit = 100
    /// Length of a window; it starts at an address's first request.
    package var rateWindow: Duration = .seconds(900)
    /// The same seed, variant and time give the same data.
    package var seed: UInt64 = 20_251_122
    package var variant: Variant = .standard
    /// Signs the tokens of `POST /auth/login`.
    package var jwtSecret = JWTSecret.random()
    /// The clock: sample data, undo windows, tokens and rate windows all follow it.
    package var now: @Sendable () -> Timestamp = { Timestamp.system }
    /// Time a connection may stay without a request, as short as the original's.
    package var idleTimeout: Duration = .seconds(5)
    /// Waited before each answer is sent.
    package var latency: Duration = .zero

    /// How much sample data is made.
    package enum Variant: String, Sendable, CaseIterable {
        /// About 900 sales, 60 customers, 42 products.
        case standard
        /// 20 000 sales, 2 000 customers, 300 products: more pages than one rate window allows.
        case large
    }

    package init() {}
}
