import Foundation
import HTTPServer
import NIOCore
import NIOHTTP1
import Synchronization
import TestSupport
import Testing
import WireTestSupport

/// The real program while many requests at once read what is cached and what is not.
struct ConcurrentLoadTests {
    /// Of each of two clients: one for what is cached, one for what is not.
    private static let connections = "32"
    /// Targets of which the cache keeps the answers, and how often each is asked for.
    private static let (kept, repeats) = (4, 250)
    /// Targets that are asked for once.
    private static let others = 1000

    /// Answers each path with a text of its own; `/kept/…` may be kept, all else may not.
    private final class Origin: HTTPHandler {
        private let asked = Mutex<[String: Int]>([:])

        /// How often paths that begin so were asked for.
        func count(of prefix: String) -> Int {
            self.asked.withLock { $0.filter { $0.key.hasPrefix(prefix) }.values.reduce(0, +) }
        }

        func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
            self.asked.withLock { $0[request.path, default: 0] += 1 }
            let control = request.path.hasPrefix("/kept/") ? "max-age=600" : "no-store"
            responder.send(
                HTTPResponse(
                    status: .ok, headers: ["content-type": "text/plain", "cache-control": control],
                    body: ByteBuffer(string: Self.text(for: request.path))))
        }

        static func text(for path: String) -> String { String(repeating: "x", count: 2000) + path }
    }

    /// Asks for all targets of a pattern at the same time.
    ///
    /// - Parameters:
    ///   - folder: gets each answer under the number of its target, and of its repeat.
    ///   - targets: a pattern of curl's; what follows `#` is not sent.
    private static func ask(_ targets: String, _ arguments: [String], into folder: String) async throws {
        let result = try await Command.run(
            "curl",
            [
                "-sS", "--fail", "--noproxy", "*", "--parallel", "--parallel-immediate", "--parallel-max",
                Self.connections, "--create-dirs", "-o", folder + "/#1/#2",
            ] + arguments + [targets], seconds: 60)
        #expect(result.status == 0, "\(result.errors.suffix(500))")
    }

    @Test("every request gets its own answer, over TLS and without", .timeLimit(.minutes(3)), arguments: [true, false])
    func load(usesTLS: Bool) async throws {
        let origin = Origin()
        try await withServer(handler: origin) { server in
            let certificate = try TestCertificate()
            let folder = try TemporaryFolder()
            let listener =
                usesTLS
                ? "certificate_file = \"\(certificate.certificateFile)\"\nkey_file = \"\(certificate.keyFile)\""
                : "plain_http = true"
            let file = try folder.write(
                "proxy.conf",
                """
                [server]
                host = "127.0.0.1"
                \(listener)
                [[proxy]]
                path = "/"
                origin = "http://127.0.0.1:\(server.port)"

                """)
            let program = try RunningProgram(Project.sidecar, arguments: ["serve", "--config", file, "--port", "0"])
            let port = try await program.awaitOutput { _, log in
                log.firstMatch(of: /"message":"listening","port":"([0-9]+)"/).map { String($0.1) }
            }
            let url = (usesTLS ? "https" : "http") + "://localhost:\(port)"
            // HTTP/2 would put everything on one connection.
            let client = ["--http1.1", "--cacert", certificate.certificateFile]
            let (kept, others) = (folder.path("kept"), folder.path("others"))
            async let cached: Void = Self.ask(
                url + "/kept/[1-\(Self.kept)]#[1-\(Self.repeats)]", client, into: kept)
            async let uncached: Void = Self.ask(
                url + "/other/[1-\(Self.others)]#[1-1]", client, into: others)
            _ = try await (cached, uncached)
            for target in 1...Self.kept {
                let all = try (1...Self.repeats).map { try folder.read("kept/\(target)/\($0)") }
                #expect(Set(all) == [Origin.text(for: "/kept/\(target)")], "target \(target)")
            }
            for target in 1...Self.others {
                #expect(try folder.read("others/\(target)/1") == Origin.text(for: "/other/\(target)"))
            }
            #expect(origin.count(of: "/kept/") == Self.kept, "each was asked for once")
            #expect(origin.count(of: "/other/") == Self.others)
            #expect(await program.stop() == 0, "\(program.log.suffix(3000))")
        }
    }
}
