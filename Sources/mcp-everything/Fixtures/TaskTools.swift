import JSON
import ModelContextProtocol

/// Tools that go on as tasks, where the client can follow one, and make it wait otherwise.
enum TaskTools {
    static let all: [Tool] = [
        TaskTools.slowCompute,
        Tool(
            name: "failing_job", title: "Failing task",
            description: "Fails as a task, and does not run as anything else."
        ) { call in
            try call.context.requireTask()
            try await Task.sleep(for: .milliseconds(100))
            return .error("The job failed, as it always does.")
        },
        Tool(
            name: "protocol_error_job", title: "Broken task", description: "Ends with a JSON-RPC error."
        ) { call in
            try call.context.continueAsTask()
            try await Task.sleep(for: .milliseconds(100))
            throw RPCError(.internalError, "The job broke, as it always does.")
        },
        Tool(
            name: "confirm_delete", title: "Task with a question",
            description: "Asks the user before it pretends to delete a file.",
            inputSchema: [
                "type": "object", "properties": ["filename": ["type": "string"]], "required": ["filename"],
            ],
            annotations: ToolAnnotations(destructive: true, idempotent: true, openWorld: false)
        ) { call in
            guard let name = call.arguments["filename"]?.stringValue else {
                return .error("Give \"filename\" as a string.")
            }
            try call.context.continueAsTask()
            let answer = try call.context.elicit("confirm", "Delete \(name)?", schema: Form.flag("confirm"))
            return .text(answer.flag("confirm") ? "Deleted \(name)." : "Kept \(name).")
        },
        Tool(
            name: "multi_input", title: "Task with two questions",
            description: "Asks for two names at once; they may be answered one after the other."
        ) { call in
            try call.context.continueAsTask()
            let answers = try call.context.ask([
                "first": .form(message: "The first name?", schema: Form.text("name")),
                "second": .form(message: "The second name?", schema: Form.text("name")),
            ])
            let names = ["first", "second"].map {
                answers[$0].flatMap { ElicitationAnswer($0).text("name") } ?? "nobody"
            }
            return .text("The names are \(names.joined(separator: " and ")).")
        },
        Tool(
            name: "test_tool_with_task", title: "Question, then task",
            description: "Asks for a name, then goes on as a task."
        ) { call in
            // Asked before there is a task, so the request itself is answered with the question.
            let answer = try call.context.elicit("user_name", "What is your name?", schema: Form.text("name"))
            try call.context.continueAsTask()
            try await Task.sleep(for: .milliseconds(200))
            return .text("Hello, \(answer.text("name") ?? "stranger")!")
        },
    ]

    private static let slowCompute = Tool(
        name: "slow_compute", title: "Slow task", description: "Works for some seconds, at most 600.",
        inputSchema: [
            "type": "object",
            "properties": [
                "seconds": ["type": "number", "minimum": 0, "maximum": 600], "label": ["type": "string"],
            ],
            "required": ["seconds"],
        ]
    ) { call in
        guard let seconds = call.arguments["seconds"]?.doubleValue, (0...600).contains(seconds) else {
            return .error("Give \"seconds\" as a number from 0 to 600.")
        }
        try call.context.continueAsTask()
        // Sleeping throws when the call or the task is cancelled, which ends both.
        for step in 0..<10 {
            call.context.progress(Double(step), of: 10)
            try await Task.sleep(for: .seconds(seconds / 10))
        }
        return .text(
            "\(call.arguments["label"]?.stringValue ?? "The job") took \(call.arguments["seconds"]?.text ?? "") s.")
    }
}
