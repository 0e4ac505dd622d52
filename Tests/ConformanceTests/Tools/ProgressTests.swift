import JSON
import Testing

/// Progress and log messages during a call.
struct ProgressTests {
    @Test(
        "progress comes with the client's own token, rises, and stops before the answer", arguments: Wire.all,
        ["progress-test-1", 0] as [JSONValue])
    func progress(wire: Wire, token: JSONValue) async throws {
        let client = try await Client.open(wire)
        let reply = try await client.call("test_tool_with_progress", meta: ["progressToken": token])
        let progress = reply.notifications("notifications/progress")
        #expect(progress.count >= 3)
        #expect(progress.allSatisfy { $0["progressToken"] == token })
        let values = progress.compactMap { $0["progress"]?.doubleValue }
        #expect(values.count == progress.count && zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
        let allowed: Set<String> = ["progressToken", "progress", "total", "_meta"]
        let known = wire.revision >= .v2025_03_26 ? allowed.union(["message"]) : allowed
        #expect(progress.allSatisfy { $0.keys.isSubset(of: known) })
        #expect(!reply.content.isEmpty)
        if wire.transport == .streamable {
            #expect(!reply.events.isEmpty, "answered without a stream")
        } else {
            let later = try await client.stream?.messages(for: .milliseconds(50)) ?? []
            #expect(later.allSatisfy { $0["method"] != "notifications/progress" })
        }
    }

    @Test("two calls at once each hear of their own progress", arguments: Wire.sessions + [.modern])
    func concurrent(wire: Wire) async throws {
        let client = try await Client.open(wire)
        var streams: [EventStream] = []
        for token in ["first", "second"] {
            streams.append(
                try await client.open(
                    "tools/call", ["name": "test_tool_with_progress"], meta: ["progressToken": .string(token)]))
        }
        for (stream, token) in zip(streams, ["first", "second"] as [JSONValue]) {
            let messages = try await stream.allMessages()
            let progress = messages.filter { $0["method"] == "notifications/progress" }
            #expect(progress.count >= 3 && progress.allSatisfy { $0["params"]?["progressToken"] == token })
            #expect(messages.count { $0["result"] != nil } == 1)
        }
    }

    @Test("each session has a level of its own")
    func levelPerSession() async throws {
        let (loud, quiet) = (try await Client.open(.session), try await Client.open(.session))
        _ = try await loud.request("logging/setLevel", ["level": "debug"])
        _ = try await quiet.request("logging/setLevel", ["level": "emergency"])
        #expect(try await quiet.call("test_tool_with_logging").notifications("notifications/message").isEmpty)
        #expect(try await loud.call("test_tool_with_logging").notifications("notifications/message").count >= 3)
    }

    @Test("without a token there is none", arguments: Wire.all)
    func withoutToken(wire: Wire) async throws {
        let reply = try await Client.open(wire).call("test_tool_with_progress")
        #expect(reply.notifications("notifications/progress").isEmpty)
        #expect(!reply.content.isEmpty && !reply.isError)
    }

    @Test("a token that is neither text nor integer is refused or ignored", arguments: Wire.all)
    func badToken(wire: Wire) async throws {
        let client = try await Client.open(wire)
        for token in [.null, ["a": 1], 1.5] as [JSONValue] {
            let reply = try await client.call("test_tool_with_progress", meta: ["progressToken": token])
            #expect(reply.errorCode == -32602 || reply.result != nil)
            #expect(reply.notifications("notifications/progress").isEmpty, "\(token.text)")
        }
    }

    @Test("streams tell proxies not to buffer and not to store", arguments: Wire.sessions + [Wire.modern])
    func headers(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let stream = try await client.open(
            "tools/call", ["name": "test_tool_with_progress"], meta: ["progressToken": 1])
        #expect(stream.isEventStream)
        #expect(stream.header("x-accel-buffering") == "no")
        #expect(stream.header("cache-control")?.contains("no-cache") == true)
        #expect(try await stream.allMessages().last?["result"] != nil)
    }

    @Test("logs of a call come while it runs, once a level is set", arguments: Wire.legacy)
    func logging(wire: Wire) async throws {
        let client = try await Client.open(wire)
        #expect(try await client.request("logging/setLevel", ["level": "debug"]).result == [:])
        let reply = try await client.call("test_tool_with_logging")
        let logs = reply.notifications("notifications/message")
        #expect(logs.count >= 3)
        #expect(logs.allSatisfy { ProgressTests.levels.contains($0["level"]?.stringValue ?? "") })
        #expect(logs.allSatisfy { $0["data"] != nil && $0.keys.isSubset(of: ["level", "logger", "data", "_meta"]) })
    }

    @Test("a level keeps out what is below it", arguments: Wire.legacy)
    func level(wire: Wire) async throws {
        let client = try await Client.open(wire)
        #expect(try await client.request("logging/setLevel", ["level": "emergency"]).result == [:])
        let quiet = try await client.call("test_tool_with_logging").notifications("notifications/message")
        #expect(quiet.allSatisfy { $0["level"] == "emergency" })
        for level in ProgressTests.levels {
            #expect(try await client.request("logging/setLevel", ["level": .string(level)]).result == [:])
        }
        for params in [["level": "loud"], [:], ["level": 3]] as [JSONValue] {
            let reply = try await client.request("logging/setLevel", params)
            #expect(reply.errorCode == -32602 && reply.status == 200, "\(params.text)")
        }
    }

    @Test("the newest revision logs only where the request asks for it, and only as much")
    func modernLogging() async throws {
        let client = try await Client.open(.modern)
        for tool in ["test_logging_tool", "test_tool_with_logging"] {
            let silent = try await client.call(tool)
            #expect(silent.notifications("notifications/message").isEmpty && silent.result != nil, "\(tool)")
            let loud = try await client.call(tool, meta: [ModernRequest.logLevelKey: "debug"])
            #expect(!loud.notifications("notifications/message").isEmpty, "\(tool)")
            let urgent = try await client.call(tool, meta: [ModernRequest.logLevelKey: "emergency"])
            #expect(urgent.notifications("notifications/message").allSatisfy { $0["level"] == "emergency" }, "\(tool)")
        }
        for level in ["loud", 3] as [JSONValue] {
            let reply = try await client.call("test_logging_tool", meta: [ModernRequest.logLevelKey: level])
            #expect(reply.errorCode == -32602, "\(level.text): \(reply)")
        }
    }

    static let levels = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"]
}
