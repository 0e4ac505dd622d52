import HTTPServer
import Sessions

/// One HTTP request that passed the guards, and the way to answer it.
///
/// A class, because it is handed through many functions and holds many strings.
final class Exchange: Sendable {
    let request: HTTPRequest
    let fields: RequestFields
    let principal: Principal
    let answerer: Answerer

    init(_ request: HTTPRequest, _ fields: RequestFields, _ responder: HTTPResponder, _ crossOrigin: CrossOrigin) {
        self.request = request
        self.fields = fields
        self.principal = Principal(authorization: fields.authorization.value)
        self.answerer = Answerer(responder, crossOrigin)
    }

    /// Whether the body is declared as JSON, which also keeps plain cross-site forms out.
    var isJSON: Bool {
        guard let value = self.fields.contentType.value else { return false }
        if value == "application/json" { return true }
        let type = value.prefix { $0 != ";" }
        return type.filter { $0 != " " && $0 != "\t" }.lowercased() == "application/json"
    }
}
