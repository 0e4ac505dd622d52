import JSON
import Testing

/// Questions of the newest revision: a result that asks, and a second request that answers.
struct RoundTripTests {
    private func client(_ capabilities: JSONValue = ModernRequest.everyCapability) async throws -> Client {
        try await Client.open(.modern, capabilities: capabilities)
    }

    /// Calls `tool` and checks the form of what it asks.
    private func ask(_ client: Client, _ tool: String) async throws -> Reply {
        let reply = try await client.call(tool)
        try #require(reply.status == 200 && reply.resultType == "input_required", "\(reply)")
        let requests = reply.result?["inputRequests"]
        #expect(requests?.objectValue?.isEmpty == false || reply.result?["requestState"] != nil)
        for (key, request) in requests?.objectValue ?? [:] {
            #expect(request.keys.isSubset(of: ["method", "params"]), "\(key): \(request.text)")
            let methods = ["elicitation/create", "sampling/createMessage", "roots/list"]
            #expect(methods.contains(request["method"]?.stringValue ?? ""))
            if request["method"] == "elicitation/create" {
                #expect(request["params"]?["message"]?.stringValue?.isEmpty == false)
                #expect(request["params"]?["requestedSchema"]?["type"] == "object")
                #expect(request["params"]?["elicitationId"] == nil && request["params"]?["mode"] != "url")
            }
        }
        if let state = reply.result?["requestState"] { #expect(state.stringValue?.isEmpty == false) }
        #expect(reply.result?["content"] == nil)
        return reply
    }

    @Test(
        "one question is asked and its answer completes the call",
        arguments: [
            ("elicitation", "elicitation/create"), ("sampling", "sampling/createMessage"), ("list_roots", "roots/list"),
        ])
    func basic(kind: String, method: String) async throws {
        let client = try await self.client()
        let tool = "test_input_required_result_" + kind
        let asked = try await self.ask(client, tool)
        let requests = try #require(asked.result?["inputRequests"]?.objectValue)
        #expect(requests.map { $0.value["method"]?.stringValue } == [method])
        if kind == "elicitation" { #expect(requests["user_name"] != nil) }
        let done = try await client.retry(tool: tool, after: asked)
        #expect(done.resultType == "complete" && !done.content.isEmpty && !done.isError, "\(done)")
    }

    @Test("state goes out as text and comes back as it was")
    func requestState() async throws {
        let client = try await self.client()
        let tool = "test_input_required_result_request_state"
        let asked = try await self.ask(client, tool)
        #expect(asked.result?["requestState"]?.stringValue != nil && asked.result?["inputRequests"] != nil)
        let done = try await client.retry(tool: tool, after: asked)
        #expect(done.resultType == "complete" && !done.content.isEmpty)
    }

    @Test("three questions of three kinds are asked at once")
    func multipleInputs() async throws {
        let client = try await self.client()
        let tool = "test_input_required_result_multiple_inputs"
        let asked = try await self.ask(client, tool)
        let requests = try #require(asked.result?["inputRequests"]?.objectValue)
        #expect(requests.count >= 3 && asked.result?["requestState"] != nil)
        #expect(Set(requests.compactMap { $0.value["method"]?.stringValue }).count == 3)
        let done = try await client.retry(tool: tool, after: asked)
        #expect(done.resultType == "complete" && !done.content.isEmpty)
    }

    @Test("some answers are not all: the rest is asked again")
    func partial() async throws {
        let client = try await self.client()
        let tool = "test_input_required_result_multiple_inputs"
        let asked = try await self.ask(client, tool)
        let first = try #require(asked.result?["inputRequests"]?.objectValue?.first { _ in true })
        let responses: JSONValue = .object([first.key: Answers.accepting(first.value)])
        let again = try await client.retry(tool: tool, after: asked, responses: responses)
        #expect(again.resultType == "input_required")
    }

    @Test("each round has a state of its own")
    func multiRound() async throws {
        let client = try await self.client()
        let tool = "test_input_required_result_multi_round"
        let first = try await self.ask(client, tool)
        let second = try await client.retry(tool: tool, after: first)
        #expect(second.resultType == "input_required")
        let states = [first, second].map { $0.result?["requestState"]?.stringValue }
        #expect(states[0] != nil && states[1] != nil && states[0] != states[1])
        let third = try await client.retry(tool: tool, after: second)
        #expect(third.resultType == "complete" && !third.content.isEmpty)
    }

    @Test("an answer under a wrong key is no answer, one more answer does no harm")
    func keys() async throws {
        let client = try await self.client()
        let tool = "test_input_required_result_elicitation"
        let asked = try await self.ask(client, tool)
        let answers = Answers.accepting(all: asked.result?["inputRequests"])
        let value = answers["user_name"] ?? [:]
        let wrong = try await client.retry(tool: tool, after: asked, responses: ["wrong_key": value])
        #expect(wrong.resultType == "input_required", "\(wrong)")
        let extra = answers.with("stranger", value).with("another", 7)
        let done = try await client.retry(tool: tool, after: asked, responses: extra)
        #expect(done.resultType == "complete", "\(done)")
    }

    @Test(
        "answers that cannot be what was asked for do not complete the call",
        arguments: [
            ["user_name": 12345], ["user_name": .null], ["user_name": []], ["user_name": "Ada"], ["user_name": [:]],
            ["user_name": ["action": "perhaps"]], ["user_name": ["action": "accept"]],
            ["user_name": ["action": "accept", "content": [:]]],
            ["user_name": ["action": "accept", "content": ["name": ["nested": true]]]],
            ["user_name": ["roots": []]], .null, 12345, [], "text",
        ] as [JSONValue])
    func invalid(responses: JSONValue) async throws {
        let client = try await self.client()
        let tool = "test_input_required_result_elicitation"
        let asked = try await self.ask(client, tool)
        let reply = try await client.retry(tool: tool, after: asked, responses: responses)
        #expect(reply.resultType == "input_required" || reply.errorCode == -32602, "\(reply)")
        #expect(reply.status == 200)
    }

    @Test("a user who declines or goes away ends the call normally", arguments: ["decline", "cancel"])
    func declined(action: String) async throws {
        let client = try await self.client()
        let tool = "test_input_required_result_elicitation"
        let asked = try await self.ask(client, tool)
        let reply = try await client.retry(
            tool: tool, after: asked, responses: ["user_name": ["action": .string(action)]])
        #expect(reply.resultType == "complete" && !reply.content.isEmpty, "\(reply)")
    }

    @Test("prompts may ask as well")
    func prompt() async throws {
        let client = try await self.client()
        let params: JSONValue = ["name": "test_input_required_result_prompt"]
        let asked = try await client.request("prompts/get", params)
        #expect(asked.resultType == "input_required" && asked.result?["messages"] == nil)
        let done = try await client.retry("prompts/get", params, after: asked)
        #expect(done.resultType == "complete" && done.result?["messages"]?.arrayValue?.isEmpty == false)
    }

    @Test("no other method asks", arguments: ["tools/list", "prompts/list", "resources/list", "server/discover"])
    func otherMethods(method: String) async throws {
        let client = try await self.client()
        let reply = try await client.request(method, ["inputResponses": [:], "requestState": "x"])
        #expect(reply.resultType == "complete")
    }

    @Test("only what the client can answer is asked")
    func capabilities() async throws {
        let client = try await self.client(["sampling": [:]])
        let asked = try await self.ask(client, "test_input_required_result_capabilities")
        let methods = asked.result?["inputRequests"]?.objectValue?.map { $0.value["method"]?.stringValue } ?? []
        #expect(!methods.contains("elicitation/create"))
    }

    @Test(
        "a client that cannot answer hears what it would need",
        arguments: [
            ("elicitation", "elicitation", [:]), ("sampling", "sampling", [:]), ("list_roots", "roots", [:]),
            ("elicitation", "elicitation", ["sampling": [:], "roots": [:]]),
            ("elicitation", "elicitation", ["elicitation": ["url": [:]]]),
        ] as [(String, String, JSONValue)])
    func missing(kind: String, needed: String, declared: JSONValue) async throws {
        let request = ModernRequest.call("test_input_required_result_" + kind, capabilities: declared)
        let answer = try await Server.everything.send(request.request)
        Refusal.missingCapability.expect(answer, id: 1)
        #expect(answer.error?["data"]?["requiredCapabilities"]?[needed]?.objectValue != nil, "\(answer)")
    }

    @Test("nothing but the request carries the conversation: any connection may go on with it")
    func otherConnection() async throws {
        let tool = "test_input_required_result_multi_round"
        let asked = try await self.ask(try await self.client(), tool)
        let second = try await self.client().retry(tool: tool, after: asked)
        #expect(second.resultType == "input_required")
        let third = try await self.client().retry(tool: tool, after: second)
        #expect(third.resultType == "complete")
    }
}
