import CacheScenarios
import TestSupport
import Testing

/// The behaviours of a shared cache, on the real program: `serve` with a `[[proxy]]` section in front of an origin.
struct CacheBehaviourTests {
    @Test("a [[proxy]] section caches any origin by its own headers")
    func behaviours() async throws {
        let scenarios = CacheScenarios.all + PartialScenarios.interim
        let origin = try await ScenarioOrigin(scenarios)
        let proxy = try await ProxyProgram(origin: "http://127.0.0.1:\(origin.port)")
        let results = await withTaskGroup(of: (Int, [String]).self) { group in
            var results: [(Int, [String])] = []
            for (number, scenario) in scenarios.enumerated() {
                // Most of the time is pauses.
                if number >= 120, let result = await group.next() { results.append(result) }
                group.addTask {
                    let player = WirePlayer(scenario: scenario, number: number, port: proxy.port, origin: origin)
                    do {
                        return (number, try await player.play())
                    } catch {
                        return (number, ["\(error)"])
                    }
                }
            }
            for await result in group { results.append(result) }
            return results
        }
        for kind in [CacheScenario.Kind.required, .optimal] {
            let all = results.filter { scenarios[$0.0].kind == kind }
            print("\(kind.rawValue): \(all.count { $0.1.isEmpty }) of \(all.count) hold on the wire")
        }
        for (number, failures) in results where !failures.isEmpty {
            Issue.record(
                "\(scenarios[number].kind.rawValue): \(scenarios[number].name): \(failures.joined(separator: "\n"))")
        }
        #expect(results.count == scenarios.count)
        #expect(await proxy.stop() == 0, "\(proxy.log.suffix(30000))")
        try await origin.stop()
    }
}
