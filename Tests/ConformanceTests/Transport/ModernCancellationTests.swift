import JSON
import TestSupport
import Testing

/// Closing the stream of a self-describing request gives up its work.
struct ModernCancellationTests {
    @Test("a script whose caller is gone is stopped long before its time is up")
    func closedStream() async throws {
        let demo = try await Demo.start(["--plain-http"], environment: ["CODE_TIMEOUT_MS": "60000"])
        let server = try Server(program: demo.sidecar, url: demo.url)
        let client = try await Client.open(.modern, server)
        #expect(try await client.call("run_code", ["code": "1"]).isError == false)
        let before = try await self.finishedRuns(server)
        let connection = try await server.connect()
        connection.write(ModernRequest.call("run_code", ["code": "for (;;) {}"]).request)
        _ = try await ProcessFacts.awaitBusyDescendant(of: demo.sidecar.process.processID)
        #expect(try await self.finishedRuns(server) == before)
        await connection.close()
        await eventually { (try? await self.finishedRuns(server)) != before }
        #expect(try await self.finishedRuns(server) == before + 1)
        #expect(await demo.sidecar.stop() == 0)
    }

    /// How many runs have come to an end, whatever it was.
    private func finishedRuns(_ server: Server) async throws -> Int {
        let text = try await server.send(Request(method: "GET", path: "/metrics")).text
        return text.split(separator: "\n").filter { $0.hasPrefix("bitetrack_runs_total") }
            .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +)
    }
}
