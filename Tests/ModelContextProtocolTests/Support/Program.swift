import TestSupport

/// A program that must succeed.
enum Program {
    struct Failure: Error, CustomStringConvertible { let description: String }

    /// - Returns: the lines of its output.
    /// - Throws: what it printed, when it fails or takes too long.
    static func run(_ file: String, _ arguments: [String], environment: [String: String] = [:]) async throws -> [String]
    {
        let result = try await Command.run(
            file, arguments, environment: environment.merging(["NO_PROXY": "*"]) { $1 }, seconds: 45)
        guard result.status == 0 else {
            throw Failure(
                description: "\(file) \(arguments.joined(separator: " ")) failed:\n\(result.output)\(result.errors)")
        }
        return result.output.split(separator: "\n").map(String.init)
    }
}
