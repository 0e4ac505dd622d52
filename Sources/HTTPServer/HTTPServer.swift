package import Logging
package import NIOCore
import NIOPosix
import Observability

/// The listener: accepts connections, speaks TLS, HTTP/1.1 and HTTP/2, and hands whole requests to a handler.
package final class HTTPServer: Sendable {
    /// The bound port, useful when the configured one is 0.
    package let port: Int

    private let listener: any Channel
    private let registry: ConnectionRegistry
    private let certificates: CertificateHolder?

    private init(
        port: Int, listener: any Channel, registry: ConnectionRegistry, certificates: CertificateHolder?
    ) {
        self.port = port
        self.listener = listener
        self.registry = registry
        self.certificates = certificates
    }

    /// Connections open at this moment.
    package var connectionCount: Int { self.registry.count }

    /// Binds and starts to serve.
    ///
    /// Raises the process's limit of open files towards what the configured number of connections needs.
    ///
    /// - Parameter group: the event loops to run on; as many as there are cores by default.
    /// - Throws: when the address cannot be bound or the TLS files cannot be used; the description says which and why.
    package static func start(
        configuration: HTTPServerConfiguration, handler: any HTTPHandler, logger: Logger,
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) async throws -> HTTPServer {
        let registry = ConnectionRegistry(limit: self.servable(configuration.limits.connections, logger))
        let settings = try await ConnectionSettings(
            configuration: configuration, handler: handler, logger: logger, group: group)
        let certificates = try configuration.tls.map { try CertificateHolder(configuration: $0) }
        let initializer = ConnectionInitializer(settings: settings, registry: registry, certificates: certificates)
        let listener = try await self.listen(configuration, initializer, group)
        return HTTPServer(
            port: listener.localAddress?.port ?? 0, listener: listener, registry: registry, certificates: certificates)
    }

    /// Reads certificate and key anew; running connections keep the old ones.
    ///
    /// - Throws: when they cannot be used; the old ones stay in use.
    package func reloadCertificates() throws { try self.certificates?.reload() }

    /// Stops listening, lets running requests finish for at most `deadline`, then closes the rest.
    ///
    /// Event streams count as running: whoever opened them ends those that only wait for news.
    package func shutdown(deadline: Duration) async {
        let connections = self.registry.drain()
        try? await self.listener.close()
        for connection in connections { connection.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
        let force = self.listener.eventLoop.scheduleTask(in: TimeAmount(deadline)) {
            for connection in connections { connection.close(promise: nil) }
        }
        for connection in connections { try? await connection.closeFuture.get() }
        force.cancel()
    }

    /// As many connections as wanted, or as many as there can be descriptors for: without one, accepting would fail
    /// over and over.
    private static func servable(_ connections: Int, _ logger: Logger) -> Int {
        let files = OpenFileLimit.raise(to: connections + OpenFileLimit.reserve)
        guard files < connections + OpenFileLimit.reserve else { return connections }
        let servable = max(1, files - OpenFileLimit.reserve)
        logger.warning(
            "the hard limit of open files (ulimit -Hn) allows fewer connections than configured",
            metadata: [LogKey.count: "\(servable)"])
        return servable
    }

    private static func listen(
        _ configuration: HTTPServerConfiguration, _ initializer: ConnectionInitializer, _ group: any EventLoopGroup
    ) async throws -> any Channel {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            // Each connection keeps the last buffers it read into, one for each read in a row: one, and a small one where
            // requests fit into it. It grows for bodies, up to two TLS records.
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 1024, maximum: 32768)
            )
            // A client may end its side after the request and still wait for the answer.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { initializer.initialize($0) }
        do {
            return try await bootstrap.bind(host: configuration.host, port: configuration.port).get()
        } catch {
            throw HTTPServerError.cannotBind(host: configuration.host, port: configuration.port, reason: "\(error)")
        }
    }
}
