import Foundation
import JSON
import TestSupport
import Testing

/// The real program when the kernel gives it no more.
struct ExhaustionTests {
    @Test("without free descriptors runs are refused with an error, and are served again when there are some")
    func descriptors() async throws {
        let demo = try await Demo.start()
        let process = demo.sidecar.process.processID
        var clients: [CurlClient] = []
        for _ in 0..<6 {
            var client = CurlClient(url: demo.url, certificate: demo.certificate)
            _ = try await client.initialize()
            clients.append(client)
        }
        #expect(try await clients[0].run("1").isError == false)
        let before = ProcessFacts(process)
        // Each request takes one, each guest that is not there yet two.
        try await self.limitDescriptors(of: process, free: 8)
        let answers = try await withThrowingTaskGroup { group in
            for client in clients {
                group.addTask { try await client.run("await new Promise((r) => setTimeout(r, 1500)); 'whole'") }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let refused = answers.filter(\.isError)
        #expect(refused.count >= 1 && refused.count < 6, "\(answers.map(\.text))")
        for answer in refused { #expect(answer.text.contains("No process could be had"), "\(answer.text)") }
        for answer in answers where !answer.isError { #expect(answer.structured?["value"] == "whole") }
        try await self.limitDescriptors(of: process, free: 10_000)
        for client in clients { #expect(try await client.run("6 * 7").structured?["value"]?.intValue == 42) }
        try await before.expectNoGrowth(process)
        #expect(await demo.sidecar.stop() == 0)
    }

    /// Lets a process open `free` more, counted from the lowest numbers on, as the kernel gives them out.
    private func limitDescriptors(of process: Int32, free: Int) async throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")
        let taken = Set(names.compactMap(Int.init))
        var limit = 0
        var left = free
        while left > 0 {
            if !taken.contains(limit) { left -= 1 }
            limit += 1
        }
        let result = try await Command.run("/usr/bin/prlimit", ["--pid", "\(process)", "--nofile=\(limit):"])
        #expect(result.status == 0, "\(result.errors)")
    }
}
