import ArgumentParser

/// The program: `serve`, `demo`, `check`, `health`, `version`.
@main
struct BiteTrackSidecar: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "bitetrack-sidecar",
        abstract: "Lets AI agents use the BiteTrack API through MCP, inside its small request budget.",
        discussion: """
            Exit codes: 0 success, 1 not healthy (health), 64 wrong usage, 69 cannot start (port taken, certificate \
            unusable, sandbox not to be had), 78 configuration wrong.
            """,
        version: BiteTrackSidecar.version,
        subcommands: [
            ServeCommand.self, DemoCommand.self, CheckCommand.self, HealthCommand.self, VersionCommand.self,
        ])
}

/// Exit codes, after sysexits(3).
enum Exit {
    static let unhealthy = ExitCode(1)
    static let unavailable = ExitCode(69)
    static let configuration = ExitCode(78)
}

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version.")

    func run() { print("bitetrack-sidecar \(BiteTrackSidecar.version)") }
}
