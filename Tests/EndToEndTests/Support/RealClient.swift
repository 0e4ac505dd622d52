import Foundation
import JSON
import TestSupport
import Testing

/// A client library in one of its ways to connect, as its users have it from the package index.
struct RealClient: Sendable, CustomTestStringConvertible {
    /// The libraries; each has a script in `Clients/` and an environment by `scripts/setup.sh --tests`.
    enum Library: String, Sendable {
        case mcp2, mcp1, fastmcp4

        var python: String {
            let folder =
                switch self {
                case .mcp2: ".venv"
                case .mcp1: ".venv-mcp1"
                case .fastmcp4: ".venv-fastmcp"
                }
            return Project.root.appending(path: "\(folder)/bin/python").path()
        }
    }

    /// `http2` is Streamable HTTP over HTTP/2; the other two go over HTTP/1.1.
    enum Transport: String, Sendable { case http, http2, sse }

    let library: Library
    let transport: Transport
    /// How the library is told to connect: its own word, or for version 1 of the SDK the revision that it asks for.
    let mode: String
    /// What it must end up speaking with a server that serves every revision.
    let revision: String

    var testDescription: String { "\(self.library) \(self.transport) \(self.mode)" }

    static let all: [RealClient] = [
        RealClient(library: .mcp2, transport: .http, mode: "auto", revision: "2026-07-28"),
        RealClient(library: .mcp2, transport: .http, mode: "legacy", revision: "2025-11-25"),
        RealClient(library: .mcp2, transport: .sse, mode: "legacy", revision: "2025-11-25"),
        RealClient(library: .mcp1, transport: .http, mode: "2025-11-25", revision: "2025-11-25"),
        RealClient(library: .mcp1, transport: .http, mode: "2025-06-18", revision: "2025-06-18"),
        RealClient(library: .mcp1, transport: .http, mode: "2025-03-26", revision: "2025-03-26"),
        RealClient(library: .mcp1, transport: .http, mode: "2024-11-05", revision: "2024-11-05"),
        RealClient(library: .mcp1, transport: .sse, mode: "2024-11-05", revision: "2024-11-05"),
        RealClient(library: .fastmcp4, transport: .http, mode: "auto", revision: "2026-07-28"),
        RealClient(library: .fastmcp4, transport: .http, mode: "legacy", revision: "2025-11-25"),
        RealClient(library: .fastmcp4, transport: .http2, mode: "auto", revision: "2026-07-28"),
        RealClient(library: .fastmcp4, transport: .http2, mode: "legacy", revision: "2025-11-25"),
        RealClient(library: .fastmcp4, transport: .sse, mode: "legacy", revision: "2025-11-25"),
    ]

    /// Takes the steps of `scenario` against the server with this `/mcp` URL.
    ///
    /// - Throws: when a step failed or the script took too long, with everything it printed.
    func take(
        _ scenario: String, url: String, certificate: String, account: [String] = []
    ) async throws -> Steps {
        let address = self.transport == .sse ? url.replacing("/mcp", with: "/sse") : url
        return try await self.take(scenario, address: address, certificate: certificate, account: account)
    }

    /// The same, with the address that this client's transport needs.
    func take(
        _ scenario: String, address: String, certificate: String, account: [String] = []
    ) async throws -> Steps {
        let result = try await Command.run(
            self.library.python,
            [Project.client("\(self.library).py"), scenario, address, self.transport.rawValue, self.mode] + account,
            environment: ["SSL_CERT_FILE": certificate, "PYTHONWARNINGS": "ignore", "PYTHONDONTWRITEBYTECODE": "1"],
            seconds: 120)
        try #require(result.status == 0, "\(result.output)\n\(result.errors)")
        return try Steps(result.output)
    }
}
