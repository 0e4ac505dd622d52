import NIOCore
import TestSupport
import Testing
import WireTestSupport

@testable import HTTPServer

/// Two ends of a connection without a socket between them.
struct TLSSessionTests {
    private func pair(
        _ certificate: TestCertificate, serverName: String = "localhost", alpn: [String] = [],
        _ verification: TLSVerification? = nil
    ) throws -> (server: TLSSession, client: TLSSession) {
        let configuration = TLSConfiguration(certificateFile: certificate.certificateFile, keyFile: certificate.keyFile)
        let client = try TLSContext.client(
            verification: verification ?? .authorities(file: certificate.certificateFile), serverName: serverName,
            alpn: alpn)
        return (try TLSSession(context: .server(configuration)), try TLSSession(context: client))
    }

    /// Carries bytes to and fro until neither end has more to say; returns the failure of either.
    private func shakeHands(_ ends: (server: TLSSession, client: TLSSession)) -> TLSError? {
        var open = [true, true]
        for _ in 0..<10 {
            for (index, (from, to)) in [(ends.client, ends.server), (ends.server, ends.client)].enumerated()
            where open[index] {
                switch from.handshake() {
                case .done: open[index] = false
                case .failed(let error): return error
                case .needsInput, .peerClosed: break
                }
                if let bytes = from.takeOutput() { to.receive(bytes) }
            }
        }
        return nil
    }

    private func text(_ session: TLSSession) -> (String, TLSSession.Progress) {
        let (plaintext, progress) = session.read()
        return (String(buffer: plaintext), progress)
    }

    @Test("records the name asked for, the protocol and the version")
    func summary() throws {
        let ends = try self.pair(try TestCertificate(), alpn: ["h2", "http/1.1"])
        #expect(self.shakeHands(ends) == nil)
        let summary = ends.server.summary
        #expect(
            summary.serverName == "localhost" && summary.applicationProtocol == "h2" && summary.version == "TLSv1.3")
        #expect(!summary.isResumed && summary.peerSubject == nil)
        #expect(ends.client.summary.peerSubject == "CN=localhost")
    }

    @Test(
        "prefers h2 whatever the client likes, and needs no offer at all",
        arguments: [
            (["http/1.1", "h2"], "h2"), (["http/1.1"], "http/1.1"), (["x", "http/1.1"], "http/1.1"), ([], nil),
        ] as [([String], String?)])
    func alpn(offer: [String], expected: String?) throws {
        let ends = try self.pair(try TestCertificate(), alpn: offer)
        #expect(self.shakeHands(ends) == nil)
        #expect(ends.server.summary.applicationProtocol == expected)
        #expect(ends.client.summary.applicationProtocol == expected)
    }

    @Test("carries bytes both ways, and goes on after one end has closed its side")
    func halfClose() throws {
        let ends = try self.pair(try TestCertificate(), serverName: "127.0.0.1")
        #expect(self.shakeHands(ends) == nil)
        #expect(ends.server.summary.serverName == nil)
        try ends.client.write(ByteBuffer(string: "question"))
        ends.client.closeOutput()
        ends.server.receive(try #require(ends.client.takeOutput()))
        let (question, progress) = self.text(ends.server)
        #expect(question == "question")
        guard case .peerClosed = progress else {
            Issue.record("no closing alert")
            return
        }
        try ends.server.write(ByteBuffer(repeating: UInt8(ascii: "a"), count: 100_000))
        ends.client.receive(try #require(ends.server.takeOutput()))
        #expect(self.text(ends.client).0.utf8.count == 100_000)
    }

    @Test("a client refuses certificates it cannot trust, with a reason")
    func untrusted() throws {
        let certificate = try TestCertificate()
        let other = try TestCertificate()
        let table: [(String, TLSVerification)] = [
            ("localhost", .authorities(file: other.certificateFile)),
            ("elsewhere.test", .authorities(file: certificate.certificateFile)),
            ("10.0.0.1", .authorities(file: certificate.certificateFile)), ("localhost", .system),
            ("localhost", .fingerprint(other.fingerprint)),
        ]
        for (name, verification) in table {
            let error = try #require(self.shakeHands(try self.pair(certificate, serverName: name, verification)))
            #expect("\(error)".contains("certificate"), "\(error)")
        }
        for verification in [TLSVerification.none, .fingerprint(certificate.fingerprint)] {
            #expect(self.shakeHands(try self.pair(certificate, serverName: "elsewhere.test", verification)) == nil)
        }
    }

    @Test("damaged records break the stream")
    func damaged() throws {
        let ends = try self.pair(try TestCertificate())
        #expect(self.shakeHands(ends) == nil)
        try ends.client.write(ByteBuffer(string: "question"))
        var bytes = try #require(ends.client.takeOutput())
        bytes.setInteger(UInt8(0), at: bytes.writerIndex - 1)
        bytes.setInteger(UInt8(0), at: bytes.writerIndex - 2)
        ends.server.receive(bytes)
        guard case .failed(let error) = self.text(ends.server).1 else {
            Issue.record("accepted")
            return
        }
        #expect(error.code == .brokenStream)
    }

    @Test("an encrypted key is refused instead of asked about")
    func encryptedKey() async throws {
        let certificate = try TestCertificate()
        let made = try await Command.run(
            "openssl",
            [
                "pkcs8", "-topk8", "-in", certificate.keyFile, "-out", certificate.folder.path("locked.pem"),
                "-passout", "pass:x",
            ])
        #expect(made.status == 0)
        let configuration = TLSConfiguration(
            certificateFile: certificate.certificateFile, keyFile: certificate.folder.path("locked.pem"))
        #expect { try TLSContext.server(configuration) } throws: { "\($0)".contains("locked.pem") }
    }
}
