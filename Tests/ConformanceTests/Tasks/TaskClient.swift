import JSON
import TestSupport
import Testing

/// What every test of tasks does, with checks of the form of what comes back.
enum TaskClient {
    static let capabilities: JSONValue = [
        "elicitation": [:], "sampling": [:], "extensions": ["io.modelcontextprotocol/tasks": [:]],
    ]

    static func open(_ capabilities: JSONValue = TaskClient.capabilities) async throws -> Client {
        try await Client.open(.modern, capabilities: capabilities)
    }

    /// Calls a tool that makes a task and checks the form of what comes back.
    static func create(_ client: Client, _ tool: String, _ arguments: JSONValue = [:]) async throws -> JSONValue {
        let reply = try await client.call(tool, arguments)
        let task = try #require(reply.result)
        try #require(task["resultType"] == "task", "\(reply)")
        self.expectTask(task)
        for absent in ["task", "result", "error", "inputRequests", "requestState", "content"] {
            #expect(task[absent] == nil, "\(absent) in a created task")
        }
        return try #require(task["taskId"])
    }

    private static func expectTask(_ task: JSONValue, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(task["taskId"]?.stringValue?.isEmpty == false, sourceLocation: sourceLocation)
        let states = ["working", "input_required", "completed", "failed", "cancelled"]
        #expect(states.contains(task["status"]?.stringValue ?? ""), sourceLocation: sourceLocation)
        for name in ["createdAt", "lastUpdatedAt"] {
            let date = task[name]?.stringValue
            #expect(TaskClient.isTimestamp(date), "\(name) \(date ?? "-")", sourceLocation: sourceLocation)
        }
        let lifetime = task["ttlMs"]
        #expect(lifetime == .null || lifetime?.isInteger == true, sourceLocation: sourceLocation)
        if let interval = task["pollIntervalMs"] { #expect(interval.isInteger, sourceLocation: sourceLocation) }
        for absent in ["ttl", "pollInterval", "requestState"] {
            #expect(task[absent] == nil, "\(absent)", sourceLocation: sourceLocation)
        }
    }

    private static func isTimestamp(_ text: String?) -> Bool {
        text?.wholeMatch(of: /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})/) != nil
    }

    static func get(_ client: Client, _ id: JSONValue) async throws -> JSONValue {
        let reply = try await client.request("tasks/get", ["taskId": id])
        let task = try #require(reply.result, "\(reply)")
        #expect(task["resultType"] == "complete" && task["taskId"] == id)
        self.expectTask(task)
        return task
    }

    /// Polls until the task has that status, or one after which nothing changes.
    static func wait(_ client: Client, _ id: JSONValue, for status: String) async throws -> JSONValue {
        let deadline = ContinuousClock.now + .seconds(10)
        var task = try await self.get(client, id)
        while task["status"]?.stringValue != status, ContinuousClock.now < deadline {
            if ["completed", "failed", "cancelled"].contains(task["status"]?.stringValue) { break }
            await Pause.short()
            task = try await self.get(client, id)
        }
        #expect(task["status"]?.stringValue == status, "\(task.text)")
        return task
    }

    static func expectAcknowledgement(_ reply: Reply) {
        #expect(reply.resultType == "complete", "\(reply)")
        #expect(reply.result?.keys.subtracting(["resultType", "_meta"]) == [], "\(reply)")
    }
}
