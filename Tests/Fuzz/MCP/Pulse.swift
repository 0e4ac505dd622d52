import Dispatch

/// Lets the fuzzer's thread sleep until something has changed elsewhere.
final class Pulse: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func beat() { self.semaphore.signal() }

    /// Waits until `condition` holds; false when it does not in ten seconds.
    func wait(until condition: () -> Bool) -> Bool {
        let deadline = DispatchTime.now() + .seconds(10)
        while !condition() {
            guard self.semaphore.wait(timeout: deadline) == .success else { return condition() }
        }
        return true
    }
}
