import ArgumentParser

/// Drives the real sidecar, and peers beside it.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure the sidecar: load, runs of scripts, memory of idle event streams.",
        discussion: """
            Starts `bitetrack-sidecar demo` beside itself and ends it again. The generator runs on the same machine, so \
            compare ratios to a peer measured in the same run, not absolute figures. Only loopback addresses are loaded.
            """,
        subcommands: [
            LoadCommand.self, SandboxCommand.self, HostCallCommand.self, IdleStreamsCommand.self, TokensCommand.self,
            AnswerCommand.self,
        ],
        defaultSubcommand: LoadCommand.self)
}
