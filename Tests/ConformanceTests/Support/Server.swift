import HTTPServer
import JSON
import TestSupport

/// A program that serves MCP, and how to reach it.
struct Server: Sendable {
    let port: Int
    var tls: TLSContext?
    /// Kept so that the program lives as long as somebody knows its address.
    let program: RunningProgram

    /// What clients put into `Host`.
    var authority: String { "localhost:\(self.port)" }

    struct BadAnnouncement: Error { let line: String }

    init(program: RunningProgram, url: String, tls: TLSContext? = nil) throws {
        let rest = url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
        guard let port = rest.split(separator: ":").last.flatMap({ Int($0) }) else {
            throw BadAnnouncement(line: url)
        }
        self.program = program
        self.port = port
        self.tls = tls
    }

    func connect() async throws -> Connection {
        try await Connection.open(port: self.port, authority: self.authority, tls: self.tls)
    }

    /// One request on a connection of its own.
    func send(_ request: Request) async throws -> Answer { try await self.connect().send(request) }

    /// One request on a connection of its own, whose answer is read while it comes.
    func open(_ request: Request) async throws -> EventStream { try await self.connect().open(request) }

    /// The server with every fixture, started once for all tests and ended with them.
    static var everything: Server {
        get async throws {
            _ = SharedPrograms.idleStreams
            return try await SharedPrograms.everything.value
        }
    }

    /// The sidecar as it is shipped, in front of its demo API.
    static var product: Server {
        get async throws { try await SharedPrograms.product.value }
    }

    /// The server with every fixture, for one test alone.
    static func separateEverything() async throws -> Server {
        let program = try RunningProgram(Project.program("mcp-everything"), arguments: ["--port", "0", "--plain-http"])
        let ready = try JSONValue(parsing: try await program.awaitFirstLine())
        return try Server(program: program, url: ready["url"]?.stringValue ?? "")
    }

    /// The server with every fixture, over TLS with a certificate of its own.
    static func secureEverything() async throws -> Server {
        let folder = try TemporaryFolder()
        let (certificate, key) = (folder.path("certificate.pem"), folder.path("key.pem"))
        _ = try SelfSignedCertificate.create(certificateFile: certificate, keyFile: key)
        let program = try RunningProgram(
            Project.program("mcp-everything"),
            arguments: ["--port", "0", "--certificate-file", certificate, "--key-file", key])
        let ready = try JSONValue(parsing: try await program.awaitFirstLine())
        let tls = try TLSContext.client(authorityFile: certificate, serverName: "localhost")
        return try Server(program: program, url: ready["url"]?.stringValue ?? "", tls: tls)
    }
}
