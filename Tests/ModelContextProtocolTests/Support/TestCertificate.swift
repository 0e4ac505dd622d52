import Foundation
import HTTPServer

/// A self-signed certificate for localhost in a folder of its own, which disappears with its last user.
final class TestCertificate: Sendable {
    private let folder: URL
    var certificateFile: String { self.folder.appending(path: "cert.pem").path }
    private var keyFile: String { self.folder.appending(path: "key.pem").path }

    init() throws {
        self.folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        try SelfSignedCertificate.create(certificateFile: self.certificateFile, keyFile: self.keyFile)
    }

    deinit { try? FileManager.default.removeItem(at: self.folder) }

    var configuration: TLSConfiguration {
        TLSConfiguration(certificateFile: self.certificateFile, keyFile: self.keyFile)
    }
}
