import HTTPServer
import NIOCore
import NIOHTTP1
import NIOPosix

/// One keep-alive connection that sends one request at a time; everything happens on its event loop.
final class LoadConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart
    typealias Completion = (Result<LoadResponse, any Error>) -> Void

    struct Closed: Error {}

    private var channel: (any Channel)?
    private var response = LoadResponse()
    private var completion: Completion?

    /// Connects, with TLS when a context is given, and calls back once the connection is ready for requests.
    static func open(
        _ target: LoadTarget, on loop: any EventLoop, then: @escaping (Result<LoadConnection, any Error>) -> Void
    ) {
        let connection = NIOLoopBound(LoadConnection(), eventLoop: loop)
        let callback = NIOLoopBound(then, eventLoop: loop)
        ClientBootstrap(group: loop)
            .connectTimeout(.seconds(10))
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls = target.tls {
                        try channel.pipeline.syncOperations.addHandler(tls.makeHandler())
                    }
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(connection.value)
                }
            }
            .connect(host: target.host, port: target.port)
            .whenComplete { result in
                switch result {
                case .success(let channel):
                    connection.value.channel = channel
                    callback.value(.success(connection.value))
                case .failure(let error): callback.value(.failure(error))
                }
            }
    }

    /// Sends one request; `then` gets the whole response.
    func send(_ head: HTTPRequestHead, _ body: ByteBuffer, then: @escaping Completion) {
        guard let channel, channel.isActive else { return then(.failure(Closed())) }
        self.completion = then
        self.response = LoadResponse()
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        if body.readableBytes > 0 { channel.write(HTTPClientRequestPart.body(.byteBuffer(body)), promise: nil) }
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    }

    func close() { self.channel?.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch self.unwrapInboundIn(data) {
        case .head(let head): self.response.head = head
        case .body(var body): self.response.body.writeBuffer(&body)
        case .end: self.finish(.success(self.response))
        }
    }

    func channelInactive(context: ChannelHandlerContext) { self.finish(.failure(Closed())) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.finish(.failure(error))
        context.close(promise: nil)
    }

    private func finish(_ result: Result<LoadResponse, any Error>) {
        guard let completion else { return }
        self.completion = nil
        completion(result)
    }
}

/// A response as the load generator keeps it.
struct LoadResponse {
    var head: HTTPResponseHead?
    var body = ByteBuffer()
}

/// Where the load goes: loopback addresses only.
struct LoadTarget: Sendable {
    let host: String
    let port: Int
    let path: String
    let tls: TLSContext?

    struct Unusable: Error, CustomStringConvertible { let description: String }

    /// - Parameter certificate: PEM file to trust, for an https URL.
    init(url: String, certificate: String?) throws {
        guard let scheme = ["https", "http"].first(where: { url.hasPrefix($0 + "://") }) else {
            throw Unusable(description: "\(url) is not an http or https URL")
        }
        let rest = url.dropFirst(scheme.count + 3)
        let authority = rest.prefix { $0 != "/" }
        let parts = authority.split(separator: ":")
        guard parts.count == 2, let port = Int(parts[1]), ["localhost", "127.0.0.1"].contains(String(parts[0])) else {
            throw Unusable(description: "\(url) is not a loopback address with a port: no other is ever loaded")
        }
        self.host = "127.0.0.1"
        self.port = port
        self.path = rest.count == authority.count ? "/" : String(rest.dropFirst(authority.count))
        if scheme == "https" {
            guard let certificate else { throw Unusable(description: "\(url) needs --certificate") }
            self.tls = try TLSContext.client(authorityFile: certificate, serverName: "localhost", alpn: ["http/1.1"])
        } else {
            self.tls = nil
        }
    }
}
