import ArgumentParser
import Configuration
import DemoAPI
import Foundation
import HTTPServer
import JSON

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Serve agents in front of a built-in BiteTrack API with sample data.",
        discussion: """
            Listens on loopback only, with a certificate of its own that is made on the first start and kept in the \
            state folder. The sample data is made anew at each start; nothing is saved.
            """)

    @Option(help: "Port to listen on; 0 picks a free one.")
    var port = 3001

    @Flag(help: "Serve HTTP without TLS.")
    var plainHTTP = false

    @Option(help: "Requests the demo API answers in 15 minutes, as the real one does.")
    var upstreamRateLimit = 100

    @Option(help: "Folder for the certificate.")
    var stateFolder = ".state"

    @Option(help: "TOML file with further settings, as for serve.")
    var config: String?

    @Flag(help: "Print one line of JSON instead of the introduction.")
    var json = false

    func validate() throws {
        guard (0...65535).contains(self.port) else { throw ValidationError("--port takes 0 to 65535") }
        guard self.upstreamRateLimit > 0 else { throw ValidationError("--upstream-rate-limit takes 1 or more") }
    }

    func run() async throws {
        var options = ConfigurationOptions()
        options.config = self.config
        options.port = self.port
        let loaded = try options.load(extraFlags: [("server.host", "demo", "127.0.0.1")])
        var configuration = loaded.configuration
        var certificate: DemoCertificate?
        configuration.server.plainHTTP = self.plainHTTP
        if !self.plainHTTP {
            let own = try self.certificate()
            configuration.server.certificateFile = own.certificateFile
            configuration.server.keyFile = own.keyFile
            certificate = own
        }
        let logger = Sidecar.logger(level: configuration.log.level)
        var demo = DemoConfiguration()
        demo.rateLimit = self.upstreamRateLimit
        let upstream: HTTPServer
        do {
            upstream = try await DemoAPI.start(configuration: demo, logger: logger).server
        } catch {
            StandardError.write("cannot start the demo API: \(error)")
            throw Exit.unavailable
        }
        configuration.upstream.url = "http://127.0.0.1:\(upstream.port)"
        let sidecar = try await Sidecar.start(configuration, logger: logger)
        let announcement = DemoAnnouncement(
            url: "\(self.plainHTTP ? "http" : "https")://localhost:\(sidecar.port)/mcp",
            apiURL: configuration.upstream.url + configuration.upstream.prefix, certificate: certificate)
        let text = self.json ? announcement.json : announcement.text
        try await sidecar.run {
            print(text)
            // Standard output may be a pipe that somebody waits on.
            fflush(nil)
        }
        await upstream.shutdown(deadline: .seconds(1))
    }

    private func certificate() throws -> DemoCertificate {
        do {
            return try DemoCertificate(folder: self.stateFolder)
        } catch {
            StandardError.write("cannot make a certificate in \(self.stateFolder): \(error)")
            throw Exit.unavailable
        }
    }
}
