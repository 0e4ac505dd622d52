import Foundation

/// Where things are.
enum Project {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The built programs stand beside the test bundle.
    static func program(_ name: String) -> String {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: name)
            .path()
    }

    static let sidecar = Project.program("bitetrack-sidecar")
    /// Made by `scripts/setup.sh --tests`.
    static let python = Project.root.appending(path: ".venv/bin/python").path()

    static func client(_ name: String) -> String {
        Project.root.appending(path: "Tests/EndToEndTests/Clients").appending(path: name).path()
    }
}
