import NIOCore
import NIOHTTP1
import NIOPosix

/// One connection on which requests go out as they are written and answers come back whole.
enum RawHTTPClient {
    /// An answer as it came.
    struct Answer {
        let status: Int
        let headers: HTTPHeaders
        let text: String
    }

    /// The connection ended, or nothing came in time.
    struct Broken: Error {
        let reason: String
    }

    private typealias Channel = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    /// Runs `body` with a connection of its own to a port on loopback.
    static func withConnection<Result: Sendable>(
        port: Int, _ body: @Sendable (Exchange) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try Channel(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            let deadline = channel.channel.eventLoop.scheduleTask(in: .seconds(50)) {
                channel.channel.close(promise: nil)
            }
            defer { deadline.cancel() }
            return try await body(Exchange(inbound: inbound, outbound: outbound))
        }
    }

    /// What a test may do with the connection: one request after the other.
    final class Exchange {
        private var inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator
        private let outbound: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>

        fileprivate init(
            inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>,
            outbound: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>
        ) {
            self.inbound = inbound.makeAsyncIterator()
            self.outbound = outbound
        }

        func send(
            _ method: HTTPMethod, _ uri: String, _ headers: HTTPHeaders = [:], body: String = ""
        ) async throws {
            var headers = headers
            headers.add(name: "host", value: "localhost")
            if !body.isEmpty { headers.add(name: "content-length", value: String(body.utf8.count)) }
            let head = HTTPRequestHead(version: .http1_1, method: method, uri: uri, headers: headers)
            try await self.outbound.write(.head(head))
            if !body.isEmpty { try await self.outbound.write(.body(.byteBuffer(ByteBuffer(string: body)))) }
            try await self.outbound.write(.end(nil))
        }

        func receive() async throws -> Answer {
            var head: HTTPResponseHead?
            var text = ""
            while let part = try await self.inbound.next(isolation: #isolation) {
                switch part {
                case .head(let received): head = received
                case .body(let bytes): text += String(buffer: bytes)
                case .end:
                    guard let head else { throw Broken(reason: "an end without a head") }
                    return Answer(status: Int(head.status.code), headers: head.headers, text: text)
                }
            }
            throw Broken(reason: "the connection ended before the answer did")
        }

        func call(
            _ method: HTTPMethod, _ uri: String, _ headers: HTTPHeaders = [:], body: String = ""
        ) async throws -> Answer {
            try await self.send(method, uri, headers, body: body)
            return try await self.receive()
        }
    }
}
