import JSON
import NIOCore
import NIOHTTP1
import Testing

@testable import ModelContextProtocol

struct RequestClassifierTests {
    typealias Decision = RequestClassifier.Decision

    /// What a decision is, without the wording of its error.
    enum Outline: Equatable {
        case initialize, request, notification, response, selfDescribing, dropped, notOneMessage
        case refused(RPCError.Code, hasID: Bool)
    }

    static func outline(_ body: String, version: HeaderField) throws -> Outline {
        guard case .message(let message) = try MessageScanner.scan(ByteBuffer(string: body)) else {
            return .notOneMessage
        }
        return switch RequestClassifier.classify(message, version: version) {
        case .initialize: .initialize
        case .request: .request
        case .notification: .notification
        case .response: .response
        case .selfDescribing: .selfDescribing
        case .dropped: .dropped
        case .refused(let error, let id): .refused(error.code, hasID: id != nil)
        }
    }

    static let modernMeta = #""params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}"#

    @Test(
        "tells eras and kinds of message apart by the body",
        arguments: [
            (#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#, Outline.initialize),
            (#"{"jsonrpc":"2.0","id":"a","method":"tools/list"}"#, .request),
            (#"{"jsonrpc":"2.0","id":0,"method":"server/discover"}"#, .request),
            (#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, .notification),
            (#"{"jsonrpc":"2.0","id":1,"result":{}}"#, .response),
            (#"{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"no"}}"#, .response),
            (#"{"jsonrpc":"2.0","id":1,"method":"server/discover",\#(modernMeta)}"#, .selfDescribing),
            (#"{"jsonrpc":"2.0","id":1,"method":"initialize",\#(modernMeta)}"#, .selfDescribing),
            (#"{"jsonrpc":"2.0","method":"notifications/cancelled",\#(modernMeta)}"#, .dropped),
            (#"[]"#, .notOneMessage), (#"7"#, .notOneMessage),
            (#"{}"#, .refused(.invalidRequest, hasID: false)),
            (#"{"id":1,"method":"ping"}"#, .refused(.invalidRequest, hasID: true)),
            (#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, .refused(.invalidRequest, hasID: true)),
            (#"{"jsonrpc":"2.0","id":1}"#, .refused(.invalidRequest, hasID: true)),
            (#"{"jsonrpc":"2.0","id":1,"method":5}"#, .refused(.invalidRequest, hasID: true)),
            (#"{"jsonrpc":"2.0","id":1,"method":"ping","result":{}}"#, .refused(.invalidRequest, hasID: true)),
            (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, .refused(.invalidRequest, hasID: false)),
            (#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, .refused(.invalidRequest, hasID: false)),
            (#"{"jsonrpc":"2.0","id":true,"method":"ping"}"#, .refused(.invalidRequest, hasID: false)),
            (#"{"jsonrpc":"2.0","id":{},"method":"ping"}"#, .refused(.invalidRequest, hasID: false)),
            (#"{"jsonrpc":"2.0","id":[1],"method":"ping"}"#, .refused(.invalidRequest, hasID: false)),
        ])
    func body(text: String, expected: Outline) throws {
        #expect(try Self.outline(text, version: .absent) == expected)
    }

    @Test(
        "checks the version header against the body",
        arguments: [
            ("initialize", HeaderField.single("2025-11-25"), Outline.initialize),
            ("initialize", .single("2026-07-28"), .refused(.headerMismatch, hasID: true)),
            ("initialize", .single("1999-01-01"), .refused(.invalidRequest, hasID: true)),
            ("tools/list", .single("2024-11-05"), .request),
            ("tools/list", .single("2025-03-26"), .request),
            ("tools/list", .single("2026-07-28"), .selfDescribing),
            ("tools/list", .single("bogus"), .refused(.invalidRequest, hasID: true)),
            ("tools/list", .conflicting, .refused(.invalidRequest, hasID: true)),
        ])
    func header(method: String, version: HeaderField, expected: Outline) throws {
        let text = #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":{"_meta":{}}}"#
        #expect(try Self.outline(text, version: version) == expected)
    }

    @Test("drops notifications under a modern header, refuses them under an unknown one")
    func notifications() throws {
        let text = #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#
        #expect(try Self.outline(text, version: .single("2026-07-28")) == .dropped)
        #expect(try Self.outline(text, version: .single("nonsense")) == .refused(.invalidRequest, hasID: false))
        let response = #"{"jsonrpc":"2.0","id":1,"result":{}}"#
        #expect(
            try Self.outline(response, version: .single("2026-07-28")) == .refused(.invalidRequest, hasID: false))
    }

    @Test("a modern request keeps its era when a proxy removed or changed the header")
    func strippedHeader() throws {
        let text = #"{"jsonrpc":"2.0","id":1,"method":"tools/list",\#(Self.modernMeta)}"#
        for version in [HeaderField.absent, .single("2025-11-25"), .single("2026-07-28")] {
            #expect(try Self.outline(text, version: version) == .selfDescribing)
        }
    }

    @Test("sorts HTTP methods by era")
    func methods() {
        let modern = HeaderField.single("2026-07-28")
        #expect(RequestClassifier.classify(method: .POST, version: modern) == .message)
        #expect(RequestClassifier.classify(method: .GET, version: .absent) == .openStream)
        #expect(RequestClassifier.classify(method: .DELETE, version: .absent) == .endSession)
        #expect(RequestClassifier.classify(method: .GET, version: modern) == .notAllowed(allow: "POST"))
        #expect(RequestClassifier.classify(method: .DELETE, version: modern) == .notAllowed(allow: "POST"))
        for method in [HTTPMethod.PUT, .PATCH, .HEAD, .RAW(value: "BREW")] {
            #expect(
                RequestClassifier.classify(method: method, version: .absent) == .notAllowed(allow: "GET, POST, DELETE"))
        }
    }
}
