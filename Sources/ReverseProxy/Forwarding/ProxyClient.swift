package import HTTPServer
import HTTPSyntax
package import NIOCore
import NIOHTTP1
import Streaming
import UpstreamPipeline

/// The client of one request, for whoever answers it.
///
/// Safe to use from any thread.
package struct ProxyClient: Sendable {
    private let responder: HTTPResponder
    private let takesTrailers: Bool

    init(responder: HTTPResponder, takesTrailers: Bool) {
        self.responder = responder
        self.takesTrailers = takesTrailers
    }

    package var eventLoop: any EventLoop { self.responder.eventLoop }

    /// Answers with a head and a body that may still be under way; a body that fails cuts the answer off.
    package func send(_ answer: ProxyAnswer) {
        do throws(ProxyRefusal) {
            var response = try AnswerTranslation.response(answer.head)
            response.sendsTrailers = self.takesTrailers
            self.responder.send(response, body: answer.body)
        } catch {
            answer.body.close()
            self.refuse(error)
        }
    }

    /// Answers with a whole response, of which the server may add nothing but `Date` and its own headers.
    package func send(_ response: HTTPResponse) { self.responder.send(response) }

    /// Answers with a response that is kept as bytes.
    package func send(_ response: some PrecomposedResponse) { self.responder.send(response) }

    /// Passes an interim answer on; one that cannot be sent is left out, since none is needed.
    func sendInterim(_ head: AnswerHead) {
        let fields = AnswerTranslation.endToEnd(head, addsVia: false).headers
        guard AnswerTranslation.isSendable(fields), FieldSyntax.isValue(head.reason) else { return }
        self.responder.sendInterim(AnswerTranslation.status(of: head), headers: fields)
    }

    package func refuse(_ refusal: ProxyRefusal) { self.responder.send(refusal.response) }

    /// Calls `callback` once if the client goes away before it has the whole answer.
    package func onDisconnect(_ callback: @escaping @Sendable () -> Void) { self.responder.onDisconnect(callback) }
}
