import Glibc

/// What the pipeline takes from the world outside: clocks and chance.
///
/// Tests bring their own.
package struct PipelineEnvironment: Sendable {
    package var now: @Sendable () -> ContinuousClock.Instant
    /// Seconds since 1970.
    package var epoch: @Sendable () -> Int
    /// Throws when the task is cancelled meanwhile.
    package var sleep: @Sendable (Duration) async throws -> Void
    /// Waits for a moment to come while others go on; throws when the task is cancelled meanwhile.
    package var alarm: @Sendable (Duration) async throws -> Void
    /// From 0 up to, not including, 1.
    package var random: @Sendable () -> Double

    package init(
        now: @escaping @Sendable () -> ContinuousClock.Instant, epoch: @escaping @Sendable () -> Int,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        alarm: @escaping @Sendable (Duration) async throws -> Void, random: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.epoch = epoch
        self.sleep = sleep
        self.alarm = alarm
        self.random = random
    }

    /// The machine's clocks and random numbers.
    package static var system: PipelineEnvironment {
        PipelineEnvironment(
            now: { ContinuousClock.now }, epoch: { time(nil) },
            sleep: { try await Task.sleep(for: $0) }, alarm: { try await Task.sleep(for: $0) },
            random: { Double.random(in: 0..<1) })
    }
}
