import CacheScenarios
import Testing

struct ScenarioTests {
    @Test("behaves as a shared cache must and should", arguments: CacheScenarios.all)
    func plays(scenario: CacheScenario) {
        var player = CachePlayer(scenario)
        let failures = player.play()
        #expect(failures.isEmpty, "\(scenario.kind.rawValue): \(failures.joined(separator: "\n"))")
    }
}
