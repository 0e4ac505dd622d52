import JSON

/// A running `bitetrack-sidecar demo` and what it announced.
package struct Demo: Sendable {
    package let sidecar: RunningProgram
    package let url: String
    package let api: String
    package let certificate: String
    package let email: String
    package let password: String

    /// Starts a demo on a free port and waits until it is ready.
    package static func start(_ arguments: [String] = [], environment: [String: String] = [:]) async throws -> Demo {
        let defaults = ["CODE_EXECUTION_RATE_LIMIT": "10000", "LOG_LEVEL": "trace"]
        let sidecar = try RunningProgram(
            Project.sidecar, arguments: ["demo", "--port", "0", "--json"] + arguments,
            environment: defaults.merging(environment) { $1 })
        let ready = try JSONValue(parsing: try await sidecar.awaitFirstLine())
        let admin = ready["accounts"]?.arrayValue?.first { $0["role"]?.stringValue == "admin" }
        return Demo(
            sidecar: sidecar, url: ready["url"]?.stringValue ?? "", api: ready["api"]?.stringValue ?? "",
            certificate: ready["certificate"]?.stringValue ?? "", email: admin?["email"]?.stringValue ?? "",
            password: admin?["password"]?.stringValue ?? "")
    }
}
