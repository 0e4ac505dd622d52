import Foundation

/// A folder that disappears with its last user.
package final class TemporaryFolder: Sendable {
    private let root: String

    package init() throws {
        self.root = NSTemporaryDirectory() + "/sidecar-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: self.root, withIntermediateDirectories: true)
    }

    deinit { self.remove() }

    /// Removes the folder now: what lives until the process ends is not deinitialized.
    package func remove() { try? FileManager.default.removeItem(atPath: self.root) }

    package func path(_ name: String) -> String { self.root + "/" + name }

    package func write(_ name: String, _ contents: String) throws -> String {
        try contents.write(toFile: self.path(name), atomically: true, encoding: .utf8)
        return self.path(name)
    }

    package func write(_ name: String, zeros count: Int) throws -> String {
        try Data(count: count).write(to: URL(fileURLWithPath: self.path(name)))
        return self.path(name)
    }

    package func read(_ name: String) throws -> String { try String(contentsOfFile: self.path(name), encoding: .utf8) }

    package func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: self.path(name))))
    }

    package func permissions(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: self.path(name))
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
    }
}
