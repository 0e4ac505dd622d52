import Foundation
import HTTPServer
import NIOCore
import NIOHTTP1
import Streaming
import TestSupport
import Testing
import WireTestSupport

/// The real program with nothing but a `[[proxy]]` section.
struct ProgramTests {
    private static let total = 100 * 1024 * 1024

    /// Sends as many zeros as are asked for, and counts what it gets.
    private struct Origin: HTTPHandler {
        func intake(_ method: HTTPMethod, path: String, headers: HTTPHeaders) -> BodyIntake {
            .streamed(limitBytes: nil)
        }

        func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
            guard let stream = request.stream else {
                guard request.path == "/zeros" else { return FunctionHandler.echo.handle(request, responder) }
                let writer = responder.startBody(StreamedResponse(status: .ok))
                Task {
                    let piece = ByteBuffer(repeating: 0, count: 64 * 1024)
                    for _ in 0..<(ProgramTests.total / piece.readableBytes) {
                        writer.write(piece)
                        await writer.waitUntilWritable()
                    }
                    writer.finish()
                }
                return
            }
            let counter = ByteCounter()
            @Sendable func read() {
                while true {
                    switch stream.read() {
                    case .bytes(let bytes): counter.add(bytes.readableBytes)
                    case .wait: return
                    case .end, .failed:
                        return responder.send(HTTPResponse(status: .ok, body: ByteBuffer(string: "\(counter.value)")))
                    }
                }
            }
            stream.onArrival { read() }
            read()
        }
    }

    /// Most memory the program has used so far, kilobytes.
    private static func peakMemory(_ process: Int32) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(Int(line.filter(\.isNumber)))
    }

    private func withProgram(
        _ sections: @Sendable (String) -> String, _ body: @Sendable (String, RunningProgram) async throws -> Void
    ) async throws {
        try await withServer(handler: Origin()) { origin in
            let folder = try TemporaryFolder()
            let file = try folder.write(
                "proxy.conf",
                "[server]\nhost = \"127.0.0.1\"\nplain_http = true\n" + sections("http://127.0.0.1:\(origin.port)"))
            let program = try RunningProgram(
                Project.program("bitetrack-sidecar"), arguments: ["serve", "--config", file, "--port", "0"])
            let port = try await program.awaitOutput { _, log in
                log.firstMatch(of: /"message":"listening","port":"([0-9]+)"/).map { String($0.1) }
            }
            try await body("http://127.0.0.1:\(port)", program)
            #expect(await program.stop() == 0)
        }
    }

    @Test("100 MB pass either way in little memory, also to a client that reads slowly", .timeLimit(.minutes(3)))
    func largeBodies() async throws {
        try await self.withProgram {
            "[[proxy]]\npath = \"/\"\norigin = \"\($0)\"\n"
        } _: { url, program in
            let folder = try TemporaryFolder()
            let start = try Self.peakMemory(program.process.processID)
            let down = try await Command.run(
                "curl", ["-sS", "-o", "/dev/null", "-w", "%{size_download}", url + "/zeros"], seconds: 60)
            #expect(down.output == "\(Self.total)", "\(down)")
            let slow = try await Command.run(
                "curl", ["-sS", "-o", "/dev/null", "--limit-rate", "4M", "-m", "3", url + "/zeros"], seconds: 60)
            #expect(slow.status == 28)
            let file = try folder.write("zeros", zeros: Self.total)
            for extra in [[], ["-H", "Transfer-Encoding: chunked"]] {
                let up = try await Command.run("curl", ["-sS", "-T", file, url + "/up"] + extra, seconds: 60)
                #expect(up.output == "\(Self.total)", "\(up)")
            }
            let growth = try Self.peakMemory(program.process.processID) - start
            #expect(growth < 24 * 1024, "\(growth) KB")
        }
    }

    @Test("serves what it is told to, and keeps its own paths")
    func paths() async throws {
        try await self.withProgram {
            "[[proxy]]\npath = \"/\"\norigin = \"http://127.0.0.1:1\"\n"
                + "[[proxy]]\npath = \"/shop\"\norigin = \"\($0)\"\nstrip_prefix = true\n"
        } _: { url, _ in
            for (path, expected) in [
                ("/shop/a", "GET /a "), ("/shop", "GET / "), ("/health", "\"status\":\"OK\""), ("/metrics", ""),
                ("/shopping", "connection_refused"), ("/mcp", "connection_refused"),
            ] {
                let answer = try await Command.run("curl", ["-sS", "-i", url + path])
                #expect(answer.output.contains(expected) || expected.isEmpty, "\(path): \(answer)")
                #expect((path == "/metrics") == answer.output.contains("text/plain; version="), "\(path)")
            }
        }
    }
}
