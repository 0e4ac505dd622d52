/// What one run may use, as the host sent it with the fork.
struct RunLimits {
    var memoryBytes: UInt64
    var outputBytes: UInt64
    var hostCalls: UInt32
    var hostCallsInFlight: UInt32
    var cpuSeconds: UInt32

    init?(_ body: [UInt8]) {
        var reader = ByteReader(body)
        guard let memoryBytes = reader.read(UInt64.self), let outputBytes = reader.read(UInt64.self),
            let hostCalls = reader.read(UInt32.self), let hostCallsInFlight = reader.read(UInt32.self),
            let cpuSeconds = reader.read(UInt32.self)
        else { return nil }
        self.memoryBytes = memoryBytes
        self.outputBytes = outputBytes
        self.hostCalls = hostCalls
        self.hostCallsInFlight = hostCallsInFlight
        self.cpuSeconds = cpuSeconds
    }

    var memoryText: String { Self.text(bytes: self.memoryBytes) }
    var outputText: String { Self.text(bytes: self.outputBytes) }

    /// Rounded to whole units, which is how limits are set.
    static func text(bytes: UInt64) -> String {
        switch bytes {
        case (1 << 20)...: "\(bytes.addingReportingOverflow(1 << 19).partialValue >> 20) MB"
        case (1 << 10)...: "\(bytes >> 10) KB"
        default: "\(bytes) bytes"
        }
    }
}
