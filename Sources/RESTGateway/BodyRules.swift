import Compression
import JSON
import NIOCore
import UpstreamPipeline

/// What the body of a client's request must be, so that no shape of it can harm the API.
///
/// Whether its values are right is the API's to say: only what would end the API's process, or reach its database as an
/// operator, is refused here. The bytes go on as they came.
enum BodyRules {
    /// Updates that hand their body to the database: nothing but the fields of the route may stand in it.
    private static let updates: Set<String> = ["PATCH /customers/{id}", "PATCH /products/{id}", "PATCH /sellers/{id}"]
    private static let maximumDepth = 32

    /// - Returns: the content type to send the body with; nil for no body.
    /// - Throws: `.invalidArguments` with the status to answer.
    static func check(_ body: ByteBuffer, contentType: String?, of route: Route) throws(PipelineError) -> String? {
        guard body.readableBytes > 0 else { return nil }
        let type = (contentType ?? "").prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        if route.id.hasSuffix("/import"), type == "multipart/form-data", let contentType { return contentType }
        guard type == "application/json" else {
            throw self.refusal(
                415,
                route.id.hasSuffix("/import")
                    ? "the body must be multipart/form-data" : "the body must be application/json")
        }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: Array(body.readableBytesView), maximumDepth: self.maximumDepth)
        } catch { throw self.refusal(400, "the body is not JSON: \(error)") }
        guard let object = value.objectValue else {
            throw self.refusal(400, "the body must be a JSON object, not \(value.kind)")
        }
        try self.checkNames(.object(object))
        for (name, value) in object {
            guard let parameter = route.parameters.first(where: { $0.name == name && $0.place == .body }) else {
                guard !self.updates.contains(route.id) else {
                    throw self.refusal(
                        400, "\(route.id) has no field \(JSONValue.string(String(name.prefix(60))).text)")
                }
                continue
            }
            try self.check(value, parameter)
        }
        return "application/json"
    }

    /// No name that a database takes for an operator or a path.
    private static func checkNames(_ value: JSONValue) throws(PipelineError) {
        switch value {
        case .array(let elements): for element in elements { try self.checkNames(element) }
        case .object(let members):
            for (name, value) in members {
                guard !name.hasPrefix("$"), !name.utf8.contains(UInt8(ascii: ".")), name != "__proto__" else {
                    throw self.refusal(
                        400, "the body must not have a field \(JSONValue.string(String(name.prefix(60))).text)")
                }
                try self.checkNames(value)
            }
        default: break
        }
    }

    private static func check(_ value: JSONValue, _ parameter: Parameter) throws(PipelineError) {
        if case .objects(let members, _) = parameter.kind {
            return try self.check(value, parameter.name, membersOf: members)
        }
        guard value.arrayValue == nil, value.objectValue == nil else {
            throw self.refusal(400, "the field `\(parameter.name)` must be a single value, not \(value.kind)")
        }
        let isText: Bool =
            switch parameter.kind {
            case .objectID, .string, .date, .email, .secret, .oneOf: true
            case .integer, .number, .boolean, .objects: false
            }
        guard !isText || value.isNull || value.stringValue != nil else {
            throw self.refusal(400, "the field `\(parameter.name)` must be a string, not \(value.kind)")
        }
        guard case .objectID = parameter.kind, let text = value.stringValue else { return }
        guard ObjectIDText.isValid(text) else {
            throw self.refusal(400, "the field `\(parameter.name)` must be an id of 24 hexadecimal digits")
        }
    }

    /// How many there may be is the API's affair.
    private static func check(
        _ value: JSONValue, _ name: String, membersOf parameters: [Parameter]
    ) throws(PipelineError) {
        guard let elements = value.arrayValue, elements.allSatisfy({ $0.objectValue != nil }) else {
            throw self.refusal(400, "the field `\(name)` must be a list of objects")
        }
        for element in elements {
            for parameter in parameters {
                if let member = element[parameter.name] { try self.check(member, parameter) }
            }
        }
    }

    /// The body without content coding.
    ///
    /// - Parameter limitBytes: of what comes out.
    static func decoded(
        _ body: ByteBuffer, encoding: String?, limitBytes: Int
    ) throws(PipelineError) -> ByteBuffer {
        switch encoding?.lowercased() {
        case nil, "", "identity": return body
        case "gzip", "x-gzip":
            do { return try Gzip.decompress(body, limitBytes: limitBytes) } catch {
                if case .tooLarge = error {
                    throw self.refusal(413, "the body expands to more than \(limitBytes) bytes")
                }
                throw self.refusal(400, "the body cannot be read: \(error)")
            }
        case .some: throw self.refusal(415, "the body may come as it is or in gzip")
        }
    }

    private static func refusal(_ status: Int, _ message: String) -> PipelineError {
        PipelineError(.invalidArguments, origin: .caller, status: status, message: message)
    }
}
