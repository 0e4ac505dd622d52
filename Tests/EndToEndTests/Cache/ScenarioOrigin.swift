import CacheScenarios
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An origin on loopback that says, byte by byte, what the scenarios want it to.
///
/// A request names its scenario in its path (`/3`) and its step in `x-number`.
final class ScenarioOrigin: Sendable {
    struct Log: Sendable {
        var requests: [HTTPHeaders] = []
        var sent: HTTPHeaders = [:]
    }

    let port: Int
    private let channel: any Channel
    private let logs: Logs

    final class Logs: Sendable {
        private let logs = Mutex<[Int: Log]>([:])
        subscript(scenario: Int) -> Log { self.logs.withLock { $0[scenario] ?? Log() } }
        func change(_ scenario: Int, _ body: (inout Log) -> Void) {
            self.logs.withLock { body(&$0[scenario, default: Log()]) }
        }
    }

    init(_ scenarios: [CacheScenario]) async throws {
        let logs = Logs()
        self.logs = logs
        self.channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1024)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Connection(scenarios: scenarios, logs: logs))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.port = self.channel.localAddress?.port ?? 0
    }

    subscript(scenario: Int) -> Log { self.logs[scenario] }

    func stop() async throws { try await self.channel.close() }

    private final class Connection: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let scenarios: [CacheScenario]
        private let logs: Logs
        private var text = ""

        init(scenarios: [CacheScenario], logs: Logs) {
            self.scenarios = scenarios
            self.logs = logs
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            self.text += String(buffer: self.unwrapInboundIn(data))
            while let end = self.text.range(of: "\r\n\r\n") {
                let head = WireMessage(head: String(self.text[..<end.lowerBound]))
                let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
                let rest = self.text[end.upperBound...]
                if head.headers["transfer-encoding"] == ["chunked"] {
                    guard let last = rest.range(of: "0\r\n\r\n") else { return }
                    self.text = String(rest[last.upperBound...])
                } else {
                    guard rest.utf8.count >= length else { return }
                    self.text = String(rest.dropFirst(length))
                }
                self.answer(head, context)
            }
        }

        private func answer(_ request: WireMessage, _ context: ChannelHandlerContext) {
            let words = request.line.split(separator: " ")
            let target = String(words[1])
            guard let scenario = Int(target.dropFirst().prefix { $0.isNumber }),
                let number = request.headers.first(name: "x-number").flatMap({ Int($0) })
            else { return context.close(promise: nil) }
            let step = self.scenarios[scenario].steps[number]
            let moment = ScenarioMoment(seconds: Int(Date().timeIntervalSince1970), target: "/\(scenario)", sent: [:])
            var fields = moment.headers(step.answer.fields)
            self.logs.change(scenario) { log in
                log.requests.append(request.headers)
                for (name, value) in fields { log.sent.replaceOrAdd(name: name, value: value) }
            }
            guard !step.answer.disconnects else { return context.close(promise: nil) }
            var status = step.answer.status
            if case .validated(by: let field) = step.expected.source, request.headers.contains(name: field) {
                status = 304
            }
            fields.add(name: "x-step", value: String(number))
            let isEmpty = status == 204 || status == 304
            let body = isEmpty ? "" : step.answer.body ?? OriginAnswer.text(ofStep: number)
            if !isEmpty, !fields.contains(name: "content-length") {
                fields.add(name: "content-length", value: String(body.utf8.count))
            }
            var text = ""
            for (status, hints) in step.answer.interim {
                text += "HTTP/1.1 \(status) Interim\r\n" + Self.lines(moment.headers(hints)) + "\r\n"
            }
            text += "HTTP/1.1 \(status) Whatever\r\n" + Self.lines(fields) + "\r\n"
            if words[0] != "HEAD" { text += body }
            context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        }

        private static func lines(_ headers: HTTPHeaders) -> String {
            headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        }
    }
}
