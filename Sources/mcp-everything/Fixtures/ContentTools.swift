import JSON
import ModelContextProtocol

/// Tools that show the kinds of content a result may hold; all answer at once.
enum ContentTools {
    static let all: [Tool] = [
        Tool(name: "test_simple_text", title: "Simple text", description: "Answers with a text.") { _ in
            .text("This is a simple text response for testing.")
        },
        ContentTools.image,
        Tool(name: "test_audio_content", title: "Audio", description: "Answers with a very short tone.") { _ in
            ToolResult(content: [.audio(base64: Sample.wav, mimeType: "audio/wav")])
        },
        Tool(
            name: "test_embedded_resource", title: "Embedded resource",
            description: "Answers with a resource and its contents."
        ) { _ in
            ToolResult(content: [.resource(ContentTools.embedded)])
        },
        Tool(
            name: "test_resource_link", title: "Resource link",
            description: "Answers with a link to a resource that can be read with resources/read."
        ) { _ in
            ToolResult(content: [
                .resourceLink(
                    uri: Resources.textURI, name: "static-text", description: "A text that never changes.",
                    mimeType: "text/plain")
            ])
        },
        Tool(
            name: "test_multiple_content_types", title: "Mixed content",
            description: "Answers with a text, a picture and a resource."
        ) { _ in
            ToolResult(content: [
                .text("A text, then a picture, then a resource:"), .image(base64: Sample.png, mimeType: "image/png"),
                .resource(ContentTools.embedded),
            ])
        },
        Tool(name: "test_error_handling", title: "Failure", description: "Always fails, as tools may.") { _ in
            .error("This tool always fails: there is nothing you can do about it.")
        },
        Tool(
            name: "greet", title: "Greet", description: "Greets somebody, at once and never as a task.",
            inputSchema: ["type": "object", "properties": ["name": ["type": "string"]], "required": ["name"]]
        ) { call in
            guard let name = call.arguments["name"]?.stringValue else { return .error("Give \"name\" as a string.") }
            return .text("Hello, \(name)!")
        },
    ]

    private static let embedded = ResourceContents(
        uri: "test://embedded-resource", mimeType: "text/plain", text: "This is an embedded resource.")

    private static var image: Tool {
        var tool = Tool(
            name: "test_image_content", title: "Picture", description: "Answers with a picture of one red pixel.",
            annotations: ToolAnnotations(readOnly: true, openWorld: false)
        ) { _ in
            ToolResult(content: [.image(base64: Sample.png, mimeType: "image/png")])
        }
        tool.icons = [Sample.icon]
        return tool
    }
}
