import NIOCore

/// The part of the configuration that one run is held to, by its guest and again by the host.
package struct RunLimits: Sendable {
    package static let argumentBytes = 1024 * 1024
    /// The largest reply to a host call.
    package static let replyBytes = 40 * 1024 * 1024
    /// Most bytes of replies that may wait for a guest to read them.
    package static let unreadBytes = 128 * 1024 * 1024
    package static let consoleLines = 10_000

    package var timeout: Duration
    package var killGrace: Duration
    package var memoryBytes: Int
    package var outputBytes: Int
    package var hostCalls: Int
    package var hostCallsInFlight: Int

    package init(_ configuration: SandboxConfiguration) {
        self.timeout = configuration.timeout
        self.killGrace = configuration.killGrace
        self.memoryBytes = configuration.memoryBytes
        self.outputBytes = configuration.outputBytes
        self.hostCalls = configuration.hostCalls
        self.hostCallsInFlight = configuration.hostCallsInFlight
    }

    /// The largest body a guest may send: a result, or the arguments of a call with its name, or a failure.
    package var largestGuestBody: Int { max(self.outputBytes, Self.argumentBytes) + 64 * 1024 }

    var timeoutMilliseconds: Int64 { self.timeout.milliseconds }

    /// The body of a fork frame.
    var encoded: ByteBuffer {
        var body = ByteBuffer()
        body.writeInteger(UInt64(self.memoryBytes))
        body.writeInteger(UInt64(self.outputBytes))
        body.writeInteger(UInt32(clamping: self.hostCalls))
        body.writeInteger(UInt32(clamping: self.hostCallsInFlight))
        body.writeInteger(UInt32(clamping: self.timeoutMilliseconds / 1000 + 2))
        return body
    }

    /// The body of a start frame.
    func start(_ code: String) -> ByteBuffer {
        var body = ByteBuffer()
        body.reserveCapacity(4 + code.utf8.count)
        body.writeInteger(UInt32(clamping: self.timeoutMilliseconds))
        body.writeString(code)
        return body
    }
}

extension Duration {
    var milliseconds: Int64 {
        let (seconds, attoseconds) = self.components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }

    /// Such as `10 s` or `250 ms`.
    var shortText: String {
        let milliseconds = self.milliseconds
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
    }
}
