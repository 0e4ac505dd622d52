import ArgumentParser
import Configuration
import NIOHTTP1

struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Ask the sidecar on this machine whether it is alive; exit 0 when it is and 1 when not.",
        discussion: "Made for container health checks: uses the port and the TLS settings of the same configuration.")

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let server = try self.options.load().configuration.server
        do {
            let status = try await HealthProbe(port: server.port, usesTLS: !server.plainHTTP).status()
            guard status == .ok else { throw HealthProbe.Unhealthy(reason: "answered \(status.code)") }
            print("OK")
        } catch {
            StandardError.write("no healthy sidecar on port \(server.port): \(error)")
            throw Exit.unhealthy
        }
    }
}
