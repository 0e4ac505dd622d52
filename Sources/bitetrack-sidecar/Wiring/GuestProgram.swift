import Foundation

/// Where the program is that runs scripts.
enum GuestProgram {
    struct Missing: Error, CustomStringConvertible {
        let path: String
        var description: String {
            "the sandbox program is not at \(self.path): build it with `swift build --product sandbox-guest` or set sandbox.guest"
        }
    }

    /// The configured path, or `sandbox-guest` beside this program.
    static func path(configured: String) throws -> String {
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let path =
            configured.isEmpty ? own.deletingLastPathComponent().appending(path: "sandbox-guest").path() : configured
        guard FileManager.default.isExecutableFile(atPath: path) else { throw Missing(path: path) }
        return path
    }
}
