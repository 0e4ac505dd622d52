import Foundation
import HTTPServer

/// The demo's own certificate, kept so that clients need to trust it only once.
struct DemoCertificate {
    let certificateFile: String
    let keyFile: String
    /// SHA-256, as `AA:BB:…`.
    let fingerprint: String

    /// It is valid for more than a year; it is made anew well before that ends.
    private static let renewalAge: TimeInterval = 300 * 86_400

    /// Takes the certificate in `folder`, or makes one.
    init(folder: String) throws {
        let folder = URL(filePath: folder)
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        self.certificateFile = folder.appending(path: "certificate.pem").path()
        self.keyFile = folder.appending(path: "key.pem").path()
        let made = try? FileManager.default.attributesOfItem(atPath: self.certificateFile)[.modificationDate] as? Date
        let isFresh = made.map { Date.now.timeIntervalSince($0) < DemoCertificate.renewalAge } ?? false
        if isFresh, FileManager.default.isReadableFile(atPath: self.keyFile),
            let fingerprint = try? SelfSignedCertificate.fingerprint(ofCertificateFile: self.certificateFile)
        {
            self.fingerprint = fingerprint
        } else {
            self.fingerprint = try SelfSignedCertificate.create(
                certificateFile: self.certificateFile, keyFile: self.keyFile)
        }
    }
}
