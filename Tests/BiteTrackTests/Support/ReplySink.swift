import JSON
import NIOCore
import NIOHTTP1
import Streaming

@testable import HTTPServer

/// Takes an answer apart into messages.
final class ReplySink: ExchangeSink {
    let messages: AsyncStream<JSONValue>
    private(set) var headers: HTTPHeaders = [:]
    private let continuation: AsyncStream<JSONValue>.Continuation
    private var pipe: BodyPipe?
    private var text = ""

    let isWritable = true

    init() { (self.messages, self.continuation) = AsyncStream.makeStream(of: JSONValue.self) }

    func send(_ response: HTTPResponse, for exchange: Exchange) {
        self.headers = response.headers
        self.yield(String(buffer: response.body))
        self.continuation.finish()
        exchange.complete()
    }

    func startStream(_ pipe: BodyPipe, _ start: StreamStart, for exchange: Exchange) {
        self.pipe = pipe
        if case .events(let headers) = start { self.headers = headers }
        self.streamHasMore(for: exchange)
    }

    func streamHasMore(for exchange: Exchange) {
        guard let pipe = self.pipe else { return }
        while true {
            switch pipe.read(maximumBytes: 1 << 20) {
            case .bytes(let bytes): self.receive(String(buffer: bytes))
            case .wait: return
            case .end, .failed:
                pipe.close()
                self.continuation.finish()
                return exchange.complete()
            }
        }
    }

    private func receive(_ text: String) {
        self.text += text
        while let end = self.text.firstRange(of: "\n\n") {
            let data = self.text[..<end.lowerBound].split(separator: "\n").filter { $0.hasPrefix("data:") }
            self.yield(data.map { $0.dropFirst(5) }.joined(separator: "\n"))
            self.text = String(self.text[end.upperBound...])
        }
    }

    private func yield(_ text: String) {
        if let message = try? JSONValue(parsing: text) { self.continuation.yield(message) }
    }
}
