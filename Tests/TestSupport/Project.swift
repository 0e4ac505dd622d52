package import Foundation

/// Where things are.
package enum Project {
    package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The built programs stand beside the test bundle; what is shipped may be taken from another build, such as a
    /// release, whose folder `TESTED_PROGRAMS` names.
    package static func program(_ name: String) -> String {
        if self.shipped.contains(name), let folder = ProcessInfo.processInfo.environment["TESTED_PROGRAMS"] {
            return URL(filePath: folder).appending(path: name).path()
        }
        return URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: name).path()
    }

    private static let shipped = ["bitetrack-sidecar", "sandbox-guest"]

    package static let sidecar = Project.program("bitetrack-sidecar")
    /// Made by `scripts/setup.sh --tests`.
    package static let python = Project.root.appending(path: ".venv/bin/python").path()
}
