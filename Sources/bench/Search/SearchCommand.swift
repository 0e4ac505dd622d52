import ArgumentParser
import BiteTrack

/// How long the search of tool modules takes for a query.
struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Measure the search of tool modules, in this process.",
        discussion: "The questions and searches of the 20 tasks of `tokens`, each many times. Exit code 1 above 0.2 ms."
    )

    @Option(help: "How often each query is asked.")
    var rounds = 200

    func run() throws {
        let clock = ContinuousClock()
        let catalogue = try ToolCatalogue.load()
        let start = clock.now
        let search = ToolSearch(catalogue)
        let built = clock.now - start
        let queries = TokenTask.all.flatMap { [$0.question, $0.search] }
        var times: [Duration] = []
        var found = 0
        for _ in 0..<max(1, self.rounds) {
            for query in queries {
                times.append(clock.measure { found += search.modules(for: query).count })
            }
        }
        times.sort()
        let (median, late) = (times[times.count / 2], times[times.count * 99 / 100])
        func microseconds(_ time: Duration) -> String { "\((time / .nanoseconds(100)).rounded() / 10) µs" }
        print(
            "\(times.count) queries, \(found) hits: p50 \(microseconds(median)), p99 \(microseconds(late)); "
                + "index built in \(microseconds(built))")
        if median > .microseconds(200) { throw ExitCode(1) }
    }
}
