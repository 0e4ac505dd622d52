import HTTPServer
import NIOCore
import NIOHTTP1

/// The ways to answer one HTTP request; holds nothing of the request, so that a long call does not keep its body.
final class Answerer: Sendable {
    let responder: HTTPResponder
    let crossOrigin: CrossOrigin

    init(_ responder: HTTPResponder, _ crossOrigin: CrossOrigin) {
        self.responder = responder
        self.crossOrigin = crossOrigin
    }

    var eventLoop: any EventLoop { self.responder.eventLoop }

    func reply(_ status: HTTPResponseStatus, _ message: ByteBuffer, headers: HTTPHeaders = [:]) {
        self.responder.send(.json(status, message, headers: self.completed(headers)))
    }

    func fail(_ status: HTTPResponseStatus, _ error: RPCError, id: RequestID? = nil, headers: HTTPHeaders = [:]) {
        self.reply(status, MessageEncoder.error(id: id, error), headers: headers)
    }

    /// Answers without a JSON body.
    func finish(_ status: HTTPResponseStatus, text: String = "", headers: HTTPHeaders = [:]) {
        var headers = self.completed(headers)
        if !text.isEmpty { headers.replaceOrAdd(name: "content-type", value: "text/plain; charset=utf-8") }
        self.responder.send(HTTPResponse(status: status, headers: headers, body: ByteBuffer(string: text)))
    }

    func startEventStream(headers: HTTPHeaders = [:]) -> EventStream {
        self.responder.startEventStream(headers: self.completed(headers))
    }

    private func completed(_ headers: HTTPHeaders) -> HTTPHeaders {
        guard self.crossOrigin.origin != nil else { return headers }
        var headers = headers
        headers.add(contentsOf: self.crossOrigin.responseHeaders)
        return headers
    }
}
