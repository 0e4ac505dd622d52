import ArgumentParser
import Configuration
import Foundation

/// The options that every command which reads the configuration shares.
struct ConfigurationOptions: ParsableArguments {
    @Option(help: "TOML file to read.", completion: .file(extensions: ["conf"]))
    var config: String?

    @Option(help: "Port to listen on; 0 picks a free one. Overrides MCP_PORT and the file.")
    var port: Int?

    /// Reads file, environment and flags; prints what is wrong and exits with 78 when they do not fit.
    func load(extraFlags: [(key: String, flag: String, value: String)] = []) throws -> ConfigurationLoader {
        var flags = extraFlags
        if let port { flags.append(("server.port", "--port", String(port))) }
        do {
            return try ConfigurationLoader(
                file: try self.file(), environment: ProcessInfo.processInfo.environment, flags: flags,
                fileExists: { FileManager.default.isReadableFile(atPath: $0) })
        } catch let error as ConfigurationError {
            throw ConfigurationOptions.refusal(error)
        }
    }

    private func file() throws -> (path: String, text: String)? {
        guard let path = self.config else { return nil }
        do { return (path, try String(contentsOfFile: path, encoding: .utf8)) } catch {
            StandardError.write("\(path): cannot be read as UTF-8 text")
            throw Exit.configuration
        }
    }

    /// Prints the problems and returns the exit code to throw.
    static func refusal(_ error: ConfigurationError) -> ExitCode {
        for problem in error.problems { StandardError.write(problem) }
        StandardError.write("\(error.problems.count) problem(s) in the configuration; nothing was started")
        return Exit.configuration
    }
}

/// Messages for whoever started the program.
enum StandardError {
    static func write(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}
