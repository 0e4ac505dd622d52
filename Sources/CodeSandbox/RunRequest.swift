package import NIOCore

/// One script to run.
package struct RunRequest: Sendable {
    /// JavaScript, an ES module.
    package var code: String
    /// Who wants it; while runs have to wait, owners take turns.
    package var owner: String
    /// Answers what the script asks of the host.
    package var host: any HostCalls

    package init(code: String, owner: String = "", host: any HostCalls) {
        self.code = code
        self.owner = owner
        self.host = host
    }
}

/// What a script may ask of the host.
///
/// Everything that arrives here comes from hostile code.
package protocol HostCalls: Sendable {
    /// Answers one call, such as `callAPI`; calls of one run arrive concurrently.
    ///
    /// - Parameter arguments: JSON text as the guest wrote it, unchecked.
    func call(_ name: String, arguments: ByteBuffer) async -> HostReply

    /// Answers a call that needs no waiting, on the event loop it came on; nil for any other, which
    /// ``call(_:arguments:)`` gets.
    func answerAtOnce(_ name: String, arguments: ByteBuffer) -> HostReply?

    /// A line was printed just now; all of them come again with the run's outcome.
    ///
    /// Called on the run's event loop, in order, and not after the run's end; must not block.
    func printed(_ line: ConsoleLine)
}

extension HostCalls {
    package func answerAtOnce(_ name: String, arguments: ByteBuffer) -> HostReply? { nil }
    package func printed(_ line: ConsoleLine) {}
}

/// The answer to a host call; both forms are JSON text that the guest parses.
package enum HostReply: Sendable {
    /// The call's value, passed on untouched.
    case value(ByteBuffer)
    /// An object with `message` and any of `status`, `code`, `retryAfter`, `hint`: thrown in the guest as `APIError`.
    case error(ByteBuffer)
}
