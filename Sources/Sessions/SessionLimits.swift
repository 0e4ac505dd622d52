/// How long and how many sessions live.
package struct SessionLimits: Sendable {
    package var idleTimeout: Duration = .seconds(30 * 60)
    package var cleanupInterval: Duration = .seconds(5 * 60)
    package var maximumCount = 10_000

    package init() {}
}
