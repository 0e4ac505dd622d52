import Glibc
package import NIOCore
import NIOPosix
import Synchronization

/// An upstream on loopback that answers as a script says, faults included.
package final class FaultyUpstream: Sendable {
    /// What to do after a whole request has come.
    package enum Step: Sendable {
        case send(String)
        case sendBytes([UInt8])
        /// Sends one byte after the other, with this much time between two.
        case drip(String, every: TimeAmount)
        /// Ends the connection in order.
        case close
        /// Ends the connection with RST.
        case reset
    }
    /// A request as it came, and on which connection.
    package struct Received: Sendable {
        package let connection: Int
        package let text: String

        package func header(_ name: String) -> String? {
            let line = self.text.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
            return line.map { String($0.dropFirst(name.count + 1)).trimmingPrefix { $0 == " " }.description }
        }
        package var requestLine: Substring { self.text.split(separator: "\r\n").first ?? "" }
        package var body: String {
            String(self.text.split(separator: "\r\n\r\n", maxSplits: 1).dropFirst().first ?? "")
        }
    }
    package typealias Script = @Sendable (Received, _ number: Int) -> [Step]

    package let port: Int
    private let channel: any Channel
    private let record: Record

    /// Every request so far.
    package var requests: [Received] { self.record.all }
    package var origin: String { "http://127.0.0.1:\(self.port)" }

    private init(channel: any Channel, port: Int, record: Record) {
        self.channel = channel
        self.port = port
        self.record = record
    }

    /// Runs `body` against an upstream that follows `script`, which gets each request and its number from 1.
    ///
    /// - Parameter greeting: sent to each connection before it has asked for anything.
    package static func run<Result>(
        _ script: @escaping Script, greeting: String? = nil, isolation: isolated (any Actor)? = #isolation,
        _ body: (FaultyUpstream) async throws -> Result
    ) async throws -> Result {
        let record = Record()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = ScriptHandler(
                        script: script, record: record, connection: record.nextConnection(), greeting: greeting)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let upstream = FaultyUpstream(
            channel: channel, port: channel.localAddress?.port ?? 0, record: record)
        do {
            let result = try await body(upstream)
            try await channel.close()
            return result
        } catch {
            try? await channel.close()
            throw error
        }
    }

    /// Waits until `count` requests have come.
    package func received(_ count: Int) async {
        guard self.requests.count < count else { return }
        for await total in self.record.totals where total >= count { return }
    }

    /// A complete HTTP/1.1 answer.
    package static func answer(
        _ status: String = "200 OK", _ body: String = "{}", type: String = "application/json; charset=utf-8",
        headers: [String] = []
    ) -> Step {
        let lines = ["HTTP/1.1 \(status)", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)"] + headers
        return .send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }
}

extension FaultyUpstream {
    /// What came, for all threads.
    package final class Record: Sendable {
        private let requests = Mutex<[Received]>([])
        private let connections = Atomic(0)
        let totals: AsyncStream<Int>
        private let counted: AsyncStream<Int>.Continuation

        init() { (self.totals, self.counted) = AsyncStream.makeStream() }

        var all: [Received] { self.requests.withLock { $0 } }

        func nextConnection() -> Int { self.connections.add(1, ordering: .relaxed).newValue }

        func append(_ request: Received) -> Int {
            let count = self.requests.withLock { requests in
                requests.append(request)
                return requests.count
            }
            self.counted.yield(count)
            return count
        }
    }
}

/// Cuts a connection's bytes into requests and follows the script.
private final class ScriptHandler: ChannelInboundHandler {
    package typealias InboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    private let script: FaultyUpstream.Script
    private let record: FaultyUpstream.Record
    private let connection: Int
    private let greeting: String?
    private var pending = ""

    package init(
        script: @escaping FaultyUpstream.Script, record: FaultyUpstream.Record, connection: Int, greeting: String?
    ) {
        self.greeting = greeting
        self.script = script
        self.record = record
        self.connection = connection
    }

    package func channelActive(context: ChannelHandlerContext) {
        if let greeting = self.greeting { self.write(Array(greeting.utf8), context) }
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.pending += String(buffer: self.unwrapInboundIn(data))
        while let text = self.nextRequest() {
            let request = FaultyUpstream.Received(connection: self.connection, text: text)
            let number = self.record.append(request)
            for step in self.script(request, number) { self.perform(step, context) }
        }
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func nextRequest() -> String? {
        guard let end = self.pending.firstRange(of: "\r\n\r\n") else { return nil }
        let head = self.pending[..<end.upperBound]
        if head.lowercased().contains("\r\ntransfer-encoding: chunked\r\n") {
            return self.nextChunked(after: end.upperBound)
        }
        let lengthLine = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        let length = lengthLine.flatMap { Int($0.dropFirst(15).filter { $0 != " " }) } ?? 0
        let rest = self.pending[end.upperBound...]
        guard rest.utf8.count >= length,
            let bodyEnd = rest.utf8.index(
                rest.startIndex, offsetBy: length, limitedBy: rest.endIndex)
        else { return nil }
        defer { self.pending = String(self.pending[bodyEnd...]) }
        return String(self.pending[..<bodyEnd])
    }

    /// A request whose chunks hold no “0” at the start of a line, and no trailers.
    private func nextChunked(after head: String.Index) -> String? {
        guard let end = self.pending[head...].firstRange(of: "0\r\n\r\n") else { return nil }
        defer { self.pending = String(self.pending[end.upperBound...]) }
        return String(self.pending[..<end.upperBound])
    }

    private func perform(_ step: FaultyUpstream.Step, _ context: ChannelHandlerContext) {
        switch step {
        case .send(let text): self.write(Array(text.utf8), context)
        case .sendBytes(let bytes): self.write(bytes, context)
        case .drip(let text, let pause): self.drip(Array(text.utf8)[...], pause, context)
        case .close:
            // Closing alone ends nothing while a program that a test has started holds the descriptor as well.
            context.close(mode: .output, promise: nil)
            context.close(promise: nil)
        case .reset:
            let noLinger = linger(l_onoff: 1, l_linger: 0)
            (context.channel as? any SocketOptionProvider)?.setSoLinger(noLinger)
                .assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        }
    }

    private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
    }

    private func drip(_ bytes: ArraySlice<UInt8>, _ pause: TimeAmount, _ context: ChannelHandlerContext) {
        guard let first = bytes.first, context.channel.isActive else { return }
        self.write([first], context)
        let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: pause) {
            let (handler, context) = loopBound.value
            handler.drip(bytes.dropFirst(), pause, context)
        }
    }
}
