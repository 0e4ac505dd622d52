package import HTTPServer
import NIOCore
import NIOHTTP1

/// A handler made of a closure.
package struct FunctionHandler: HTTPHandler {
    package let body: @Sendable (HTTPRequest, HTTPResponder) -> Void

    package init(_ body: @escaping @Sendable (HTTPRequest, HTTPResponder) -> Void) { self.body = body }

    package func handle(_ request: HTTPRequest, _ responder: HTTPResponder) { self.body(request, responder) }

    /// Answers with the method, path and body it was asked with.
    package static let echo = FunctionHandler { request, responder in
        let query = request.query.map { "?" + $0 } ?? ""
        let text = "\(request.method.rawValue) \(request.path)\(query) \(String(buffer: request.body))"
        responder.send(
            HTTPResponse(status: .ok, headers: ["content-type": "text/plain"], body: ByteBuffer(string: text)))
    }
}
