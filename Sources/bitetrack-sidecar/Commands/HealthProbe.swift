import HTTPServer
import NIOCore
import NIOHTTP1
import NIOPosix

/// One `GET /health/live` to the sidecar on this machine.
struct HealthProbe {
    let port: Int
    /// The certificate is not verified: nothing is sent that could leak, and the names in it are public ones.
    let usesTLS: Bool

    struct Unhealthy: Error, CustomStringConvertible {
        let reason: String
        var description: String { self.reason }
    }

    private static let deadline = TimeAmount.seconds(5)

    func status() async throws -> HTTPResponseStatus {
        let tls = self.usesTLS ? try TLSContext.client(verification: .none, serverName: "localhost") : nil
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: HTTPResponseStatus.self)
        let timeout = loop.scheduleTask(in: HealthProbe.deadline) {
            promise.fail(Unhealthy(reason: "no answer in 5 s"))
        }
        promise.futureResult.whenComplete { _ in timeout.cancel() }
        let connected = ClientBootstrap(group: loop).connectTimeout(HealthProbe.deadline)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(tls.makeHandler()) }
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(FirstStatus(promise: promise))
                }
            }
            .connect(host: "127.0.0.1", port: self.port)
        connected.whenFailure { promise.fail(Unhealthy(reason: "\($0)")) }
        connected.whenSuccess { channel in
            let head = HTTPRequestHead(
                version: .http1_1, method: .GET, uri: "/health/live",
                headers: ["host": "localhost", "connection": "close"])
            channel.write(HTTPClientRequestPart.head(head), promise: nil)
            channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        }
        return try await promise.futureResult.get()
    }
}

/// Completes a promise with the status of the first response.
private final class FirstStatus: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    private let promise: EventLoopPromise<HTTPResponseStatus>

    init(promise: EventLoopPromise<HTTPResponseStatus>) { self.promise = promise }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = self.unwrapInboundIn(data) { self.promise.succeed(head.status) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.promise.fail(HealthProbe.Unhealthy(reason: "\(error)"))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.promise.fail(HealthProbe.Unhealthy(reason: "the connection was closed"))
    }
}
