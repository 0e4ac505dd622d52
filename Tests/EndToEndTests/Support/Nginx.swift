import Foundation
import TestSupport

/// nginx in front of a server, ending TLS and removing `/mcp` from the path.
///
/// Everything that concerns buffering is left as nginx has it: it collects an answer before it passes it on, unless
/// the answer itself says otherwise.
final class Nginx: Sendable {
    let port: Int
    private let issued: LocalCertificate
    private let process: ChildProcess
    private let folder: TemporaryFolder

    var certificate: String { self.issued.file }
    var url: String { "https://localhost:\(self.port)/mcp" }
    var processID: Int32 { self.process.processID }
    /// How to start it once more: the program and its arguments.
    let commandLine: [String]
    var log: String { (try? self.folder.read("log")) ?? "" }

    /// Starts nginx and waits until it listens.
    ///
    /// - Parameter upstream: scheme, host and port of the server behind it.
    init(upstream: String) async throws {
        self.folder = try TemporaryFolder()
        self.port = try FreePort.find()
        self.issued = try await LocalCertificate()
        let configuration = try self.folder.write(
            "nginx.conf", Self.configuration(port: self.port, certificate: self.issued, upstream: upstream))
        self.commandLine = [
            Project.root.appending(path: ".nginx/usr/sbin/nginx").path(), "-e", "stderr", "-p", self.folder.path("."),
            "-c", configuration,
        ]
        self.process = try ChildProcess(
            program: self.commandLine[0], arguments: Array(self.commandLine.dropFirst()), environment: [:],
            output: self.folder.path("output"), errors: self.folder.path("log"))
        await eventually { self.isListening || !self.process.isRunning }
        guard self.isListening else { throw NotReady(description: self.log) }
    }

    deinit { self.process.send(SIGTERM) }

    struct NotReady: Error, CustomStringConvertible { let description: String }

    /// nginx writes its process id once its sockets are open.
    private var isListening: Bool { FileManager.default.fileExists(atPath: self.folder.path("pid")) }

    private static func configuration(port: Int, certificate: LocalCertificate, upstream: String) -> String {
        """
        daemon off;
        master_process off;
        pid pid;
        error_log stderr warn;
        events { worker_connections 64; }
        http {
            access_log off;
            client_body_temp_path body;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
            server {
                listen 127.0.0.1:\(port) ssl;
                ssl_certificate \(certificate.file);
                ssl_certificate_key \(certificate.keyFile);
                proxy_http_version 1.1;
                proxy_set_header Host $http_host;
                proxy_set_header X-Forwarded-Prefix /mcp;
                location = /mcp { proxy_pass \(upstream)/; }
                location /mcp/ { proxy_pass \(upstream)/; }
            }
        }
        """
    }
}

/// A port that was free a moment ago, for programs that cannot pick one themselves.
enum FreePort {
    struct None: Error { let code: Int32 }

    static func find() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw None(code: errno) }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 ? getsockname(descriptor, pointer, &length) : -1
            }
        }
        guard code == 0 else { throw None(code: errno) }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
