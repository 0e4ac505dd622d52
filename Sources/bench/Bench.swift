import ArgumentParser

/// Drives the real sidecar, and peers beside it.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure the sidecar: load, scripts, proxied reads, memory of idle event streams, tokens, search.",
        discussion: """
            Starts `bitetrack-sidecar demo` beside itself and ends it again. The generator runs on the same machine, so \
            compare ratios to a peer measured in the same run, not absolute figures. Only loopback addresses are loaded.
            """,
        subcommands: [
            LoadCommand.self, SandboxCommand.self, ProxyCommand.self, HostCallCommand.self, IdleStreamsCommand.self,
            TokensCommand.self, SearchCommand.self, AnswerCommand.self,
        ],
        defaultSubcommand: LoadCommand.self)
}
