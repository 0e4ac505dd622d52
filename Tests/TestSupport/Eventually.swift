import Dispatch

/// Waits until `condition` holds, at most ten seconds; what the test expects next tells whether it did.
///
/// For states of other threads and processes that no event announces. Pauses between two looks: a busy wait would take
/// the core that what it waits for needs.
package func eventually(_ condition: () async throws -> Bool) async rethrows {
    let deadline = ContinuousClock.now + .seconds(10)
    while try await !condition(), ContinuousClock.now < deadline {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(2)) { continuation.resume() }
        }
    }
}
