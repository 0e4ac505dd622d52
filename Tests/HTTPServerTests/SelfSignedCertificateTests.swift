import TestSupport
import Testing

@testable import HTTPServer

struct SelfSignedCertificateTests {
    @Test("is one that OpenSSL accepts for all its names, strictly")
    func verify() async throws {
        let folder = try TemporaryFolder()
        let (file, key) = (folder.path("cert.pem"), folder.path("key.pem"))
        let fingerprint = try SelfSignedCertificate.create(
            certificateFile: file, keyFile: key, names: ["sidecar.test", "10.1.2.3"])
        #expect(try folder.permissions("key.pem") == 0o600)
        #expect(try folder.permissions("cert.pem") == 0o644)
        for name in ["localhost", "sidecar.test"] {
            let result = try await Command.run(
                "openssl", ["verify", "-x509_strict", "-CAfile", file, "-verify_hostname", name, file])
            #expect(result.status == 0, "\(name) \(result)")
        }
        for address in ["127.0.0.1", "::1", "10.1.2.3"] {
            let result = try await Command.run(
                "openssl", ["verify", "-x509_strict", "-CAfile", file, "-verify_ip", address, file])
            #expect(result.status == 0, "\(address) \(result)")
        }
        let text = try await Command.run("openssl", ["x509", "-in", file, "-noout", "-fingerprint", "-sha256"])
        #expect(text.output.contains(fingerprint))
        #expect(try SelfSignedCertificate.fingerprint(ofCertificateFile: file) == fingerprint)
        let soon = try await Command.run("openssl", ["x509", "-in", file, "-noout", "-checkend", "\(396 * 86_400)"])
        let late = try await Command.run("openssl", ["x509", "-in", file, "-noout", "-checkend", "\(397 * 86_400)"])
        #expect(soon.status == 0 && late.status == 1)
    }

    @Test("refuses names that are none", arguments: ["", "a,DNS:evil.test", "a b", "fe80::zz", "a\nb"])
    func names(name: String) {
        #expect(throws: TLSError.self) { try SelfSignedCertificate.alternativeNames([name]) }
    }

    @Test("names the file it cannot read or write")
    func files() throws {
        #expect { try SelfSignedCertificate.fingerprint(ofCertificateFile: "/no/such.pem") } throws: {
            "\($0)".contains("/no/such.pem")
        }
        let folder = try TemporaryFolder()
        #expect {
            try SelfSignedCertificate.create(certificateFile: "/no/cert.pem", keyFile: folder.path("key.pem"))
        } throws: { "\($0)".contains("cannot create /no/cert.pem: No such file or directory") }
    }
}
