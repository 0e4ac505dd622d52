package import Logging

/// Runs scripts, each in a process of its own that can do nothing but compute and ask the host.
package final class Sandbox: Sendable {
    /// - Parameters:
    ///   - guestExecutable: path of the `sandbox-guest` program.
    ///   - files: the virtual tree scripts may import and read.
    package init(configuration: SandboxConfiguration, guestExecutable: String, files: [VirtualFile], logger: Logger) {
        fatalError()
    }

    /// Starts the zygote and waits until it is ready.
    ///
    /// - Throws: ``SandboxError`` when the program cannot be started or a wall cannot be raised.
    package func start() async throws { fatalError() }

    /// Runs one script to its end, its time limit or its cancellation (of the calling task, which kills the guest).
    package func run(_ request: RunRequest) async -> RunOutcome { fatalError() }

    /// Kills what runs and ends the zygote.
    package func shutdown() async { fatalError() }
}

/// What the sandbox allows one run.
package struct SandboxConfiguration: Sendable {
    /// Wall clock, from the fork to the result.
    package var timeout: Duration = .seconds(10)
    /// JavaScript heap.
    package var memoryBytes = 256 * 1024 * 1024
    /// Console lines and result together.
    package var outputBytes = 1024 * 1024
    package var hostCalls = 50
    package var concurrentRuns = 16

    package init() {}
}

/// A file of the tree that scripts see.
package struct VirtualFile: Sendable {
    /// Relative to the root, such as `tools/sales/getSales.js`.
    package let path: String
    package let text: String

    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}

/// Why the sandbox as a whole cannot work.
package struct SandboxError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
