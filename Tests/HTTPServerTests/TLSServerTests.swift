import HTTPServer
import NIOCore
import NIOHTTP1
import TestSupport
import Testing
import WireTestSupport

struct TLSServerTests {
    @Test(
        "serves TLS 1.2 and 1.3, HTTP/1.1 and HTTP/2, to a client that checks the certificate",
        arguments: ["1.2", "1.3"], ["--http1.1", "--http2"])
    func versions(version: String, http: String) async throws {
        let certificate = try TestCertificate()
        let handler = FunctionHandler { request, responder in
            let info = request.connection
            let text = "\(request.method.rawValue) \(info.isTLS) \(info.isHTTP2) \(info.peerAddress)"
            responder.send(HTTPResponse(status: .ok, body: ByteBuffer(string: text)))
        }
        try await withServer(certificate.configuration, handler: handler) { server in
            let result = try await certificate.curl(
                server, "/", http, "--tlsv\(version)", "--tls-max", version, "-w", " %{http_version}", "-D", "-")
            let isHTTP2 = http == "--http2"
            #expect(result.output.hasSuffix("GET true \(isHTTP2) 127.0.0.1 \(isHTTP2 ? "2" : "1.1")"), "\(result)")
            #expect(result.output.contains("strict-transport-security: max-age=31536000"))
        }
    }

    @Test("refuses TLS 1.1")
    func oldVersion() async throws {
        let certificate = try TestCertificate()
        try await withServer(certificate.configuration) { server in
            let result = try await certificate.curl(
                server, "/", "--tlsv1.1", "--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0")
            #expect(result.status == 35, "\(result)")
        }
    }

    @Test("resumes sessions by ticket", arguments: ["-tls1_2", "-tls1_3"])
    func resumption(version: String) async throws {
        let certificate = try TestCertificate()
        try await withServer(certificate.configuration) { server in
            let file = certificate.folder.path("session")
            let common = [
                "s_client", "-connect", "localhost:\(server.port)", version, "-ign_eof", "-servername", "localhost",
            ]
            let request = "GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            let first = try await Command.run("openssl", common + ["-sess_out", file], input: request)
            #expect(first.output.contains("New, TLSv1"), "\(first)")
            let second = try await Command.run("openssl", common + ["-sess_in", file], input: request)
            #expect(second.output.contains("Reused, TLSv1"), "\(second)")
            #expect(second.output.contains("GET /x"))
        }
    }

    @Test("agrees on the protocol by ALPN, and turns away a client that knows none of ours")
    func alpn() async throws {
        let certificate = try TestCertificate()
        try await withServer(certificate.configuration) { server in
            for (offer, expected) in [
                ("h2,http/1.1", "ALPN protocol: h2"), ("http/1.1", "ALPN protocol: http/1.1"),
                ("spdy/3", "no application protocol"),
            ] {
                let result = try await Command.run(
                    "openssl", ["s_client", "-connect", "localhost:\(server.port)", "-alpn", offer])
                #expect((result.output + result.errors).contains(expected), "\(result)")
            }
        }
    }

    @Test("closes with a closing alert after the last answer")
    func closeNotify() async throws {
        let certificate = try TestCertificate()
        try await withServer(certificate.configuration) { server in
            let client = try await RawClient.connect(port: server.port, tls: certificate.client())
            try await client.send("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(try await client.receiveAll().hasSuffix("GET /x "))
            #expect(client.error == nil)
        }
    }

    @Test("sends a large answer to a slow client whole")
    func slowReader() async throws {
        let certificate = try TestCertificate()
        let body = ByteBuffer(repeating: UInt8(ascii: "x"), count: 6_000_000)
        let handler = FunctionHandler { _, responder in responder.send(HTTPResponse(status: .ok, body: body)) }
        try await withServer(certificate.configuration, handler: handler) { server in
            let client = try await RawClient.connect(
                port: server.port, reads: false, receiveBufferBytes: 4096, tls: certificate.client())
            try await client.send("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            try await client.setReads(true)
            let answer = try await client.receiveAll()
            #expect(answer.utf8.count > 6_000_000)
            #expect(answer.hasSuffix("xxx"))
            #expect(client.error == nil)
        }
    }

    @Test("asks for a client certificate, and tells the handler whose it is")
    func clientCertificate() async throws {
        let certificate = try TestCertificate()
        let folder = certificate.folder
        let made = try await Command.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                "-subj", "/O=Kitchen/CN=tester", "-keyout", folder.path("client.key"), "-out",
                folder.path("client.pem"),
            ])
        #expect(made.status == 0, "\(made)")
        let handler = FunctionHandler { request, responder in
            let subject = request.connection.clientCertificateSubject ?? "nobody"
            responder.send(HTTPResponse(status: .ok, body: ByteBuffer(string: subject)))
        }
        var configuration = certificate.configuration
        configuration.tls?.clientAuthorityFile = folder.path("client.pem")
        let identity = ["--cert", folder.path("client.pem"), "--key", folder.path("client.key")]
        try await withServer(configuration, handler: handler) { server in
            let known = try await certificate.curl(server, "/", identity[0], identity[1], identity[2], identity[3])
            #expect(known.output == "CN=tester,O=Kitchen", "\(known)")
            let unknown = try await certificate.curl(server, "/")
            #expect(unknown.output == "nobody", "\(unknown)")
        }
        configuration.tls?.requiresClientCertificate = true
        try await withServer(configuration, handler: handler) { server in
            let known = try await certificate.curl(server, "/", identity[0], identity[1], identity[2], identity[3])
            #expect(known.output == "CN=tester,O=Kitchen", "\(known)")
            let unknown = try await certificate.curl(server, "/")
            #expect(unknown.status != 0, "\(unknown)")
        }
    }

    @Test("uses new certificates for new connections, and keeps the old ones when the new are unusable")
    func reload() async throws {
        let certificate = try TestCertificate()
        try await withServer(certificate.configuration) { server in
            let old = try await RawClient.connect(port: server.port, tls: certificate.client())
            let other = try SelfSignedCertificate.create(
                certificateFile: certificate.certificateFile, keyFile: certificate.keyFile)
            #expect(other != certificate.fingerprint)
            try server.reloadCertificates()
            let pinned = try TLSContext.client(verification: .fingerprint(other), serverName: "localhost")
            try await RawClient.connect(port: server.port, tls: pinned).close()
            // The old connection goes on.
            try await old.send("GET /old HTTP/1.1\r\nHost: x\r\n\r\n")
            try await old.receive(until: "GET /old ")
            try await old.close()

            _ = try certificate.folder.write("cert.pem", "nonsense")
            #expect(throws: TLSError.self) { try server.reloadCertificates() }
            try await RawClient.connect(port: server.port, tls: pinned).close()
        }
    }

    @Test("tells a client that speaks plain HTTP to use https")
    func plainHTTP() async throws {
        let certificate = try TestCertificate()
        try await withServer(certificate.configuration) { server in
            let answer = try await RawClient.exchange(port: server.port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"), "\(answer)")
            #expect(answer.contains("use https://"))
        }
    }

    @Test("cuts a client that does not get on with the handshake", arguments: ["", "\u{16}\u{3}\u{1}"])
    func handshakeTimeout(sent: String) async throws {
        let certificate = try TestCertificate()
        var configuration = certificate.configuration
        configuration.limits.headerTimeout = .milliseconds(50)
        try await withServer(configuration) { server in
            let client = try await RawClient.connect(port: server.port)
            client.sendWithoutWaiting(sent)
            try await client.receiveAll()
        }
    }

    @Test("names the file that cannot be used")
    func unusableFiles() async throws {
        let certificate = try TestCertificate()
        let other = try TestCertificate()
        var configuration = certificate.configuration
        configuration.tls?.certificateFile = "/does/not/exist.pem"
        await #expect { try await withServer(configuration) { _ in } } throws: {
            "\($0)".contains("certificate file /does/not/exist.pem")
        }
        configuration.tls?.certificateFile = other.certificateFile
        await #expect { try await withServer(configuration) { _ in } } throws: { "\($0)".contains("key file") }
        configuration.tls?.clientAuthorityFile = "/nowhere.pem"
        configuration.tls?.certificateFile = certificate.certificateFile
        await #expect { try await withServer(configuration) { _ in } } throws: {
            "\($0)".contains("client authority file /nowhere.pem")
        }
    }
}
