import NIOCore
import NIOHTTP1

/// Puts one request after another together from what the parser delivers, within the limits.
struct RequestAssembler {
    enum Action {
        case none
        /// The client waits for leave to send its body.
        case sendContinue
        case handle(AssembledRequest)
        /// Answer with this and read no more requests from here.
        case refuse(HTTPRefusal)
    }

    /// Which part of a request is awaited.
    enum Awaiting { case head, body, nothing }

    private let rules: RequestHeadRules
    private let isHTTP2: Bool
    private var head: HTTPRequestHead?
    private var target: RequestTarget?
    private var body = ByteBuffer()
    private(set) var awaiting = Awaiting.head

    init(limits: HTTPServerConfiguration.Limits, isHTTP2: Bool) {
        self.rules = RequestHeadRules(headerBytes: limits.headerBytes, bodyBytes: limits.bodyBytes)
        self.isHTTP2 = isHTTP2
    }

    mutating func receive(_ part: HTTPServerRequestPart) -> Action {
        do throws(HTTPRefusal) {
            switch (part, self.awaiting) {
            case (.head(let head), .head): return try self.begin(head)
            case (.body(let bytes), .body):
                try self.append(bytes)
                return .none
            case (.end, .body): return self.finish()
            case (_, .nothing): return .none
            case (.head, .body), (.body, .head), (.end, .head): throw HTTPRefusal.malformed
            }
        } catch {
            return .refuse(self.abandon(error))
        }
    }

    /// Gives up the request being read, for the given reason, which is returned.
    mutating func abandon(_ refusal: HTTPRefusal) -> HTTPRefusal {
        (self.awaiting, self.body) = (.nothing, ByteBuffer())
        return refusal
    }

    private mutating func begin(_ head: HTTPRequestHead) throws(HTTPRefusal) -> Action {
        let expectsContinue = try self.rules.check(head, isHTTP2: self.isHTTP2)
        guard head.method != .CONNECT, let target = RequestTarget(head.uri) else {
            throw HTTPRefusal(.badRequest, "The request target must be a path.")
        }
        (self.head, self.target, self.awaiting) = (head, target, .body)
        return expectsContinue ? .sendContinue : .none
    }

    private mutating func append(_ bytes: ByteBuffer) throws(HTTPRefusal) {
        guard self.body.readableBytes + bytes.readableBytes <= self.rules.bodyBytes else {
            throw .bodyTooLarge(limitBytes: self.rules.bodyBytes)
        }
        // The first piece is kept as it came: most bodies are one piece.
        if self.body.readableBytes == 0 {
            self.body = bytes
        } else {
            self.body.writeImmutableBuffer(bytes)
        }
    }

    private mutating func finish() -> Action {
        guard let head, let target else { return .none }
        let request = AssembledRequest(head: head, target: target, body: self.body)
        (self.head, self.target, self.body, self.awaiting) = (nil, nil, ByteBuffer(), .head)
        return .handle(request)
    }
}
