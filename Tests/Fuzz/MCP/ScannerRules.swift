import FuzzSupport
import JSON
import NIOCore
import NIOHTTP1

@testable import ModelContextProtocol

/// The scanner reads a body in one pass and the strict parser builds it: both must see the same.
enum ScannerRules {
    /// Deeper than anything the scanner lets through.
    private static let maximumDepth = 256
    private static let ladder = StatelessLadder(
        catalogue: FeatureCatalogue(
            Workshop(pulse: Pulse()).features, configuration: MCPConfiguration(serverName: "fuzz", serverVersion: "1")))

    static func check(_ body: [UInt8], _ headers: HTTPHeaders) {
        let buffer = ByteBuffer(bytes: body)
        do throws(RPCError) {
            let scanned = try MessageScanner.scan(buffer)
            guard let value = self.value(body) else { return }
            switch scanned {
            case .scalar: promise(value.objectValue == nil && value.arrayValue == nil, "a scalar that is none")
            case .batch(let messages):
                let elements = value.arrayValue ?? []
                promise(min(elements.count, MessageScanner.maximumBatch + 1) == messages.count, "a batch cut short")
                for (message, element) in zip(messages, elements) {
                    promise((message != nil) == (element.objectValue != nil), "an element mistaken")
                    if let message { self.check(message, element, buffer) }
                }
            case .message(let message):
                self.check(message, value, buffer)
                self.check(message, buffer, headers)
            }
        } catch {
            let isWellFormed = (try? JSONValue(parsing: body, maximumDepth: MessageScanner.maximumDepth)) != nil
            promise(!isWellFormed || error.code == .invalidRequest, "JSON is refused: \(error)")
        }
    }

    /// What the strict parser makes of a body the scanner accepts; nil when keys stand twice where nobody looks.
    private static func value(_ body: [UInt8]) -> JSONValue? {
        do throws(JSONError) {
            return try JSONValue(parsing: body, maximumDepth: self.maximumDepth)
        } catch {
            promise(error.code == .duplicateKey, "what is not JSON is accepted: \(error)")
            return nil
        }
    }

    private static func check(_ message: ScannedMessage, _ value: JSONValue, _ body: ByteBuffer) {
        promise(message.isVersion2 == (value["jsonrpc"] == "2.0"), "another version")
        switch message.id {
        case .absent: promise(value["id"] == nil, "an id overlooked")
        case .malformed: promise(value["id"].map { RequestID($0) == nil } ?? false, "an id refused")
        case .valid(let id): promise(id.value == value["id"], "another id")
        }
        switch message.method {
        case .absent: promise(value["method"] == nil, "a method overlooked")
        case .malformed: promise(value["method"].map { $0.stringValue == nil } ?? false, "a method refused")
        case .named(let method): promise(method == value["method"]?.stringValue, "another method")
        }
        promise(self.value(message.result, body) == value["result"], "another result")
        promise(self.value(message.error, body) == value["error"], "another error")
        let params = value["params"]
        promise(message.meta == params?["_meta"], "another _meta")
        let isMalformed = params.map { $0.objectValue == nil && !$0.isNull } ?? false
        promise((message.malformedParams != nil) == isMalformed, "params mistaken")
        self.check(Params(message, in: body), message, params?.objectValue ?? [:])
    }

    private static func value(_ range: Range<Int>?, _ body: ByteBuffer) -> JSONValue? {
        range.flatMap { range in
            try? JSONValue(parsing: body.readableBytesUInt8Span.extracting(range), maximumDepth: self.maximumDepth)
        }
    }

    private static func check(_ params: Params, _ message: ScannedMessage, _ object: JSONObject) {
        let expected = object.filter { $0.key != "_meta" }
        promise(message.members.map(\.key) == expected.map(\.key), "other members")
        do throws(RPCError) {
            for (key, value) in expected {
                promise(params.contains(key), "a member overlooked")
                promise(try params.value(key) == (value.isNull ? nil : value), "another member")
            }
            let text = try params.canonicalText(without: ["state"])
            let again = ByteBuffer(bytes: Array(#"{"params":"#.utf8) + text + Array("}".utf8))
            guard case .message(let message) = try MessageScanner.scan(again) else { finding("no message: \(text)") }
            promise(try Params(message, in: again).canonicalText(without: []) == text, "a canonical text that is none")
        } catch { finding("members cannot be read: \(error)") }
    }

    /// Whatever a request of 2026-07-28 says, its refusal is one of two.
    private static func check(_ message: ScannedMessage, _ body: ByteBuffer, _ headers: HTTPHeaders) {
        let version = HeaderField("mcp-protocol-version", in: headers)
        guard case .selfDescribing(_, let method) = RequestClassifier.classify(message, version: version) else {
            return
        }
        do throws(StatelessLadder.Refusal) {
            let meta = try self.ladder.check(
                message, method: method, params: Params(message, in: body), fields: RequestFields(headers),
                headers: headers)
            promise(version == .single(meta.revision), "a revision that the header does not name")
        } catch { promise([400, 404].contains(error.status), "status \(error.status)") }
    }
}
