import ModelContextProtocol

/// Prompts with nothing, with arguments, with content of other kinds, and one that asks back.
enum Prompts {
    static let all: [Prompt] = [
        Prompt(
            name: "test_simple_prompt", title: "Simple prompt", description: "One message without arguments.",
            handler: .immediate { _ in
                PromptResult(messages: [.init(.user, .text("This is a simple prompt for testing."))])
            }),
        Prompts.withArguments,
        Prompt(
            name: "test_prompt_with_embedded_resource", title: "Prompt with a resource",
            description: "A message that holds a resource.",
            arguments: [
                Prompt.Argument(name: "resourceUri", description: "URI of the resource to embed", isRequired: true)
            ],
            handler: .immediate { call in
                let contents = ResourceContents(
                    uri: call.arguments["resourceUri"] ?? "", mimeType: "text/plain",
                    text: "Embedded resource content for testing.")
                return PromptResult(messages: [
                    .init(.user, .resource(contents)),
                    .init(.user, .text("Please process the embedded resource above.")),
                ])
            }),
        Prompts.withImage,
        Prompt(
            name: "test_input_required_result_prompt", title: "Prompt that asks",
            description: "Asks the user for what the message is to be about.",
            handler: .immediate { call in
                let answer = try call.context.elicit(
                    "user_context", "What context should the prompt use?", schema: Form.text("context"))
                let context = answer.text("context") ?? "nothing in particular"
                return PromptResult(messages: [.init(.user, .text("Use this context: \(context)"))])
            }),
    ]

    private static let withArguments = Prompt(
        name: "test_prompt_with_arguments", title: "Prompt with arguments",
        description: "A message made of two arguments.",
        arguments: [
            Prompt.Argument(
                name: "arg1", title: "First", description: "First test argument", isRequired: true,
                complete: { $0.matches(in: ["test", "testing", "trial"]) }),
            Prompt.Argument(
                name: "arg2", title: "Second", description: "Second test argument", isRequired: true,
                // What fits depends on what was chosen before.
                complete: { call in
                    let first = call.chosen["arg1"].map { $0 + "-" } ?? ""
                    return call.matches(in: ["one", "two"].map { first + $0 })
                }),
        ],
        handler: .immediate { call in
            let text =
                "Prompt with arguments: arg1='\(call.arguments["arg1"] ?? "")', arg2='\(call.arguments["arg2"] ?? "")'"
            return PromptResult(description: "Both arguments in one message.", messages: [.init(.user, .text(text))])
        })

    private static var withImage: Prompt {
        var prompt = Prompt(
            name: "test_prompt_with_image", title: "Prompt with a picture",
            description: "A message that holds a picture.",
            handler: .immediate { _ in
                PromptResult(messages: [
                    .init(.user, .image(base64: Sample.png, mimeType: "image/png")),
                    .init(.user, .text("Please describe the picture above.")),
                ])
            })
        prompt.icons = [Sample.icon]
        return prompt
    }
}
