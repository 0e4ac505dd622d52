import ArgumentParser
import Foundation
import HTTPServer
import JSON

/// The program: serves one of everything the protocol has, until it is told to stop.
@main
struct MCPEverything: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "mcp-everything",
        abstract: "An MCP server with one of everything, to try clients and conformance suites against.",
        discussion: """
            Its tools, prompts, resources and tasks do nothing useful, and nothing outside this process. It speaks \
            all revisions of the protocol from 2024-11-05 to 2026-07-28: Streamable HTTP at /mcp, HTTP+SSE at /sse. \
            When it listens it prints one line of JSON, {"url": "..."}. SIGTERM and SIGINT end it with 0; it exits \
            with 69 when it cannot start.
            """,
        version: MCPEverything.version)

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "Port to listen on; 0 picks a free one.")
    var port = 3002

    @Option(help: "PEM file with the certificate chain, leaf first.", completion: .file())
    var certificateFile: String?

    @Option(help: "PEM file with the certificate's private key.", completion: .file())
    var keyFile: String?

    @Flag(help: "Serve HTTP without TLS; what happens anyway when there is no certificate.")
    var plainHTTP = false

    func validate() throws {
        guard (0...65535).contains(self.port) else { throw ValidationError("--port takes 0 to 65535") }
        guard (self.certificateFile == nil) == (self.keyFile == nil) else {
            throw ValidationError("--certificate-file and --key-file belong together")
        }
        guard !self.plainHTTP || self.certificateFile == nil else {
            throw ValidationError("--plain-http takes no certificate")
        }
    }

    func run() async throws {
        var http = HTTPServerConfiguration()
        http.host = self.host
        http.port = self.port
        if let certificateFile, let keyFile {
            http.tls = TLSConfiguration(certificateFile: certificateFile, keyFile: keyFile)
        }
        let server: EverythingServer
        do {
            server = try await EverythingServer.start(http)
        } catch {
            FileHandle.standardError.write(Data("cannot start: \(error)\n".utf8))
            throw ExitCode(69)
        }
        let scheme = http.tls == nil ? "http" : "https"
        let announcement: JSONValue = ["url": .string("\(scheme)://localhost:\(server.port)/mcp")]
        try await server.run {
            FileHandle.standardOutput.write(Data((announcement.text + "\n").utf8))
        }
    }
}
