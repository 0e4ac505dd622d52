import JSON

/// What a client says it can do: once in a handshake, or with each request of 2026-07-28.
package struct ClientCapabilities: Sendable, Equatable {
    /// Can show a form to its user and send what was filled in.
    package private(set) var elicitsForms = false
    /// Can ask its user to open a page.
    package private(set) var elicitsURLs = false
    /// Can ask its model.
    package private(set) var samples = false
    /// Can list the folders it works in.
    package private(set) var listsRoots = false
    /// Identifiers of protocol extensions, such as `io.modelcontextprotocol/tasks`.
    package private(set) var extensions: Set<String> = []

    package init() {}

    /// Reads a `ClientCapabilities` object; what a revision does not know is not there.
    init(_ value: JSONValue?, revision: ProtocolRevision) {
        self.samples = value?["sampling"]?.objectValue != nil
        self.listsRoots = value?["roots"]?.objectValue != nil
        if revision >= .june2025, let elicitation = value?["elicitation"]?.objectValue {
            // An empty object is what clients sent before there were modes: it means forms, and never pages.
            self.elicitsForms = elicitation["form"]?.objectValue != nil || elicitation["url"] == nil
            self.elicitsURLs = revision >= .november2025 && elicitation["url"]?.objectValue != nil
        }
        if revision.isModern, let extensions = value?["extensions"]?.objectValue {
            self.extensions = Set(extensions.map(\.key))
        }
    }

    /// Whether work may go on as a task that outlives its request.
    package var tracksTasks: Bool { self.extensions.contains(TaskExtension.identifier) }
}
