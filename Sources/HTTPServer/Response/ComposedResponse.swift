import HTTPSyntax
import NIOCore
import NIOHTTP1

/// A handler's answer as it will go out: all is decided, and whoever writes it puts it into words once.
struct ComposedResponse {
    enum Length {
        /// Answers of this status have none.
        case none
        case bytes(Int)
        /// What the handler says of the body that HEAD leaves out.
        case declared(String)
    }

    let status: HTTPResponseStatus
    /// As the handler gave them.
    let given: HTTPHeaders
    let survey: HeaderSurvey
    let common: CommonHeaders
    let date: String
    var body = ByteBuffer()
    var length = Length.none
    var isGzipped = false
    /// Whether to say that the body depends on `Accept-Encoding`.
    var addsVary = false

    /// The headers as HTTP/2 takes them.
    var headers: HTTPHeaders {
        var headers = HTTPHeaders()
        headers.reserveCapacity(self.given.count + CommonHeaders.count + 3)
        self.forEachHeader { headers.add(name: $0, value: $1) }
        return headers
    }

    /// Calls `body` with name and value of every header, in the order they go out.
    @inline(__always)
    func forEachHeader(_ body: (String, String) -> Void) {
        let hasReserved = self.survey.fields.contains(.reserved)
        for (name, value) in self.given {
            if hasReserved, HeaderSurvey.isReserved(name) { continue }
            // Other bytes than the handler's: the tag only vouches for the meaning now (RFC 9110, section 8.8.1).
            let isWeakened = self.isGzipped && name.isSame(as: "etag") && !value.hasPrefix("W/")
            body(name, isWeakened ? "W/" + value : value)
        }
        if self.addsVary { body("vary", "accept-encoding") }
        if self.isGzipped { body("content-encoding", "gzip") }
        switch self.length {
        case .none: break
        case .bytes(let count): body("content-length", String(count))
        case .declared(let text): body("content-length", text)
        }
        if !self.survey.fields.contains(.date) { body("date", self.date) }
        self.common.forEach(missingFrom: self.survey.fields, body)
    }
}
