import Foundation

/// A folder for files of one measurement, gone with it.
final class WorkFolder {
    private let url: URL
    var path: String { self.url.path() }

    init(name: String) throws {
        self.url = FileManager.default.temporaryDirectory.appending(path: "\(name)-\(getpid())")
        // nginx's workers give up root; what they read must be open to them.
        try FileManager.default.createDirectory(
            at: self.url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    }

    deinit { try? FileManager.default.removeItem(at: self.url) }

    /// - Parameter name: may lie in folders below, which are made.
    func write(_ data: Data, to name: String) throws {
        let file = self.url.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }
}
