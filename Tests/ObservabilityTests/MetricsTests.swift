import Testing

@testable import Observability

struct MetricsTests {
    @Test("the same name and labels give the same instrument")
    func identity() {
        let metrics = Metrics()
        metrics.counter("a_total", "A.", labels: [("k", "v")]).increment()
        metrics.counter("a_total", "A.", labels: [("k", "v")]).increment(by: 2)
        #expect(metrics.counter("a_total", "A.", labels: [("k", "v")]).value == 3)
        #expect(metrics.counter("a_total", "A.", labels: [("k", "w")]).value == 0)
    }

    @Test("the text lists families by name with help, type and escaped labels")
    func text() {
        let metrics = Metrics()
        metrics.gauge("sessions", "Live sessions.").set(4)
        metrics.gauge("sessions", "Live sessions.").add(-1)
        metrics.counter("runs_total", "Runs.", labels: [("outcome", "a\"b\\c\nd")]).increment()
        metrics.counter("gone_total", "Gone.", labels: [("k", "v")], reading: { 7 })
        metrics.gauge("load", "Load.", reading: { 0.5 })
        metrics.gauge("odd", "Odd.", reading: { .nan })
        metrics.gauge("wide", "Wide.", reading: { -.infinity })
        #expect(
            metrics.prometheusText() == #"""
                # HELP gone_total Gone.
                # TYPE gone_total counter
                gone_total{k="v"} 7
                # HELP load Load.
                # TYPE load gauge
                load 0.5
                # HELP odd Odd.
                # TYPE odd gauge
                odd NaN
                # HELP runs_total Runs.
                # TYPE runs_total counter
                runs_total{outcome="a\"b\\c\nd"} 1
                # HELP sessions Live sessions.
                # TYPE sessions gauge
                sessions 3
                # HELP wide Wide.
                # TYPE wide gauge
                wide -Inf

                """#)
    }

    @Test("histogram buckets are cumulative and end in everything")
    func histogram() {
        let metrics = Metrics()
        let histogram = metrics.histogram("run_seconds", "Runs.", labels: [("kind", "code")])
        for milliseconds in [0.2, 1, 40, 60_000] { histogram.record(.milliseconds(milliseconds)) }
        #expect(histogram.snapshot.count == 4)
        let lines = metrics.prometheusText().split(separator: "\n").map(String.init)
        #expect(lines.contains(#"run_seconds_bucket{kind="code",le="0.0005"} 1"#))
        #expect(lines.contains(#"run_seconds_bucket{kind="code",le="0.001"} 2"#))
        #expect(lines.contains(#"run_seconds_bucket{kind="code",le="30"} 3"#))
        #expect(lines.contains(#"run_seconds_bucket{kind="code",le="+Inf"} 4"#))
        #expect(lines.contains(#"run_seconds_count{kind="code"} 4"#))
        #expect(lines.contains { $0.hasPrefix(#"run_seconds_sum{kind="code"} 60.04"#) })
    }

    @Test("counting from many tasks loses nothing")
    func concurrency() async {
        let metrics = Metrics()
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1000 {
                        metrics.counter("n_total", "N.").increment()
                        metrics.histogram("s_seconds", "S.").record(.milliseconds(1))
                    }
                }
            }
        }
        #expect(metrics.counter("n_total", "N.").value == 8000)
        #expect(metrics.histogram("s_seconds", "S.").snapshot.count == 8000)
    }
}
