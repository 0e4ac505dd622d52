import ModelContextProtocol

/// Tools that make the server tell its clients of changes.
struct ChangeTools {
    let notifier: ChangeNotifier
    let document: WatchedDocument

    var all: [Tool] {
        let (notifier, document) = (self.notifier, self.document)
        return [
            Tool(
                name: "test_trigger_tool_change", title: "Change the tools",
                description: "Tells clients that the list of tools has changed, which it has not."
            ) { _ in
                notifier.listChanged(.tools)
                return .text("Clients were told to list the tools anew.")
            },
            Tool(
                name: "test_trigger_prompt_change", title: "Change the prompts",
                description: "Tells clients that the list of prompts has changed, which it has not."
            ) { _ in
                notifier.listChanged(.prompts)
                return .text("Clients were told to list the prompts anew.")
            },
            Tool(
                name: "test_update_watched_resource", title: "Change a resource",
                description: "Changes the contents of \(WatchedDocument.uri) and tells who subscribed to it."
            ) { _ in
                .text("The resource is now at version \(document.update()).")
            },
        ]
    }
}
