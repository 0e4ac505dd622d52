import JSON

/// Hints for clients; claims, not promises.
package struct ToolAnnotations: Sendable {
    package var readOnly: Bool?
    package var destructive: Bool?
    package var idempotent: Bool?
    package var openWorld: Bool?

    package init(readOnly: Bool? = nil, destructive: Bool? = nil, idempotent: Bool? = nil, openWorld: Bool? = nil) {
        self.readOnly = readOnly
        self.destructive = destructive
        self.idempotent = idempotent
        self.openWorld = openWorld
    }

    /// The hints that were given, by their names on the wire.
    var members: JSONObject {
        var object = JSONObject()
        object["readOnlyHint"] = self.readOnly.map { JSONValue($0) }
        object["destructiveHint"] = self.destructive.map { JSONValue($0) }
        object["idempotentHint"] = self.idempotent.map { JSONValue($0) }
        object["openWorldHint"] = self.openWorld.map { JSONValue($0) }
        return object
    }
}
