@testable import CodeSandbox
import Logging
import NIOCore
import Testing
import TestSupport

/// What a run left, in plain types.
struct RunSummary: Sendable {
    var value: String?
    var failure: RunFailure?
    var console: [String]
    var usage: RunUsage

    init(_ outcome: RunOutcome) {
        switch outcome.ending {
        case .value(let json): self.value = String(buffer: json)
        case .failure(let failure): self.failure = failure
        }
        self.console = outcome.console.map { "\($0.level.rawValue): \($0.text)" }
        self.usage = outcome.usage
    }
}

/// A tree like the real one, small.
let testFiles = [
    VirtualFile(
        path: "tools/sales/getSales.js",
        text: """
            import { callAPI } from "bitetrack:api";

            export async function getSales(params = {}) {
                return callAPI("sales.list", params);
            }
            """),
    VirtualFile(path: "tools/sales/index.js", text: "export * from './getSales.js';\n"),
    VirtualFile(path: "tools/auth/login.js", text: "export const login = async () => 'in';\n"),
    VirtualFile(path: "tools/auth/index.js", text: "export { login } from '../auth/login.js';\n"),
    VirtualFile(path: "tools/broken.js", text: "export const x = ;\n"),
]

/// Starts a sandbox, lends it, and shuts it down whatever happens.
func withSandbox<Result>(
    files: [VirtualFile] = testFiles, executable: String = GuestProgram.path,
    _ configure: (inout SandboxConfiguration) -> Void = { _ in },
    _ body: (Sandbox) async throws -> Result
) async throws -> Result {
    var configuration = SandboxConfiguration()
    configure(&configuration)
    let sandbox = Sandbox(
        configuration: configuration, guestExecutable: executable, files: files,
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    try await sandbox.start()
    do {
        let result = try await body(sandbox)
        await sandbox.shutdown()
        return result
    } catch {
        await sandbox.shutdown()
        throw error
    }
}

extension Sandbox {
    /// The process of the one run that is on; waits for the zygote to name it.
    ///
    /// The zygote may count its processes in a namespace of its own; the kernel tells which number is meant there.
    func runningProcessID() async throws -> Int32 {
        await eventually { !self.runningProcessIDs.isEmpty }
        let inside = try #require(self.runningProcessIDs.first)
        let zygote = try #require(self.zygoteProcessID)
        return try #require(
            ProcessFacts(zygote).descendants.first {
                let status = (try? Shell.file("/proc/\($0)/status")) ?? ""
                let numbers = status.split(separator: "\n").first { $0.hasPrefix("NSpid:") }?.split(separator: "\t")
                return numbers?.last == "\(inside)" && $0 != zygote
            })
    }

    func run(_ code: String, host: any HostCalls = EchoHost()) async -> RunSummary {
        RunSummary(await self.run(RunRequest(code: code, host: host)))
    }
}
