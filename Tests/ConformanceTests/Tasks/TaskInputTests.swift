import JSON
import Testing

/// Questions of tasks, and questions before them.
struct TaskInputTests {
    @Test("a question parks the task until it is answered")
    func input() async throws {
        let client = try await TaskClient.open()
        let id = try await TaskClient.create(client, "confirm_delete", ["filename": "input.txt"])
        let parked = try await TaskClient.wait(client, id, for: "input_required")
        let requests = try #require(parked["inputRequests"]?.objectValue)
        #expect(requests.count == 1)
        #expect(requests.allSatisfy { $0.value["method"] == "elicitation/create" && $0.value["params"] != nil })
        let stranger: JSONValue = ["taskId": id, "inputResponses": ["unknown-key": ["ignored": true]]]
        TaskClient.expectAcknowledgement(try await client.request("tasks/update", stranger))
        #expect(try await TaskClient.get(client, id)["status"] == "input_required")
        let answers = Answers.accepting(all: .object(requests))
        TaskClient.expectAcknowledgement(
            try await client.request("tasks/update", ["taskId": id, "inputResponses": answers]))
        let done = try await TaskClient.wait(client, id, for: "completed")
        #expect(done["inputRequests"] == nil && done["result"]?["content"] != nil)
    }

    @Test("of several questions those without an answer stay, under the same keys")
    func partialInput() async throws {
        let client = try await TaskClient.open()
        let id = try await TaskClient.create(client, "multi_input")
        let parked = try await TaskClient.wait(client, id, for: "input_required")
        let requests = try #require(parked["inputRequests"]?.objectValue)
        #expect(requests.count == 2)
        var open = requests.map(\.key)
        let first = open.removeFirst()
        let answer: JSONValue = .object([first: Answers.accepting(requests[first] ?? [:])])
        TaskClient.expectAcknowledgement(
            try await client.request("tasks/update", ["taskId": id, "inputResponses": answer]))
        let still = try await TaskClient.get(client, id)
        #expect(still["status"] == "input_required")
        #expect(still["inputRequests"]?.keys == Set(open))
        let rest = Answers.accepting(all: still["inputRequests"])
        TaskClient.expectAcknowledgement(
            try await client.request("tasks/update", ["taskId": id, "inputResponses": rest]))
        _ = try await TaskClient.wait(client, id, for: "completed")
    }

    @Test("a question of the call comes before its task")
    func composition() async throws {
        let client = try await TaskClient.open()
        let asked = try await client.call("test_tool_with_task")
        #expect(asked.resultType == "input_required" && asked.result?["taskId"] == nil, "\(asked)")
        let reply = try await client.retry(tool: "test_tool_with_task", after: asked)
        #expect(reply.resultType == "task" && reply.result?["requestState"] == nil, "\(reply)")
        let done = try await TaskClient.wait(client, try #require(reply.result?["taskId"]), for: "completed")
        let texts = done["result"]?["content"]?.arrayValue?.compactMap { $0["text"]?.stringValue } ?? []
        #expect(texts.joined().contains("Ada Lovelace"), "\(done.text)")
    }
}
