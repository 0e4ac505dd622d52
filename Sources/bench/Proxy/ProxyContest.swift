import Foundation

/// One origin, and two proxies before it: us and nginx.
final class ProxyContest {
    struct Missing: Error, CustomStringConvertible { let description: String }

    static let ownName = "sidecar"
    static let peerName = "nginx"
    static let originName = "origin"
    /// Names and sizes of the bodies: text that does not compress well, as answers of many small numbers do not.
    static let bodies = [("2k", 2 * 1024), ("60k", 60 * 1024)]

    private let folder: WorkFolder
    private var programs: [ProgramProcess] = []
    let origin: LoadTarget
    let own: LoadTarget
    let peer: LoadTarget
    let ownProcess: ProcessFacts

    init(nginx: String, certificate: String, key: String) throws {
        guard FileManager.default.isExecutableFile(atPath: nginx) else {
            throw Missing(description: "\(nginx) is no program: scripts/bench.sh proxy provides one")
        }
        let sidecar = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "bitetrack-sidecar").path()
        self.folder = try WorkFolder(name: "bitetrack-bench-proxy")
        for (name, bytes) in Self.bodies {
            for kind in ["cached", "uncached"] { try self.folder.write(Self.body(bytes), to: "\(kind)/\(name)") }
        }
        let folder = self.folder.path
        let ports = try (0..<3).map { _ in try LoopbackPort.free() }
        let files = [
            "origin.conf": NginxConfiguration.origin(port: ports[0], folder: folder),
            "proxy.conf": NginxConfiguration.proxy(
                port: ports[1], origin: ports[0], folder: folder, certificate: certificate, key: key),
            "sidecar.conf": """
            [server]
            host = "127.0.0.1"
            port = \(ports[2])
            certificate_file = "\(certificate)"
            key_file = "\(key)"
            [[proxy]]
            path = "/"
            origin = "http://127.0.0.1:\(ports[0])"
            """,
        ]
        for (name, text) in files { try self.folder.write(Data(text.utf8), to: name) }
        self.origin = try LoadTarget(url: "http://127.0.0.1:\(ports[0])", certificate: nil)
        self.peer = try LoadTarget(url: "https://localhost:\(ports[1])", certificate: certificate)
        self.own = try LoadTarget(url: "https://localhost:\(ports[2])", certificate: certificate)
        for (name, port) in [("origin", ports[0]), ("proxy", ports[1])] {
            self.programs.append(
                try ProgramProcess(nginx, ["-p", folder, "-c", "\(folder)/\(name).conf"], port: port))
        }
        let own = try ProgramProcess(sidecar, ["serve", "--config", "\(folder)/sidecar.conf"], port: ports[2])
        self.programs.append(own)
        self.ownProcess = ProcessFacts(own.processID)
    }

    deinit {
        for program in self.programs.reversed() { program.stop() }
    }

    private static func body(_ bytes: Int) -> Data {
        var generator = SystemRandomNumberGenerator()
        let random = Data((0..<bytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        return Data("\"\(random.base64EncodedString().prefix(bytes - 2))\"".utf8)
    }
}
