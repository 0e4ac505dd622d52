import JSON

/// One resource with a fixed URI.
package struct Resource: Sendable {
    package var uri: String
    package var name: String
    package var title: String?
    package var description: String?
    package var mimeType: String?
    /// Bytes of the raw contents, when known.
    package var size: Int?
    package var icons: [Icon] = []
    package var handler: Handler<ResourceCall, [ResourceContents]>

    package init(
        uri: String, name: String, title: String? = nil, description: String? = nil, mimeType: String? = nil,
        size: Int? = nil, handler: Handler<ResourceCall, [ResourceContents]>
    ) {
        self.uri = uri
        self.name = name
        self.title = title
        self.description = description
        self.mimeType = mimeType
        self.size = size
        self.handler = handler
    }

    func definition(for revision: ProtocolRevision) -> JSONValue {
        var object: JSONObject = ["uri": .string(self.uri), "name": .string(self.name)]
        if revision >= .june2025 { object["title"] = self.title.map { .string($0) } }
        object["description"] = self.description.map { .string($0) }
        object["mimeType"] = self.mimeType.map { .string($0) }
        if revision >= .march2025 { object["size"] = self.size.map { JSONValue($0) } }
        if revision >= .november2025, !self.icons.isEmpty { object["icons"] = .array(self.icons.map(\.json)) }
        return .object(object)
    }
}

/// A family of resources whose URIs follow a template (RFC 6570).
package struct ResourceTemplate: Sendable {
    /// Variables as `{name}`, which holds no slash, or `{+name}`, which may.
    package var uriTemplate: String
    package var name: String
    package var title: String?
    package var description: String?
    package var mimeType: String?
    package var icons: [Icon] = []
    package var handler: Handler<ResourceCall, [ResourceContents]>
    /// Proposes values of a variable; nil for none.
    package var complete: Completer?

    package init(
        uriTemplate: String, name: String, title: String? = nil, description: String? = nil, mimeType: String? = nil,
        complete: Completer? = nil, handler: Handler<ResourceCall, [ResourceContents]>
    ) {
        self.uriTemplate = uriTemplate
        self.name = name
        self.title = title
        self.description = description
        self.mimeType = mimeType
        self.complete = complete
        self.handler = handler
    }

    func definition(for revision: ProtocolRevision) -> JSONValue {
        var object: JSONObject = ["uriTemplate": .string(self.uriTemplate), "name": .string(self.name)]
        if revision >= .june2025 { object["title"] = self.title.map { .string($0) } }
        object["description"] = self.description.map { .string($0) }
        object["mimeType"] = self.mimeType.map { .string($0) }
        if revision >= .november2025, !self.icons.isEmpty { object["icons"] = .array(self.icons.map(\.json)) }
        return .object(object)
    }
}

/// One reading of a resource.
package struct ResourceCall: Sendable {
    package let uri: String
    /// Values of the template's variables, percent-decoded; empty for a resource with a fixed URI.
    package let variables: [String: String]
    package let context: RequestContext
}

/// Thrown by a resource's handler when there is nothing at the URI.
package struct ResourceNotFound: Error, Sendable, Equatable {
    package var uri: String

    package init(uri: String) { self.uri = uri }
}
