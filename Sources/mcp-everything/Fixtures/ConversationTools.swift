import JSON
import ModelContextProtocol

/// Tools that talk with the client while they work: progress, logs, questions, a connection that breaks.
///
/// Those that ask throw until they are answered, and are then called again from their beginning.
enum ConversationTools {
    static let all: [Tool] = [
        Tool(
            name: "test_tool_with_logging", title: "Logging", description: "Sends three log messages while it works."
        ) { call in
            for step in ["started", "is working", "is done"] {
                call.context.log(.info, .string("The tool \(step)."), logger: "everything")
                try await Task.sleep(for: .milliseconds(20))
            }
            return .text("Three messages were logged.")
        },
        Tool(
            name: "test_logging_tool", title: "One log message", description: "Sends one log message, if it is wanted."
        ) { call in
            call.context.log(.info, ["event": "test_logging_tool"], logger: "everything")
            return .text("A message was logged.")
        },
        Tool(
            name: "test_tool_with_progress", title: "Progress", description: "Reports progress while it works."
        ) { call in
            for percent in [0.0, 50, 100] {
                call.context.progress(percent, of: 100, "\(Int(percent)) percent")
                try await Task.sleep(for: .milliseconds(20))
            }
            return .text("All steps are done.")
        },
        Tool(
            name: "test_reconnection", title: "Reconnection",
            description: "Closes the connection while it works; clients that can come back for the answer."
        ) { call in
            call.context.disconnect(retryAfter: .milliseconds(500))
            try await Task.sleep(for: .milliseconds(200))
            return .text("The answer to a call whose connection was closed.")
        },
        Tool(
            name: "test_sampling", title: "Sampling", description: "Passes a prompt to the client's model.",
            inputSchema: ["type": "object", "properties": ["prompt": ["type": "string"]], "required": ["prompt"]]
        ) { call in
            guard let prompt = call.arguments["prompt"]?.stringValue else {
                return .error("Give \"prompt\" as a string.")
            }
            let answers = try call.context.ask(["answer": .prompt(prompt)])
            return .text("The model said: \(Answer.said(answers["answer"]))")
        },
        Tool(
            name: "test_missing_capability", title: "Needs sampling",
            description: "Does nothing for clients that cannot ask their model."
        ) { call in
            guard call.context.client.supports(.prompt("")) else {
                throw MissingCapability(["sampling": [:]], advice: "This needs a client that can ask its model.")
            }
            return .text("This client can ask its model.")
        },
        Tool(
            name: "test_elicitation_url", title: "Page", description: "Asks the user to open a page."
        ) { call in
            let page = Question.page(message: "Please confirm on our page.", url: "https://example.com/confirm")
            let answers = try call.context.ask(["page": page])
            return .text("The user's answer: \(answers["page"]?["action"]?.stringValue ?? "").")
        },
        Tool(
            name: "test_elicitation", title: "Form", description: "Shows the user a form with a message of yours.",
            inputSchema: ["type": "object", "properties": ["message": ["type": "string"]], "required": ["message"]]
        ) { call in
            guard let message = call.arguments["message"]?.stringValue else {
                return .error("Give \"message\" as a string.")
            }
            let answer = try call.context.elicit(
                "contact", message,
                schema: [
                    "type": "object",
                    "properties": [
                        "username": ["type": "string", "title": "User name"],
                        "email": ["type": "string", "title": "Address", "format": "email"],
                    ],
                ])
            return .text("The user \(answer.summary).")
        },
        Tool(
            name: "test_streaming_elicitation", title: "Form on a stream",
            description: "Reports progress, then asks the user to confirm."
        ) { call in
            call.context.progress(50, of: 100, "about to ask")
            let answer = try call.context.elicit("confirm", "Go on?", schema: Form.flag("ok"))
            return .text("The user \(answer.summary).")
        },
        Tool(
            name: "test_elicitation_sep1034_defaults", title: "Form with defaults",
            description: "Shows a form whose fields of all types are filled in already."
        ) { call in
            let answer = try call.context.elicit("profile", "Is this right?", schema: ConversationTools.defaults)
            return .text("The user \(answer.summary).")
        },
        Tool(
            name: "test_elicitation_sep1330_enums", title: "Form with choices",
            description: "Shows a form with all kinds of choices."
        ) { call in
            let answer = try call.context.elicit("choices", "Which ones?", schema: ConversationTools.choices)
            return .text("The user \(answer.summary).")
        },
    ]

    private static let defaults: JSONValue = [
        "type": "object",
        "properties": [
            "name": ["type": "string", "default": "John Doe"],
            "age": ["type": "integer", "default": 30],
            "score": ["type": "number", "default": 95.5],
            "status": ["type": "string", "enum": ["active", "inactive", "pending"], "default": "active"],
            "verified": ["type": "boolean", "default": true],
        ],
    ]

    private static let choices: JSONValue = [
        "type": "object",
        "properties": [
            "untitledSingle": ["type": "string", "enum": ["option1", "option2", "option3"]],
            "titledSingle": ["type": "string", "oneOf": ConversationTools.titled],
            "legacyEnum": [
                "type": "string", "enum": ["option1", "option2", "option3"],
                "enumNames": ["Option one", "Option two", "Option three"],
            ],
            "untitledMulti": [
                "type": "array", "items": ["type": "string", "enum": ["option1", "option2", "option3"]],
            ],
            "titledMulti": ["type": "array", "items": ["anyOf": ConversationTools.titled]],
        ],
    ]

    private static let titled: JSONValue = [
        ["const": "value1", "title": "First value"], ["const": "value2", "title": "Second value"],
        ["const": "value3", "title": "Third value"],
    ]
}
