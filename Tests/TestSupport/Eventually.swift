/// Waits until `condition` holds, at most ten seconds; what the test expects next tells whether it did.
///
/// For states of other threads and processes that no event announces.
package func eventually(_ condition: () async throws -> Bool) async rethrows {
    let deadline = ContinuousClock.now + .seconds(10)
    while try await !condition(), ContinuousClock.now < deadline { await Task.yield() }
}
