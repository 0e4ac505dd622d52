package import HTTPServer
import NIOCore
import NIOPosix

/// An origin on loopback whose connections a test serves by hand, byte by byte.
package final class RawOrigin: Sendable {
    package let port: Int
    private let channel: any Channel
    private let accepted: AsyncStream<RawClient>

    package var address: String { "http://127.0.0.1:\(self.port)" }
    /// For an origin that speaks TLS.
    package var secureAddress: String { "https://localhost:\(self.port)" }

    private init(channel: any Channel, accepted: AsyncStream<RawClient>) {
        self.channel = channel
        self.port = channel.localAddress?.port ?? 0
        self.accepted = accepted
    }

    /// - Parameters:
    ///   - reads: false for connections that are not read from until a test says so.
    ///   - bufferBytes: of the kernel, both ways; small ones make backpressure show early.
    package static func run<Result>(
        reads: Bool = true, bufferBytes: Int? = nil, tls: TLSContext? = nil,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (RawOrigin) async throws -> Result
    ) async throws -> Result {
        let (accepted, continuation) = AsyncStream.makeStream(of: RawClient.self)
        var bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.autoRead, value: reads)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(tls.makeHandler()) }
                    continuation.yield(try RawClient(accepting: channel))
                }
            }
        if let bufferBytes {
            bootstrap = bootstrap.serverChannelOption(.socketOption(.so_rcvbuf), value: bufferBytes)
                .childChannelOption(.socketOption(.so_sndbuf), value: bufferBytes)
        }
        let channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        let origin = RawOrigin(channel: channel, accepted: accepted)
        do {
            let result = try await body(origin)
            try await channel.close()
            return result
        } catch {
            try? await channel.close()
            throw error
        }
    }

    /// The next connection that is made.
    package func accept() async throws -> RawClient {
        let next = Signal<RawClient?>()
        let waiting = Task {
            for await connection in self.accepted { return next.succeed(connection) }
            next.succeed(nil)
        }
        defer { waiting.cancel() }
        guard let connection = try await next.wait("connection to the origin") else {
            throw DeadlineExceeded(description: "no connection")
        }
        return connection
    }
}
