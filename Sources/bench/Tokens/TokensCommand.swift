import ArgumentParser
import JSON

/// Tokens a model reads and writes for the same tasks, with a tool for each endpoint and with this sidecar.
struct TokensCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens",
        abstract: "Compare the tokens of 20 tasks: one tool per endpoint against the sidecar.",
        discussion: """
            Both sides do the same tasks on the same demo data. Direct: the definitions of 36 tools, and the arguments and \
            full JSON results of the fewest calls that bring what the task needs. Sidecar: its tools and instructions, one \
            search, one module read in full, the script and its result, the larger of the two forms a client may show. \
            Logins and the model's own words are left out on both sides; definitions count once for each task, as in a \
            conversation of its own. Exit code 1 when the total is not 90 % less or a task is worse.

            Tokens are estimated as a quarter of the UTF-8 bytes, rounded up, as everywhere in this project; with \
            --tokenizer they are counted by the PyPI package `tokenizers` with that vocabulary.
            """)

    @Option(help: "A tokenizer.json to count with.", completion: .file(extensions: ["json"]))
    var tokenizer: String?

    @Option(help: "The Python that has the package `tokenizers`.")
    var python = "python3"

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func run() async throws {
        let counter = try TokenCounter(vocabulary: self.tokenizer, python: self.python)
        let process = try SidecarProcess(usesTLS: false)
        defer { process.stop() }
        let report = try await TokenRun(process: process, counter: counter).measure()
        print(self.json ? report.json.text : report.text)
        if !report.problems.isEmpty { throw ExitCode(1) }
    }
}
