import HTTPServer
import Logging
import ServiceLifecycle
import UnixSignals

/// Does one thing at the start and one at the shutdown.
struct ShutdownService: Service {
    private let start: @Sendable () -> Void
    private let shutdown: @Sendable () async -> Void

    init(start: @escaping @Sendable () -> Void = {}, shutdown: @escaping @Sendable () async -> Void) {
        self.start = start
        self.shutdown = shutdown
    }

    func run() async throws {
        self.start()
        try? await gracefulShutdown()
        await self.shutdown()
    }
}

/// Runs a loop until the shutdown.
struct RepeatingService: Service {
    let run: @Sendable () async throws -> Void

    init(run: @escaping @Sendable () async throws -> Void) { self.run = run }

    func run() async throws {
        await cancelWhenGracefulShutdown { try? await self.run() }
    }
}

/// Reads the certificate files again on SIGHUP.
struct CertificateReloadService: Service {
    let server: HTTPServer
    let logger: Logger

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() {
            do {
                try self.server.reloadCertificates()
                self.logger.notice("certificates reloaded")
            } catch {
                self.logger.error("certificates not reloaded, the old ones stay", metadata: ["error": "\(error)"])
            }
        }
    }
}
