import Histogram
import JSON

/// The figures of one scenario at one number of connections.
struct Measurement {
    let target: String
    let scenario: String
    let connections: Int
    private(set) var seconds: Double
    /// Latency in microseconds.
    private(set) var latency: Histogram<UInt32>
    private(set) var errors: Int
    private(set) var firstError: String?
    /// Processor time the sidecar spent meanwhile; nil for a peer.
    var processorTime: Duration?

    var requestsPerSecond: Double { self.seconds > 0 ? Double(self.latency.totalCount) / self.seconds : 0 }

    func milliseconds(_ percentile: Double) -> Double {
        Double(self.latency.valueAtPercentile(percentile)) / 1000
    }

    /// Processor time for each request, which other load on the machine changes less than it does the rest.
    var processorMicroseconds: Double? {
        guard let processorTime, self.latency.totalCount > 0 else { return nil }
        return processorTime / .microseconds(1) / Double(self.latency.totalCount)
    }

    static let columns = [
        "target", "scenario", "conns", "req/s", "p50 ms", "p95 ms", "p99 ms", "max ms", "CPU us", "errors",
    ]

    var row: [String] {
        [
            self.target, self.scenario, String(self.connections), Measurement.fixed(self.requestsPerSecond, 0),
            Measurement.fixed(self.milliseconds(50), 2), Measurement.fixed(self.milliseconds(95), 2),
            Measurement.fixed(self.milliseconds(99), 2), Measurement.fixed(self.milliseconds(100), 2),
            self.processorMicroseconds.map { Measurement.fixed($0, 1) } ?? "",
            String(self.errors),
        ]
    }

    var json: JSONValue {
        [
            "target": .string(self.target), "scenario": .string(self.scenario),
            "connections": JSONValue(self.connections),
            "requests": JSONValue(Int(self.latency.totalCount)), "seconds": JSONValue(self.seconds),
            "requestsPerSecond": JSONValue(self.requestsPerSecond), "p50ms": JSONValue(self.milliseconds(50)),
            "p95ms": JSONValue(self.milliseconds(95)), "p99ms": JSONValue(self.milliseconds(99)),
            "processorMicroseconds": self.processorMicroseconds.map { JSONValue($0) } ?? nil,
            "maxMs": JSONValue(self.milliseconds(100)), "errors": JSONValue(self.errors),
            "firstError": self.firstError.map { .string($0) } ?? nil,
        ]
    }

    /// `value` with a fixed number of decimals, without Foundation's formatters.
    static func fixed(_ value: Double, _ decimals: Int) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = Int((value * scale).rounded())
        guard decimals > 0 else { return String(scaled) }
        let fraction = String(scaled % Int(scale))
        return "\(scaled / Int(scale))." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }

    static func table(_ rows: [Measurement]) -> String {
        TextTable.text(self.columns, rows.map(\.row), names: 2)
    }

    /// Takes in a later measurement of the same thing.
    mutating func add(_ other: Measurement) {
        self.seconds += other.seconds
        self.latency.add(other.latency)
        self.errors += other.errors
        self.firstError = self.firstError ?? other.firstError
        if let mine = self.processorTime, let more = other.processorTime { self.processorTime = mine + more }
    }
}
