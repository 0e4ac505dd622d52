import JSON
import ModelContextProtocol

extension Workshop {
    /// One feature of each kind, so that every route leads somewhere.
    var features: MCPFeatures {
        var features = MCPFeatures(
            tools: self.immediateTools + self.waitingTools, resources: self.resources,
            resourceTemplates: self.templates, prompts: self.prompts)
        features.announcesListChanges = true
        features.takesSubscriptions = true
        features.logs = true
        features.runsTasks = true
        return features
    }

    private static let place: JSONValue = [
        "type": "object", "properties": ["city": ["type": "string", "x-mcp-header": "City"]],
    ]
    private static let name: JSONValue = [
        "type": "object", "properties": ["name": ["type": "string", "minLength": 1]], "required": ["name"],
    ]

    private var immediateTools: [Tool] {
        [
            Tool(name: "echo", description: "Says it back.", inputSchema: ["type": "object"]) { call in
                .text(JSONValue.object(call.arguments).text)
            },
            Tool(
                name: "place", title: "Place", description: "Has a header.", inputSchema: Self.place,
                outputSchema: ["type": "array"], annotations: ToolAnnotations(readOnly: true)
            ) { call in
                let city = call.arguments["city"] ?? .null
                return ToolResult(content: [.text("a place")], structuredContent: [city])
            },
            Tool(name: "fail", description: "Fails as it is told.", inputSchema: ["type": "object"]) { call in
                switch call.arguments["how"]?.stringValue {
                case "error": throw RPCError(.invalidParams, "No.")
                case "capability": throw MissingCapability(["roots": [:]], advice: "Declare roots.")
                case "resource": throw ResourceNotFound(uri: "test://none")
                case "cancelled": throw CancellationError()
                case "mishap": throw Mishap()
                default: throw ToolFailure("It broke.")
                }
            },
            Tool(name: "say", description: "Says all there is.", inputSchema: ["type": "object"]) { _ in
                ToolResult(content: [
                    .image(base64: "AAAA", mimeType: "image/png"), .audio(base64: "AAAA", mimeType: "audio/wav"),
                    .resource(ResourceContents(uri: "test://text", text: "text")),
                    .resourceLink(uri: "test://text", name: "text", description: nil, mimeType: "text/plain"),
                ])
            },
        ]
    }

    private var waitingTools: [Tool] {
        var slow = Tool(name: "slow", description: "Goes on as a task.") { [self] call in
            try await self.work {
                // The answer that it goes on as a task comes first, where there is one.
                try await self.park(isNoted: !call.context.client.tracksTasks)
                return .text("late")
            }
        }
        slow.taskAfter = .zero
        return [
            slow,
            Tool(name: "wait", description: "Waits for its end.") { [self] _ in
                try await self.work {
                    try await self.park()
                    return .text("late")
                }
            },
            Tool(name: "report", description: "Tells of its progress.") { [self] call in
                await self.report(call.context)
            },
            Tool(name: "ask", description: "Asks the user twice.", inputSchema: ["type": "object"]) { [self] call in
                try await self.work { try Self.ask(call.context) }
            },
            Tool(name: "ask_all", description: "Asks everybody.", inputSchema: ["type": "object"]) { [self] call in
                try await self.work {
                    let answers = try call.context.ask([
                        "page": .page(message: "Look", url: "https://example.com"), "roots": .roots,
                        "model": .sampling(["messages": [], "maxTokens": 1]),
                    ])
                    return .text("\(answers.count)")
                }
            },
            Tool(name: "task", description: "Runs as a task, asking.") { [self] call in
                try await self.work {
                    try call.context.requireTask()
                    return try Self.ask(call.context)
                }
            },
            Tool(name: "leave", description: "Ends the connection first.") { [self] call in
                try await self.work {
                    call.context.disconnect(retryAfter: .milliseconds(5))
                    return .text("back")
                }
            },
        ]
    }

    private func report(_ context: RequestContext) async -> ToolResult {
        for step in [1.0, 2, 2, 1.5, .infinity] { context.progress(step, of: 3, "step") }
        for level in LogLevel.allCases { context.log(level, ["level": .string("\(level)")], logger: "fuzz") }
        return .text("done")
    }

    private static func ask(_ context: RequestContext) throws -> ToolResult {
        let first = try context.elicit("first", "Your name?", schema: Self.name)
        let second = try context.ask(["second": .form(message: "Again?", schema: Self.name)], state: ["seen": 1])
        return .text("\(first) \(second.count) \(context.state?.text ?? "")")
    }

    private var resources: [Resource] {
        [
            Resource(
                uri: "test://text", name: "text", title: "Text", mimeType: "text/plain", size: 4,
                handler: .immediate { [ResourceContents(uri: $0.uri, mimeType: "text/plain", text: "text")] }),
            Resource(
                uri: "test://bytes", name: "bytes",
                handler: .suspending { [self] call in
                    try await self.work { [ResourceContents(uri: call.uri, base64: "AAAA")] }
                }),
        ]
    }

    private var templates: [ResourceTemplate] {
        let completer: Completer = { $0.matches(in: ["one", "two", "three"] + (0..<120).map(String.init)) }
        return [
            ResourceTemplate(
                uriTemplate: "test://items/{item}/text", name: "item", complete: completer,
                handler: .immediate { call in
                    guard let item = call.variables["item"], item != "none" else {
                        throw ResourceNotFound(uri: call.uri)
                    }
                    return [ResourceContents(uri: call.uri, text: item)]
                }),
            ResourceTemplate(
                uriTemplate: "file:///{+path}", name: "file",
                handler: .immediate { call in
                    [ResourceContents(uri: call.uri, text: call.variables["path"] ?? "")]
                }),
        ]
    }

    private var prompts: [Prompt] {
        let name = Prompt.Argument(name: "name", isRequired: true) { $0.matches(in: ["Ada", "Alan"] + $0.chosen.keys) }
        return [
            Prompt(
                name: "greet", title: "Greet", description: "Greets.",
                arguments: [name, Prompt.Argument(name: "style")],
                handler: .immediate { call in
                    PromptResult(messages: [.init(.user, .text("Hello \(call.arguments["name"] ?? "")"))])
                }),
            Prompt(
                name: "interview", description: "Asks first.",
                handler: .suspending { [self] call in
                    try await self.work {
                        let answer = try call.context.elicit("name", "Your name?", schema: Self.name)
                        return PromptResult(description: "\(answer)", messages: [.init(.assistant, .text("Hm."))])
                    }
                }),
        ]
    }
}
