import Compression
import FuzzSupport
import HTTPServer
import NIOCore

/// What must hold of a connection, whatever the client sends.
enum ConnectionRules {
    static func check(_ input: [UInt8]) throws {
        let script = Script(input)
        let whole = try self.played(script)
        guard !script.dependsOnReads else { return }
        let piecemeal = try self.played(script.piecemeal)
        promise(whole.handled == piecemeal.handled, "other requests when the bytes come piecemeal")
        promise(whole.responses.count == piecemeal.responses.count, "more answers when the bytes come piecemeal")
        // Of several things that are wrong with a request, another may be noticed first.
        let answers = zip(whole.responses, piecemeal.responses).prefix(whole.handled.count)
        promise(answers.allSatisfy { $0 == $1 }, "other answers when the bytes come piecemeal")
    }

    private static func played(
        _ script: Script
    ) throws -> (handled: [ScriptedHandler.Handled], responses: [WireResponse]) {
        let connection = try Connection()
        let responses = try connection.play(script)
        let handled = connection.handler.handled
        for request in handled {
            promise(request.body.count <= Connection.bodyBytes, "a body over the limit")
            promise(!request.path.isEmpty && !request.path.contains("?"), "a path: \(request.path)")
        }
        for (request, response) in zip(handled, responses) { self.check(request, response, connection.isBroken) }
        promise(responses.count <= handled.count + 1, "more answers than requests")
        if responses.count > handled.count, let refusal = responses.last {
            promise(refusal.status >= 400 && refusal["connection"] == ["close"], "an answer to nothing")
        }
        promise(connection.isBroken || responses.count >= handled.count, "a request without an answer")
        return (handled, responses.map(\.timeless))
    }

    private static func check(_ request: ScriptedHandler.Handled, _ response: WireResponse, _ isBroken: Bool) {
        promise(response.isComplete || isBroken || request.isStream, "an answer that is cut off")
        guard response.isComplete, let expected = request.expected, request.method != "HEAD" else { return }
        promise(response.status == 200, "status \(response.status)")
        guard response["content-encoding"] == ["gzip"] else {
            return promise(response.body == expected, "another body")
        }
        let plain = try? Gzip.decompress(ByteBuffer(bytes: response.body), limitBytes: 1 << 16)
        promise(plain.map { Array($0.readableBytesView) } == expected, "another body, compressed")
    }
}
