import Observability

/// The clocks of the service; tests bring their own.
package struct ServiceClock: Sendable {
    /// Seconds since 1970, for when a login ends.
    package var seconds: @Sendable () -> Int
    /// Never goes back, for rates.
    package var uptime: @Sendable () -> Duration

    package init(seconds: @escaping @Sendable () -> Int, uptime: @escaping @Sendable () -> Duration) {
        self.seconds = seconds
        self.uptime = uptime
    }

    /// The system's.
    package static var system: ServiceClock {
        let start = ContinuousClock.now
        return ServiceClock(seconds: WallClock.seconds, uptime: { ContinuousClock.now - start })
    }
}
