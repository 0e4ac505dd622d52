/// The Prometheus text exposition format, version 0.0.4.
package enum PrometheusText {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    static func render(_ families: [String: Metrics.Family]) -> String {
        var output = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            output += "# HELP \(name) \(self.escaped(family.help, quotes: false))\n# TYPE \(name) \(family.kind)\n"
            for (labels, instrument) in family.instruments.sorted(by: { $0.key < $1.key }) {
                self.append(name, labels, instrument, to: &output)
            }
        }
        return output
    }

    /// `name="value",…` with the values escaped; empty for no labels.
    static func labels(_ labels: Metrics.Labels) -> String {
        labels.map { "\($0.name)=\"\(self.escaped($0.value, quotes: true))\"" }.joined(separator: ",")
    }

    private static func append(
        _ name: String, _ labels: String, _ instrument: Metrics.Instrument, to output: inout String
    ) {
        let suffix = labels.isEmpty ? "" : "{\(labels)}"
        switch instrument {
        case .counter(let counter): output += "\(name)\(suffix) \(counter.value)\n"
        case .gauge(let gauge): output += "\(name)\(suffix) \(gauge.value)\n"
        case .total(let read): output += "\(name)\(suffix) \(read())\n"
        case .reading(let read): output += "\(name)\(suffix) \(self.number(read()))\n"
        case .histogram(let histogram):
            let snapshot = histogram.snapshot
            let lead = labels.isEmpty ? "" : labels + ","
            var cumulative = 0
            for (index, count) in snapshot.buckets.enumerated() {
                cumulative += count
                let isLast = index == LatencyHistogram.bounds.count
                let bound = isLast ? "+Inf" : self.number(LatencyHistogram.bounds[index] / .seconds(1))
                output += "\(name)_bucket{\(lead)le=\"\(bound)\"} \(cumulative)\n"
            }
            output += "\(name)_sum\(suffix) \(self.number(snapshot.sum / .seconds(1)))\n"
            output += "\(name)_count\(suffix) \(cumulative)\n"
        }
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int(exactly: value).map(String.init) ?? value.description
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var output = ""
        for character in text {
            switch character {
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\"" where quotes: output += "\\\""
            default: output.append(character)
            }
        }
        return output
    }
}
