import CacheScenarios
import Foundation
import Glibc
import NIOHTTP1
import TestSupport

/// Plays one scenario against the proxy, each step on a connection of its own, pauses and all.
///
/// Each has a host of its own, because cache groups belong to a host.
struct WirePlayer {
    let scenario: CacheScenario
    let number: Int
    let port: Int
    let origin: ScenarioOrigin

    /// - Returns: what was not as expected.
    func play() async throws -> [String] {
        var failures: [String] = []
        for (index, step) in self.scenario.steps.enumerated() {
            let before = self.origin[self.number].requests.count
            let text = try await self.exchange(step, index)
            let log = self.origin[self.number]
            let (interim, final, body) = WireMessage.responses(text)
            let exchange = ScenarioExchange(
                status: final.status, headers: final.headers, body: body, asked: Array(log.requests[before...]),
                interim: interim)
            failures += exchange.failures(of: step, number: index, self.moment)
            if step.pause > 0 { try await Task.sleep(for: .milliseconds(step.pause * 1000 + 50)) }
        }
        return failures
    }

    private var moment: ScenarioMoment {
        ScenarioMoment(
            seconds: Int(Date().timeIntervalSince1970), target: "/\(self.number)", sent: self.origin[self.number].sent)
    }

    private func exchange(_ step: Step, _ index: Int) async throws -> String {
        var text =
            "\(step.method) /\(self.number)\(step.path) HTTP/1.1\r\nHost: s\(self.number).example\r\nX-Number: \(index)\r\n"
        for (name, value) in self.moment.headers(step.request) { text += "\(name): \(value)\r\n" }
        text += "Connection: close\r\n"
        if let body = step.requestBody {
            text += "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        } else {
            text += "\r\n"
        }
        return try await PlainConnection.exchange(port: self.port, text)
    }
}
