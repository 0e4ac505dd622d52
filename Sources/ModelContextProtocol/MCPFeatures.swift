/// What a server offers; what is empty or false is not declared, and its methods do not exist.
package struct MCPFeatures: Sendable {
    /// Their names must differ.
    package var tools: [Tool]
    package var resources: [Resource]
    package var resourceTemplates: [ResourceTemplate]
    package var prompts: [Prompt]
    /// Whether ``MCPServer/listChanged(_:)`` will ever be called.
    package var announcesListChanges = false
    /// Whether clients may ask to be told of changes of single resources.
    package var takesSubscriptions = false
    /// Whether handlers send log messages.
    package var logs = false
    /// Whether handlers go on as tasks.
    package var runsTasks = false

    package init(
        tools: [Tool] = [], resources: [Resource] = [], resourceTemplates: [ResourceTemplate] = [],
        prompts: [Prompt] = []
    ) {
        self.tools = tools
        self.resources = resources
        self.resourceTemplates = resourceTemplates
        self.prompts = prompts
    }

    var hasResources: Bool { !self.resources.isEmpty || !self.resourceTemplates.isEmpty }

    var hasCompletions: Bool {
        self.resourceTemplates.contains { $0.complete != nil }
            || self.prompts.contains { $0.arguments.contains { $0.complete != nil } }
    }
}
