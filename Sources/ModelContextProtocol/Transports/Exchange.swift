import HTTPServer
import NIOCore
import NIOHTTP1
import Sessions

/// One HTTP request that passed the guards, and the ways to answer it.
struct Exchange: Sendable {
    let request: HTTPRequest
    let fields: RequestFields
    let responder: HTTPResponder
    let crossOrigin: CrossOrigin
    let principal: Principal

    init(_ request: HTTPRequest, _ fields: RequestFields, _ responder: HTTPResponder, _ crossOrigin: CrossOrigin) {
        self.request = request
        self.fields = fields
        self.responder = responder
        self.crossOrigin = crossOrigin
        self.principal = Principal(authorization: fields.authorization.value)
    }

    /// Whether the body is declared as JSON, which also keeps plain cross-site forms out.
    var isJSON: Bool {
        guard let value = self.fields.contentType.value else { return false }
        if value == "application/json" { return true }
        let type = value.prefix { $0 != ";" }
        return type.filter { $0 != " " && $0 != "\t" }.lowercased() == "application/json"
    }

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
