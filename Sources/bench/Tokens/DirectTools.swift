import BiteTrack
import JSON
import UpstreamPipeline

/// What a server with one tool for each endpoint would show a model.
enum DirectTools {
    /// Endpoints without a tool, besides the developers' test data and reads that the API itself does not have: pages about it.
    private static let left: Set<String> = ["GET /", "GET /docs.json", "GET /health/mongodb"]

    static let routes = BiteTrackRoutes.table.routes.filter { route in
        route.pick == nil && !route.template.hasPrefix("/test-data") && !left.contains(route.id)
    }

    /// The definitions, as in `tools/list`.
    static var definitions: JSONValue { .array(self.routes.map(self.definition)) }

    static func name(_ route: Route) -> String {
        let parts = route.template.split(whereSeparator: { !$0.isLetter })
        return ([route.method.lowercased()] + parts.map { $0.lowercased() }).joined(separator: "_")
    }

    private static func definition(_ route: Route) -> JSONValue {
        let isRead = route.method == "GET"
        return [
            "name": .string(self.name(route)),
            "description": .string("\(route.summary) Needs \(route.access.description)."),
            "inputSchema": self.schema(of: route.parameters),
            "annotations": ["readOnlyHint": .bool(isRead), "destructiveHint": .bool(!isRead)],
        ]
    }

    private static func schema(of parameters: [Parameter]) -> JSONValue {
        var properties: JSONObject = [:]
        for parameter in parameters { properties.append(parameter.name, self.schema(parameter)) }
        let required = parameters.filter(\.isRequired).map { JSONValue.string($0.name) }
        return [
            "type": "object", "properties": .object(properties), "required": .array(required),
            "additionalProperties": false,
        ]
    }

    private static func schema(_ parameter: Parameter) -> JSONValue {
        switch parameter.kind {
        case .objectID: ["type": "string", "pattern": "^[0-9a-f]{24}$", "description": "24 hex digits"]
        case .string(let length): ["type": "string", "maxLength": JSONValue(length)]
        case .integer(let range):
            ["type": "integer", "minimum": JSONValue(range.lowerBound), "maximum": JSONValue(range.upperBound)]
        case .number(let range): ["type": "number", "minimum": JSONValue(range.lowerBound)]
        case .boolean: ["type": "boolean"]
        case .oneOf(let options): ["type": "string", "enum": .array(options.map { .string($0) })]
        case .date: ["type": "string", "description": "YYYY-MM-DD or ISO 8601"]
        case .email: ["type": "string", "format": "email"]
        case .secret: ["type": "string", "minLength": 1]
        case .objects(let members, let count):
            [
                "type": "array", "minItems": JSONValue(count.lowerBound), "maxItems": JSONValue(count.upperBound),
                "items": self.schema(of: members),
            ]
        }
    }
}
