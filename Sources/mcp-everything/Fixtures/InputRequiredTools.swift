import JSON
import ModelContextProtocol

/// Tools that need one or more answers before they can go on.
///
/// Clients of 2026-07-28 get an `input_required` result and call again; sessions of earlier revisions are asked by
/// requests of the server's own. The tools know nothing of the difference.
enum InputRequiredTools {
    static let all: [Tool] = [
        Tool(
            name: "test_input_required_result_elicitation", title: "Ask the user", description: "Asks for a name."
        ) { call in
            let answer = try call.context.elicit("user_name", "What is your name?", schema: Form.text("name"))
            return .text("Hello, \(answer.text("name") ?? "stranger")!")
        },
        Tool(
            name: "test_input_required_result_sampling", title: "Ask the model",
            description: "Asks the client's model for a capital."
        ) { call in
            let answers = try call.context.ask(["capital_question": .prompt("What is the capital of France?")])
            return .text("The model said: \(Answer.said(answers["capital_question"]))")
        },
        Tool(
            name: "test_input_required_result_list_roots", title: "Ask for folders",
            description: "Asks for the folders the client works in."
        ) { call in
            let answers = try call.context.ask(["client_roots": .roots])
            return .text("The client works in: \(Answer.roots(answers["client_roots"]))")
        },
        InputRequiredTools.stateful(
            "test_input_required_result_request_state", title: "Keep a state",
            description: "Finds again, with the answer, what it put aside with the question."),
        InputRequiredTools.stateful(
            "test_input_required_result_tampered_state", title: "Refuse a forged state",
            description: "The same; a state that was changed on its way is refused before the tool hears of it."),
        Tool(
            name: "test_input_required_result_multiple_inputs", title: "Ask everybody",
            description: "Asks the user, the model and the client at once."
        ) { call in
            let answers = try call.context.ask(InputRequiredTools.questions)
            return .text(InputRequiredTools.summary(of: answers))
        },
        Tool(
            name: "test_input_required_result_multi_round", title: "Ask twice",
            description: "Asks for a name, then for a colour."
        ) { call in
            let name = try call.context.elicit("step1", "Step 1: What is your name?", schema: Form.text("name"))
            // Reached only with the first answer, which stays known from here on.
            let color = try call.context.elicit(
                "step2", "Step 2: What is your favorite color?", schema: Form.text("color"))
            return .text("\(name.text("name") ?? "Somebody") likes \(color.text("color") ?? "no color").")
        },
        Tool(
            name: "test_input_required_result_capabilities", title: "Ask whom one can",
            description: "Asks whoever the client can ask: the user, the model, the client itself."
        ) { call in
            let possible = InputRequiredTools.questions.filter { call.context.client.supports($0.value) }
            guard !possible.isEmpty else {
                throw MissingCapability(
                    ["elicitation": ["form": [:]]], advice: "This needs a client that can be asked something.")
            }
            return .text(InputRequiredTools.summary(of: try call.context.ask(possible)))
        },
    ]

    /// A tool that puts something aside with its question, and wants to see it again with the answer.
    private static func stateful(_ name: String, title: String, description: String) -> Tool {
        Tool(name: name, title: title, description: description) { call in
            let kept: JSONValue = ["step": "confirm", "tool": .string(name)]
            let answers = try call.context.ask(
                ["confirm": .form(message: "Please confirm", schema: Form.flag("ok"))], state: kept)
            guard call.context.state == kept else { return .error("The state was lost: call again without it.") }
            let isConfirmed = answers["confirm"].map { ElicitationAnswer($0).flag("ok") } ?? false
            return .text("state-ok, \(isConfirmed ? "confirmed" : "not confirmed")")
        }
    }

    private static let questions: [String: Question] = [
        "user_name": .form(message: "What is your name?", schema: Form.text("name")),
        "greeting": .prompt("Generate a greeting", maximumTokens: 50),
        "client_roots": .roots,
    ]

    private static func summary(of answers: [String: JSONValue]) -> String {
        answers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.text)" }.joined(separator: "\n")
    }
}
