import JSON

extension Client {
    /// Sends a request once more, with answers to what `reply` asked.
    ///
    /// - Parameters:
    ///   - responses: what to say instead of obliging answers to every question.
    ///   - state: what to send instead of the state that came with the questions.
    func retry(
        _ method: String, _ params: JSONValue, after reply: Reply, responses: JSONValue? = nil, state: JSONValue? = nil
    ) async throws -> Reply {
        let answers = responses ?? Answers.accepting(all: reply.result?["inputRequests"])
        let params = params.with("inputResponses", answers)
        return try await self.request(method, params.with("requestState", state ?? reply.result?["requestState"]))
    }

    /// The same for a call of `tool` without arguments.
    func retry(
        tool: String, after reply: Reply, responses: JSONValue? = nil, state: JSONValue? = nil
    ) async throws -> Reply {
        let params: JSONValue = ["name": .string(tool), "arguments": [:]]
        return try await self.retry("tools/call", params, after: reply, responses: responses, state: state)
    }
}
