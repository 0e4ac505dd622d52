import JSON
import NIOCore
import Testing

@testable import ModelContextProtocol

/// Smaller decisions, each with its table.
struct DecisionTests {
    @Test(
        "a handshake gets the revision it asks for, or the latest legacy one",
        arguments: [
            ("2024-11-05", ProtocolRevision.november2024), ("2025-03-26", .march2025), ("2025-06-18", .june2025),
            ("2025-11-25", .november2025), ("2026-07-28", .november2025), ("2024-10-07", .november2025),
            ("1.0", .november2025), ("", .november2025),
        ])
    func negotiation(requested: String, expected: ProtocolRevision) {
        #expect(ProtocolRevision.negotiated(requested: requested) == expected)
    }

    @Test("only 2025-11-25 has priming events; only 2026-07-28 is modern")
    func revisions() {
        #expect(ProtocolRevision.allCases.filter(\.hasPrimingEvents) == [.november2025])
        #expect(ProtocolRevision.allCases.filter(\.isModern) == [.july2026])
        #expect(ProtocolRevision.allCases == ProtocolRevision.allCases.sorted())
    }

    @Test(
        "initialize needs an object with a version; what else it says must have the right type",
        arguments: [
            (#"{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}"#, true),
            (#"{"protocolVersion":"x"}"#, true), ("{}", false), (#"{"protocolVersion":1}"#, false),
            (#"{"protocolVersion":"x","capabilities":[]}"#, false),
            (#"{"protocolVersion":"x","clientInfo":"y"}"#, false),
        ])
    func initialize(params: String, isValid: Bool) throws {
        let params = try Params(parsing: params)
        #expect(((try? InitializeParameters(params)) != nil) == isValid)
    }

    @Test("progress must rise, be a number, and come only so often")
    func progress() {
        var gate = ProgressGate(maximumCount: 3)
        let admitted = [0, 0, 1, .nan, 0.5, .infinity, 1.5, 2].map { gate.admit($0) }
        #expect(admitted == [true, false, true, false, false, false, true, false])
    }

    @Test(
        "a progress token is a string or an integer, also 0",
        arguments: [
            (#"{"progressToken":0}"#, JSONValue(0)), (#"{"progressToken":"a"}"#, "a"), (#"{"progressToken":""}"#, ""),
            (#"{"progressToken":true}"#, nil), (#"{"progressToken":1.5}"#, nil), (#"{"progressToken":null}"#, nil),
            ("{}", nil), ("[]", nil),
        ] as [(String, JSONValue?)])
    func token(meta: String, expected: JSONValue?) throws {
        #expect(ProgressToken(meta: try JSONValue(parsing: meta))?.value == expected)
    }

    @Test("progress messages exist from 2025-03-26 on")
    func progressMessage() throws {
        let token = try #require(ProgressToken(meta: ["progressToken": 0]))
        let old = token.notification(progress: 1, total: 2, message: "m", revision: .november2024)
        #expect(
            String(buffer: old)
                == #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":0,"progress":1,"total":2}}"#
        )
        let new = token.notification(progress: 0.5, total: nil, message: "m", revision: .march2025)
        #expect(String(buffer: new).contains(#""progress":0.5,"message":"m"}"#))
    }

    @Test("a session runs so many calls at a time, each id once, none after its end")
    func runningCalls() {
        var calls = RunningCalls<String>(maximumCount: 2)
        #expect(calls.admit(.string("1"), "a") == .start)
        #expect(calls.admit(.string("1"), "b") == .duplicate)
        #expect(calls.admit(.number(JSONNumber(1)), "c") == .start)
        #expect(calls.admit(.string("2"), "d") == .full)
        #expect(calls[.string("1")] == "a")
        calls.finish(.string("1"))
        #expect(calls.count == 1)
        #expect(calls.admit(.string("1"), "e") == .start)
        #expect(calls.end().sorted() == ["c", "e"])
        #expect(calls.admit(.string("9"), "f") == .ended)
    }

    @Test(
        "the endpoint reference carries a forwarded prefix only when it is a plain path",
        arguments: [
            (nil, "/messages"), ("", "/messages"), ("/mcp", "/mcp/messages"), ("/mcp/", "/mcp/messages"),
            ("/a/b-c.d_e~1", "/a/b-c.d_e~1/messages"), ("/", "/messages"), ("mcp", "/messages"),
            ("//evil.example", "/messages"), ("/..", "/messages"), ("/a/../b", "/messages"), ("/a?b", "/messages"),
            ("/a\r\ndata: x", "/messages"), ("https://evil.example/", "/messages"), ("/a//b", "/messages"),
            ("/\\evil.example", "/messages"), ("/" + String(repeating: "a", count: 300), "/messages"),
        ] as [(String?, String)])
    func endpoint(prefix: String?, path: String) {
        #expect(EndpointReference.make(sessionID: "ID", forwardedPrefix: prefix) == path + "?sessionId=ID")
    }

    @Test(
        "finds the session in the query",
        arguments: [
            (nil, nil), ("", nil), ("sessionId=", nil), ("sessionId=a", "a"), ("x=1&sessionId=a-_b", "a-_b"),
            ("session=a", nil), ("sessionId=a&sessionId=b", nil),
        ] as [(String?, String?)])
    func query(query: String?, expected: String?) { #expect(HTTPSSETransport.sessionName(query: query) == expected) }
}
