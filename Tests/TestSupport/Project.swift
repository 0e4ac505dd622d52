package import Foundation

/// Where things are.
package enum Project {
    package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The built programs stand beside the test bundle.
    package static func program(_ name: String) -> String {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: name)
            .path()
    }

    package static let sidecar = Project.program("bitetrack-sidecar")
    /// Made by `scripts/setup.sh --tests`.
    package static let python = Project.root.appending(path: ".venv/bin/python").path()
}
