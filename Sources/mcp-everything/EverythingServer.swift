import HTTPServer
import Logging
import ModelContextProtocol
import Observability
import ServiceLifecycle
import UnixSignals

/// The whole server, wired in one place: features, protocol, listener, lifecycle.
struct EverythingServer {
    let port: Int
    private let mcp: MCPServer
    private let http: HTTPServer
    private let logger: Logger

    /// Builds every part and starts to listen.
    ///
    /// - Throws: when the address, the certificate or randomness cannot be had.
    static func start(_ configuration: HTTPServerConfiguration) async throws -> EverythingServer {
        let logger = Logger(label: "everything") { LineLogHandler(label: $0, level: .notice) }
        let notifier = ChangeNotifier()
        let mcp = MCPServer(
            configuration: self.configuration(host: configuration.host), features: self.features(notifier),
            sealer: try KeySealer(), logger: logger)
        notifier.attach(mcp)
        // The server answers 404 itself where it has nothing, so it needs no router in front.
        let http = try await HTTPServer.start(configuration: configuration, handler: mcp, logger: logger)
        return EverythingServer(port: http.port, mcp: mcp, http: http, logger: logger)
    }

    /// What the server says of itself.
    private static func configuration(host: String) -> MCPConfiguration {
        var configuration = MCPConfiguration(serverName: "mcp-everything", serverVersion: MCPEverything.version)
        configuration.serverTitle = "One of Everything"
        configuration.icons = [Sample.icon]
        configuration.instructions = "Every tool, prompt and resource here is a sample; nothing has any effect."
        configuration.listsArePublic = true
        configuration.allowedHosts = [host]
        return configuration
    }

    /// What the server offers.
    private static func features(_ notifier: ChangeNotifier) -> MCPFeatures {
        let document = WatchedDocument(notifier: notifier)
        var features = MCPFeatures(
            tools: ContentTools.all + StructuredTools.all + ConversationTools.all + InputRequiredTools.all
                + TaskTools.all + ChangeTools(notifier: notifier, document: document).all,
            resources: Resources.all + [document.resource], resourceTemplates: Resources.templates,
            prompts: Prompts.all)
        features.announcesListChanges = true
        features.takesSubscriptions = true
        features.logs = true
        features.runsTasks = true
        return features
    }

    /// Serves until SIGTERM or SIGINT.
    ///
    /// - Parameter announce: called once signals are heeded.
    func run(announce: @escaping @Sendable () -> Void) async throws {
        let group = ServiceGroup(
            services: [ServingService(mcp: self.mcp, http: self.http, announce: announce)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: self.logger)
        try await group.run()
    }
}
