import ArgumentParser
import Configuration
import Logging

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve agents in front of a BiteTrack API.",
        discussion: """
            SIGTERM and SIGINT let running requests finish (server.drain_seconds) and exit with 0. SIGHUP reads the \
            certificate files again.
            """)

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let loaded = try self.options.load()
        do { try loaded.requireServable() } catch { throw ConfigurationOptions.refusal(error) }
        let sidecar = try await Sidecar.start(loaded.configuration)
        for note in loaded.notes { sidecar.logger.notice("configuration", metadata: ["note": "\(note)"]) }
        try await sidecar.run()
    }
}
