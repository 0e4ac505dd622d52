@testable import CodeSandbox
import Testing

struct WallReportTests {
    private static let allHeld = SandboxWall.allCases.map { "wall \($0.rawValue) held" }

    private func report(_ changed: [String: String] = [:], more: [String] = ["held openat"]) throws -> WallReport {
        let lines = Self.allHeld.map { line in changed.first { line.contains(" \($0.key) ") }?.value ?? line }
        return try WallReport(selfTest: (more + lines).joined(separator: "\n"))
    }

    @Test("what held everywhere is not degraded, and no policy refuses it")
    func good() throws {
        let report = try self.report(more: ["can read the clock", "held openat", "zygote held socket"])
        #expect(report.held == 2 && report.lacking.isEmpty && !report.isDegraded)
        #expect(WallPolicy.allCases.allSatisfy { report.refusal(under: $0) == nil })
    }

    @Test("a further wall may be missing, unless all are insisted on")
    func extra() throws {
        let report = try self.report(["landlock": "wall landlock missing error 95"])
        #expect(!report.isDegraded && report.refusal(under: .required) == nil)
        #expect(report.refusal(under: .all) == "landlock (error 95)")
    }

    @Test("the user namespace is not insisted on: a privileged sidecar needs none")
    func userNamespace() throws {
        let report = try self.report(["user-namespace": "wall user-namespace missing not needed: because"])
        #expect(report.refusal(under: .all) == nil)
        #expect(report.findings.first { $0.wall == .userNamespace }?.missing == "not needed: because")
    }

    @Test(
        "a required wall that is missing refuses the start, or degrades", arguments: ["guest-filter", "limits", "user"])
    func required(wall: String) throws {
        let report = try self.report([wall: "wall \(wall) missing raised, but does not hold (status 256)"])
        #expect(report.isDegraded)
        #expect(report.refusal(under: .required) == "\(wall) (raised, but does not hold (status 256))")
        #expect(report.refusal(under: .available) == nil)
    }

    @Test(
        "something that got through degrades",
        arguments: ["open ptrace", "zygote open openat", "cannot read the clock"])
    func open(line: String) throws {
        let report = try self.report(more: ["held x", line])
        #expect(report.isDegraded && report.open == [line])
        #expect(report.refusal(under: .required) == line && report.refusal(under: .available) == nil)
    }

    @Test("a report that leaves something out is none", arguments: ["", "held openat", "wall landlock held"])
    func incomplete(text: String) {
        #expect(throws: SandboxError.self) { try WallReport(selfTest: text) }
        #expect(throws: SandboxError.self) { try WallReport(selfTest: Self.allHeld.joined(separator: "\n")) }
    }

    @Test("the guest program knows the same walls")
    func names() async throws {
        let report = try await Sandbox.tryWalls(of: GuestProgram.path)
        #expect(report.findings.map(\.wall) == SandboxWall.allCases && report.held > 100 && report.open == [])
    }
}
