import TestSupport

/// The sidecar with one `[[proxy]]` section and nothing else, over plain HTTP.
struct ProxyProgram {
    let port: Int
    private let program: RunningProgram
    private let folder: TemporaryFolder

    /// - Parameter settings: further lines of the section, and further sections.
    init(origin: String, settings: String = "", environment: [String: String] = [:]) async throws {
        self.folder = try TemporaryFolder()
        let file = try self.folder.write(
            "proxy.conf",
            """
            [server]
            port = 0
            plain_http = true

            [[proxy]]
            path = "/"
            origin = "\(origin)"
            \(settings)
            """)
        self.program = try RunningProgram(
            Project.sidecar, arguments: ["serve", "--config", file], environment: environment)
        self.port = try await self.program.awaitOutput { _, log in
            log.split(separator: "\n").first { $0.contains("listening") }
                .flatMap { $0.firstMatch(of: /port["=:\s]+(\d+)/)?.1 }.flatMap { Int($0) }
        }
    }

    var log: String { self.program.log }

    /// Asks it to end; returns the exit code.
    func stop() async -> Int32 { await self.program.stop() }
}
