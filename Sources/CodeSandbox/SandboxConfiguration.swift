/// What the sandbox allows one run, and all runs together.
package struct SandboxConfiguration: Sendable {
    /// Wall clock, from the start of the script to its result.
    package var timeout: Duration = .seconds(10)
    /// How long after `timeout` a guest may still say where it was stopped, before it is killed.
    package var killGrace: Duration = .milliseconds(40)
    /// JavaScript heap.
    package var memoryBytes = 256 * 1024 * 1024
    /// Console lines and result together.
    package var outputBytes = 1024 * 1024
    package var hostCalls = 500
    /// Host calls of one run that may be unanswered at the same time; further ones wait in the guest.
    package var hostCallsInFlight = 32
    package var concurrentRuns = 16
    /// Runs that may wait for a free place; further ones are refused as busy.
    package var waitingRuns = 256
    /// How long a run waits for a free place before it is refused as busy.
    package var queueTimeout: Duration = .seconds(10)
    /// Guests forked and locked down before a script needs them, which takes the fork out of a run's latency.
    package var preparedGuests = 2

    /// Which walls must stand for anything to run.
    package var walls = WallPolicy.required

    package init() {}
}
