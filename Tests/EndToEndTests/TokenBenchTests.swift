import Foundation
import JSON
import TestSupport
import Testing

/// The promise of one token in ten, measured with the real programs.
struct TokenBenchTests {
    @Test("20 tasks take at most a tenth of the tokens of direct tools, and none takes more")
    func savings() async throws {
        let result = try await Command.run(Project.program("bench"), ["tokens", "--json"], seconds: 120)
        try #require(result.status == 0, "\(result.output)\(result.errors)")
        let report = try JSONValue(parsing: result.output.trimmingCharacters(in: .whitespacesAndNewlines))
        let tasks = try #require(report["tasks"]?.arrayValue)
        #expect(tasks.count == 20 && report["directTools"]?.intValue == 36)
        #expect(report["savedPercent"]?.doubleValue ?? 0 >= 90 && report["problems"] == [])
        let surfaces = ["directSurface", "sidecarSurface"].map { report[$0]?.intValue ?? 0 }
        #expect(surfaces[0] > 3000 && (100...600).contains(surfaces[1]), "\(surfaces)")
        for task in tasks {
            let (direct, sidecar) = (task["direct"]?.intValue ?? 0, task["sidecar"]?.intValue ?? 0)
            #expect(direct > 0 && sidecar > 0 && sidecar + surfaces[1] < direct + surfaces[0], "\(task.text)")
        }
    }
}
