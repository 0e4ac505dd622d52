import NIOCore
import NIOHTTP1
import Streaming

/// Puts one request after another together from what the parser delivers, within the limits.
struct RequestAssembler {
    enum Action {
        case none
        /// The client waits for leave to send its body.
        case sendContinue
        case handle(AssembledRequest)
        /// The handler takes the body in as it comes.
        case stream(AssembledRequest, IncomingBody, first: ByteBuffer?)
        /// More of that body.
        case pass(IncomingBody, IncomingBody.Piece)
        /// Answer with this and read no more requests from here.
        case refuse(HTTPRefusal)
    }

    /// Which part of a request is awaited.
    enum Awaiting: Equatable {
        case head
        /// The rest of a body that is put together.
        case body
        /// The rest of a body that is taken in as it comes.
        case stream
        /// Over HTTP/2 nothing in a head tells whether a body follows: what comes next does.
        case firstPiece
        case nothing
    }

    private let rules: RequestHeadRules
    private let isHTTP2: Bool
    private let handler: (any HTTPHandler)?
    /// nil leaves bodies as they come.
    private let decoder: BodyDecoder?
    private var head: HTTPRequestHead?
    private var target: RequestTarget?
    private var body = ByteBuffer()
    private var incoming: IncomingBody?
    private(set) var awaiting = Awaiting.head

    /// - Parameter handler: asked how it wants bodies; nil wants all of them whole.
    init(limits: HTTPServerConfiguration.Limits, isHTTP2: Bool, handler: (any HTTPHandler)? = nil, decodes: Bool = true)
    {
        self.rules = RequestHeadRules(headerBytes: limits.headerBytes, bodyBytes: limits.bodyBytes)
        self.isHTTP2 = isHTTP2
        self.handler = handler
        self.decoder = decodes ? BodyDecoder(limitBytes: limits.bodyBytes) : nil
    }

    /// Whether a handler has a request whose body still comes.
    var isStreaming: Bool { self.awaiting == .stream }
    /// Whether more of a body may be read now.
    var hasRoom: Bool { self.incoming?.hasRoom ?? true }

    mutating func receive(_ part: HTTPServerRequestPart) -> Action {
        do throws(HTTPRefusal) {
            switch (part, self.awaiting) {
            case (.head(let head), .head): return try self.begin(head)
            case (.body(let bytes), .body):
                try self.append(bytes)
                return .none
            case (.body(let bytes), .stream): return self.stream(bytes)
            case (.body(let bytes), .firstPiece): return self.startStream(first: bytes)
            case (.end(let trailers), .body), (.end(let trailers), .firstPiece): return try self.finish(trailers)
            case (.end(let trailers), .stream):
                guard let incoming else { return .none }
                (self.incoming, self.awaiting) = (nil, .head)
                return .pass(incoming, .end(trailers ?? [:]))
            case (_, .nothing): return .none
            case (.head, _), (.body, .head), (.end, .head): throw HTTPRefusal.malformed
            }
        } catch {
            return .refuse(self.abandon(error))
        }
    }

    /// Nothing more is here for now: a request whose body may follow later is handled as one whose body comes.
    mutating func ranDry() -> Action { self.awaiting == .firstPiece ? self.startStream(first: nil) : .none }

    /// True when the client must be given leave to send the body, now that somebody reads it.
    func takeLeave() -> Bool { self.incoming?.takeLeave() ?? false }

    /// Gives up the request being read, for the given reason, which is returned.
    mutating func abandon(_ refusal: HTTPRefusal) -> HTTPRefusal {
        (self.awaiting, self.body) = (.nothing, ByteBuffer())
        return refusal
    }

    /// Gives up the body being taken in, which is returned: whoever reads it must be told.
    mutating func abandonStream() -> IncomingBody? {
        guard self.isStreaming else { return nil }
        defer { (self.incoming, self.awaiting) = (nil, .nothing) }
        return self.incoming
    }

    private mutating func begin(_ head: HTTPRequestHead) throws(HTTPRefusal) -> Action {
        let target = head.method == .CONNECT ? nil : RequestTarget(head.uri)
        let intake = target.flatMap { self.handler?.intake(head.method, path: $0.path, headers: head.headers) }
        let findings = try self.rules.check(head, isHTTP2: self.isHTTP2, intake: intake ?? .assembled)
        guard let target else { throw HTTPRefusal(.badRequest, "The request target must be a path.") }
        try target.check(host: head.headers)
        (self.head, self.target) = (head, target)
        if case .streamed(let limitBytes) = intake, findings.mayHaveBody || self.isHTTP2 {
            self.incoming = IncomingBody(limitBytes: limitBytes, expectsContinue: findings.expectsContinue)
            self.awaiting = .firstPiece
            return findings.mayHaveBody ? self.startStream(first: nil) : .none
        }
        self.awaiting = .body
        return findings.expectsContinue ? .sendContinue : .none
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

    private mutating func stream(_ bytes: ByteBuffer) -> Action {
        guard let incoming else { return .none }
        let piece = incoming.admit(bytes)
        if case .failed = piece { (self.incoming, self.awaiting) = (nil, .nothing) }
        return .pass(incoming, piece)
    }

    private mutating func startStream(first: ByteBuffer?) -> Action {
        guard let head, let target, let incoming else { return .none }
        (self.head, self.target, self.awaiting) = (nil, nil, .stream)
        return .stream(AssembledRequest(head: head, target: target, stream: incoming.pipe), incoming, first: first)
    }

    private mutating func finish(_ trailers: HTTPHeaders?) throws(HTTPRefusal) -> Action {
        guard let head, let target else { return .none }
        var request = AssembledRequest(head: head, target: target, body: self.body, trailers: trailers ?? [:])
        (self.head, self.target, self.body, self.incoming, self.awaiting) = (nil, nil, ByteBuffer(), nil, .head)
        if let decoder, head.headers.contains(name: "content-encoding") { try decoder.decode(&request) }
        return .handle(request)
    }
}
