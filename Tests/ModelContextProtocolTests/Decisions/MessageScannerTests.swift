import JSON
import NIOCore
import Testing

@testable import ModelContextProtocol

struct MessageScannerTests {
    static func message(_ text: String) throws -> ScannedMessage? {
        guard case .message(let message) = try MessageScanner.scan(ByteBuffer(string: text)) else { return nil }
        return message
    }

    @Test("reads the routing fields in any order, among unknown ones")
    func fields() throws {
        let text =
            #" { "x":[{"id":9}], "params" : {"name":"echo","arguments":{"a":[1,2]},"_meta":{"progressToken":0}}, "#
            + #""method":"tools/call", "id" : "a\"b", "jsonrpc":"2.0" } "#
        let message = try #require(try Self.message(text))
        #expect(message.isVersion2)
        #expect(message.id == .valid(.string("a\"b")))
        #expect(message.method == .named("tools/call"))
        #expect(message.meta == ["progressToken": 0])
        #expect(!message.hasOutcome)
        let params = Params(message, in: ByteBuffer(string: text))
        #expect(try params.value("arguments") == ["a": [1, 2]])
        #expect(try params.string("name") == "echo")
        #expect(try params.value("cursor") == nil)
    }

    @Test("keeps an integer id as it was written", arguments: ["0", "-7", "12345678901234567890"])
    func integerIDs(text: String) throws {
        let message = try #require(try Self.message(#"{"jsonrpc":"2.0","id":\#(text),"method":"ping"}"#))
        let id = try #require(message.requestID)
        let answer = MessageEncoder.legacy.response(id: id, ResultBody())
        #expect(String(buffer: answer) == #"{"jsonrpc":"2.0","id":\#(text),"result":{}}"#)
    }

    @Test(
        "refuses what is not JSON",
        arguments: [
            "", "   ", "{", "nope", "{\"id\":1,}", "{\"a\" 1}", "{}x", "[1", "\u{feff}{}",
            String(repeating: "[", count: 100_000), #"{"a":"# + String(repeating: "{\"a\":", count: 100_000),
            #"{"id":1,"id":2}"#, #"{"method":"a","method":"b"}"#, #"{"id":"\ud800"}"#,
            #"{"params":{"_meta":"\udc00"}}"#, #"{"params":{"a":1,"a":2}}"#, #"{"params":{"_meta":{},"_meta":{}}}"#,
            #"[{"id":1,"id":2}]"#, #"{"params":{"x":"\ud83d"}}"#, #"{"params":{"x":["\q"]}}"#, #"{"x":"\u12"}"#,
        ])
    func invalid(text: String) {
        #expect {
            try MessageScanner.scan(ByteBuffer(string: text))
        } throws: {
            ($0 as? RPCError)?.code == .parseError
        }
    }

    @Test(
        "refuses bytes that are not UTF-8, wherever they stand",
        arguments: [
            [0xFF], Array(#"{"x":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8),
            Array(#"{"x":""#.utf8) + [0xED, 0xA0, 0x80] + Array(#""}"#.utf8),
        ])
    func invalidUTF8(bytes: [UInt8]) {
        #expect {
            try MessageScanner.scan(ByteBuffer(bytes: bytes))
        } throws: {
            ($0 as? RPCError)?.code == .parseError
        }
    }

    @Test(
        "finds what is wrong inside parameters when they are read",
        arguments: [#"{"a":{"b":1,"b":2}}"#, #"{"a":[{"b":1,"b":2}]}"#])
    func badParameters(params: String) throws {
        let text = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":\#(params)}"#
        let message = try #require(try Self.message(text))
        #expect {
            try Params(message, in: ByteBuffer(string: text)).value("a")
        } throws: { error in
            guard let error = error as? RPCError, error.code == .parseError else { return false }
            return error.message.contains("at byte")
        }
    }

    @Test("tells arrays and other values from messages")
    func otherShapes() throws {
        #expect(try MessageScanner.scan(ByteBuffer(string: " [ ] ")) == .batch([]))
        guard case .batch(let batch) = try MessageScanner.scan(ByteBuffer(string: #"[{"id":1},5,[{}],{"method":"x"}]"#))
        else {
            Issue.record("not a batch")
            return
        }
        #expect(batch.map { $0 == nil } == [false, true, true, false])
        #expect(batch.first??.id == .valid(.number(JSONNumber(1))))
        #expect(try MessageScanner.scan(ByteBuffer(string: "\"x\"")) == .scalar)
    }

    @Test("survives every kind of damage to a message")
    func damage() {
        let text = Array(
            #"{"jsonrpc":"2.0","id":"é😀","method":"tools/call","params":{"name":"x","_meta":{"progressToken":1}}}"#.utf8
        )
        var generator = SeededGenerator(state: 42)
        let pieces: [[UInt8]] = [
            [0xFF], [0x5C], [0x22], [0x7B], [0x5B], [0x00], [0xED, 0xA0, 0x80], Array("\\ud800".utf8),
        ]
        var refused = 0
        for _ in 0..<5000 {
            var bytes = text
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let start = Int.random(in: 0...bytes.count, using: &generator)
                let end = min(bytes.count, start + Int.random(in: 0...3, using: &generator))
                bytes.replaceSubrange(start..<end, with: pieces.randomElement(using: &generator) ?? [])
            }
            let body = ByteBuffer(bytes: bytes)
            do throws(RPCError) {
                let scanned = try MessageScanner.scan(body)
                guard case .message(let message) = scanned else { continue }
                _ = RequestClassifier.classify(message, version: .absent)
                for member in message.members { _ = try Params(message, in: body).value(member.key) }
            } catch {
                #expect(error.code == .parseError)
                refused += 1
            }
        }
        #expect(refused > 1000)
    }

    /// SplitMix64: the same damage in every run.
    struct SeededGenerator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            self.state &+= 0x9E37_79B9_7F4A_7C15
            var value = self.state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    @Test("what stands for the parameters but is no object is told by its kind")
    func malformedParams() throws {
        let kinds = [
            ("[]", "an array"), ("\"x\"", "a string"), ("1", "a number"), ("true", "a boolean"), ("null", nil),
        ]
        for (text, kind) in kinds {
            #expect(try Self.message(#"{"params":\#(text)}"#)?.malformedParams == kind)
        }
    }

    @Test("an id may be long, but not without bound")
    func idLength() {
        #expect(RequestID(.string(String(repeating: "x", count: RequestID.maximumBytes))) != nil)
        #expect(RequestID(.string(String(repeating: "x", count: RequestID.maximumBytes + 1))) == nil)
    }
}
