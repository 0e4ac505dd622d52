import Synchronization

/// All numbers the process counts, found by name and labels, shown in the Prometheus text format.
///
/// Labels take few, fixed values (an outcome, a route, an error code), never what a caller chose.
package final class Metrics: Sendable {
    package typealias Labels = [(name: String, value: String)]

    enum Instrument: Sendable {
        case counter(Counter)
        case gauge(Gauge)
        case reading(@Sendable () -> Double)
        case total(@Sendable () -> Int)
        case histogram(LatencyHistogram)

        var kind: String {
            switch self {
            case .counter, .total: "counter"
            case .gauge, .reading: "gauge"
            case .histogram: "histogram"
            }
        }
    }

    struct Family: Sendable {
        var help: String
        var kind: String
        /// By the text of their labels, such as `outcome="value"`.
        var instruments: [String: Instrument] = [:]
    }

    private let families = Mutex<[String: Family]>([:])

    package init() {}

    /// The counter of that name and those labels; the same one each time.
    package func counter(_ name: String, _ help: String, labels: Labels = []) -> Counter {
        let found = self.instrument(name, help, labels) { .counter(Counter()) }
        guard case .counter(let counter) = found else { preconditionFailure("\(name) is no counter") }
        return counter
    }

    /// A counter kept elsewhere, read when the metrics are shown.
    package func counter(
        _ name: String, _ help: String, labels: Labels = [], reading: @escaping @Sendable () -> Int
    ) {
        _ = self.instrument(name, help, labels) { .total(reading) }
    }

    package func gauge(_ name: String, _ help: String, labels: Labels = []) -> Gauge {
        let found = self.instrument(name, help, labels) { .gauge(Gauge()) }
        guard case .gauge(let gauge) = found else { preconditionFailure("\(name) is no gauge") }
        return gauge
    }

    /// A gauge that is read when the metrics are shown.
    package func gauge(
        _ name: String, _ help: String, labels: Labels = [], reading: @escaping @Sendable () -> Double
    ) {
        _ = self.instrument(name, help, labels) { .reading(reading) }
    }

    /// Durations in seconds; by custom the name ends in `_seconds`.
    package func histogram(_ name: String, _ help: String, labels: Labels = []) -> LatencyHistogram {
        let found = self.instrument(name, help, labels) { .histogram(LatencyHistogram()) }
        guard case .histogram(let histogram) = found else { preconditionFailure("\(name) is no histogram") }
        return histogram
    }

    private func instrument(
        _ name: String, _ help: String, _ labels: Labels, make: () -> Instrument
    ) -> Instrument {
        let key = PrometheusText.labels(labels)
        return self.families.withLock { families in
            if let known = families[name]?.instruments[key] { return known }
            let new = make()
            families[name, default: Family(help: help, kind: new.kind)].instruments[key] = new
            return new
        }
    }

    /// Everything in the Prometheus text exposition format 0.0.4, sorted by name and labels.
    package func prometheusText() -> String {
        // Read outside the lock: a reading may ask for other metrics.
        let families = self.families.withLock { $0 }
        return PrometheusText.render(families)
    }
}
