import JSON
import Testing

/// State that travels through the client: nothing changed, borrowed or invented is taken.
struct RequestStateTests {
    private static let tool = "test_input_required_result_tampered_state"

    private func asked(
        _ tool: String = tool, headers: [(name: String, value: String)] = []
    ) async throws -> (client: Client, reply: Reply, state: String) {
        let client = try await Client.open(
            .modern, try await Server.everything, capabilities: ModernRequest.everyCapability, headers: headers)
        let reply = try await client.call(tool)
        try #require(reply.resultType == "input_required")
        return (client, reply, try #require(reply.result?["requestState"]?.stringValue))
    }

    private func expectRefused(_ reply: Reply, _ what: String = "") {
        #expect(reply.errorCode == -32602 && reply.result == nil && reply.status == 200, "\(what): \(reply)")
    }

    @Test("a changed state is an error, not another question")
    func tampered() async throws {
        let (client, reply, state) = try await self.asked()
        var middle = Array(state)
        middle[middle.count / 2] = middle[middle.count / 2] == "A" ? "B" : "A"
        var first = Array(state)
        first[0] = first[0] == "A" ? "B" : "A"
        for changed in [
            state + "-TAMPERED", String(state.dropLast(4)), String(state.dropFirst(4)), String(middle), String(first),
            state + state, "", "x", "=?base64?eA==?=", "{}", String(repeating: "A", count: 100_000),
            state.lowercased() == state ? state.uppercased() : state.lowercased(),
        ] {
            let answer = try await client.retry(tool: RequestStateTests.tool, after: reply, state: .string(changed))
            self.expectRefused(answer, String(changed.prefix(80)))
        }
        let done = try await client.retry(tool: RequestStateTests.tool, after: reply)
        #expect(done.resultType == "complete", "the state as it was: \(done)")
    }

    @Test("a state that is no text is refused", arguments: [7, true, ["a": 1], ["x"]] as [JSONValue])
    func wrongKind(state: JSONValue) async throws {
        let (client, reply, _) = try await self.asked()
        self.expectRefused(try await client.retry(tool: RequestStateTests.tool, after: reply, state: state))
    }

    @Test("a state serves only the principal it was made for")
    func principal() async throws {
        let (alice, reply, _) = try await self.asked(headers: [("Authorization", "Bearer alice")])
        for headers in [[], [("Authorization", "Bearer bob")]] as [[(name: String, value: String)]] {
            let thief = try await Client.open(
                .modern, alice.server, capabilities: ModernRequest.everyCapability, headers: headers)
            self.expectRefused(try await thief.retry(tool: RequestStateTests.tool, after: reply))
        }
        let done = try await alice.retry(tool: RequestStateTests.tool, after: reply)
        #expect(done.resultType == "complete")
    }

    @Test("a state serves only the tool and the method it was made for")
    func otherRequest() async throws {
        let (client, reply, state) = try await self.asked("test_input_required_result_request_state")
        let other = try await client.retry(tool: RequestStateTests.tool, after: reply)
        self.expectRefused(other, "another tool")
        let prompt: JSONValue = ["name": "test_input_required_result_prompt"]
        let asked = try await client.request("prompts/get", prompt)
        let borrowed = try await client.retry("prompts/get", prompt, after: asked, state: .string(state))
        self.expectRefused(borrowed, "another method")
        let simple = try await client.retry(tool: "test_simple_text", after: reply)
        #expect(simple.error != nil || simple.resultType == "complete")
        #expect(simple.status == 200)
    }

    @Test("a state serves only the arguments it was made for")
    func otherArguments() async throws {
        let (client, reply, _) = try await self.asked("test_input_required_result_request_state")
        let params: JSONValue = [
            "name": "test_input_required_result_request_state", "arguments": ["injected": "value"],
        ]
        let answer = try await client.retry("tools/call", params, after: reply)
        // The schema may refuse the argument first; what must not happen is that the call goes on.
        #expect(answer.errorCode == -32602 || answer.isError, "\(answer)")
    }

    @Test("a state of an earlier round does not skip or repeat a later one unnoticed")
    func replayed() async throws {
        let tool = "test_input_required_result_multi_round"
        let (client, first, state) = try await self.asked(tool)
        let second = try await client.retry(tool: tool, after: first)
        let third = try await client.retry(tool: tool, after: second)
        #expect(third.resultType == "complete")
        let responses = Answers.accepting(all: second.result?["inputRequests"])
        let replayed = try await client.retry(tool: tool, after: second, responses: responses, state: .string(state))
        #expect(replayed.resultType != "complete", "\(replayed)")
        #expect(replayed.status == 200)
    }
}
