import HTTPServer
import HTTPSyntax
import NIOHTTP1
import UpstreamPipeline

/// Decides how an origin's answer reaches the client.
enum AnswerTranslation {
    /// The head without what ends at this hop.
    static func endToEnd(_ head: AnswerHead, addsVia: Bool = true) -> AnswerHead {
        var result = head
        let named = HopByHop.named(in: head.headers)
        result.headers = HTTPHeaders()
        result.headers.reserveCapacity(head.headers.count + 2)
        for (name, value) in head.headers {
            let lowercased = name.lowercased()
            guard !HopByHop.contains(lowercased, named: named), lowercased != "content-length" else { continue }
            result.headers.add(name: name, value: value)
        }
        if addsVia { Via.add(to: &result.headers, protocolVersion: head.isHTTP2 ? "2" : "1.1") }
        return result
    }

    /// Whether no name or value would break the message apart.
    static func isSendable(_ headers: HTTPHeaders) -> Bool {
        headers.allSatisfy { FieldSyntax.isName($0.name) && FieldSyntax.isValue($0.value) }
    }

    /// Whether neither the headers nor the reason would break the message apart.
    static func isSendable(_ head: AnswerHead) -> Bool {
        self.isSendable(head.headers) && FieldSyntax.isValue(head.reason)
    }

    /// The status with the origin's own words.
    static func status(of head: AnswerHead) -> HTTPResponseStatus {
        let known = HTTPResponseStatus(statusCode: head.status)
        return head.reason.isEmpty || head.reason == known.reasonPhrase
            ? known : .custom(code: UInt(head.status), reasonPhrase: head.reason)
    }

    /// - Throws: when a name or value would break the message apart.
    static func response(_ head: AnswerHead) throws(ProxyRefusal) -> StreamedResponse {
        guard self.isSendable(head) else { throw ProxyRefusal(.exchange(.notHTTP)) }
        return StreamedResponse(
            status: self.status(of: head), headers: head.headers, contentLength: head.contentLength,
            addsCommonHeaders: false)
    }
}
