import JSON
import Testing

/// Pages that a user is asked to open: from 2025-11-25 on, and only where the client says that it can.
struct PageTests {
    static let tool = "test_elicitation_url"

    @Test(
        "a session of 2025-11-25 is asked with a name for the question, of which accepting has no content",
        arguments: Wire.legacy.filter { $0.revision == .v2025_11_25 })
    func session(wire: Wire) async throws {
        let client = try await Client.open(wire, capabilities: ["elicitation": ["url": [:]]])
        var questions: [JSONValue] = []
        let reply = try await client.call(Self.tool, [:]) { question in
            questions.append(question)
            return ["action": "accept"]
        }
        let params = try #require(questions.first?["params"])
        #expect(questions.count == 1 && questions.first?["method"] == "elicitation/create")
        #expect(params["mode"] == "url" && params["requestedSchema"] == nil)
        #expect(params["url"]?.stringValue?.hasPrefix("https://") == true)
        #expect((params["elicitationId"]?.stringValue?.utf8.count ?? 0) >= 16)
        #expect(reply.content.first?["text"]?.stringValue?.contains("accept") == true && !reply.isError)
    }

    @Test("2026-07-28 asks in its result, without a name", arguments: ["accept", "decline", "cancel"])
    func modern(action: String) async throws {
        let client = try await Client.open(.modern, capabilities: ["elicitation": ["url": [:]]])
        let asked = try await client.call(Self.tool)
        #expect(asked.resultType == "input_required")
        let question = try #require(asked.result?["inputRequests"]?["page"])
        #expect(question["params"]?["mode"] == "url" && question["params"]?["elicitationId"] == nil)
        let done = try await client.retry(
            tool: Self.tool, after: asked, responses: ["page": ["action": .string(action)]])
        #expect(done.content.first?["text"]?.stringValue?.contains(action) == true)
    }

    @Test("forms alone are no pages: sessions get a text, 2026-07-28 gets -32021")
    func formsOnly() async throws {
        for wire in Wire.legacy {
            let client = try await Client.open(wire, capabilities: ["elicitation": [:]])
            let reply = try await client.call(Self.tool)
            #expect(reply.isError && reply.content.first?["text"]?.stringValue?.isEmpty == false, "\(wire)")
        }
        let client = try await Client.open(.modern, capabilities: ["elicitation": [:]])
        let reply = try await client.call(Self.tool)
        #expect(reply.status == 400 && reply.error?["code"] == -32021)
        #expect(reply.error?["data"]?["requiredCapabilities"]?["elicitation"]?["url"] == [:])
    }
}
