import JSON
import Testing

/// Questions to the client's model, and tools that need a capability.
struct SamplingTests {
    @Test("a model is asked on the stream of the call", arguments: Wire.legacy)
    func sampling(wire: Wire) async throws {
        let client = try await Client.open(wire, capabilities: ["sampling": [:]])
        var questions: [JSONValue] = []
        let reply = try await client.call("test_sampling", ["prompt": "Say something."]) { question in
            questions.append(question)
            return Answers.accepting(question)
        }
        #expect(questions.count == 1 && questions.first?["method"] == "sampling/createMessage")
        let params = try #require(questions.first?["params"])
        #expect(params["maxTokens"]?.isInteger == true)
        let message = try #require(params["messages"]?[0])
        #expect(message["role"] == "user" && message["content"]?["text"]?.stringValue?.isEmpty == false)
        #expect(reply.text.contains("sampled text"))
    }

    @Test("a client without a model is not asked", arguments: Wire.legacy)
    func undeclared(wire: Wire) async throws {
        let reply = try await Client.open(wire).call("test_sampling", ["prompt": "Say something."])
        #expect(reply.error == nil && !reply.text.isEmpty, "\(reply)")
    }

    @Test("a tool that needs one says so in the words of the revision", arguments: Wire.legacy)
    func missingCapability(wire: Wire) async throws {
        let reply = try await Client.open(wire).call("test_missing_capability")
        #expect(reply.isError && !reply.text.isEmpty && reply.status == 200, "\(reply)")
    }

    @Test("the newest revision names what is missing, in the form of what would be declared")
    func modernMissingCapability() async throws {
        let server = try await Server.everything
        let answer = try await server.send(ModernRequest.call("test_missing_capability").request)
        Refusal.missingCapability.expect(answer, id: 1)
        #expect(answer.error?["data"]?["requiredCapabilities"]?["sampling"]?.objectValue != nil)
        let streamed = ModernRequest.call("test_missing_capability").header("Accept", "text/event-stream")
        Refusal.missingCapability.expect(try await server.send(streamed.request), id: 1)
        let declared = ModernRequest.call("test_missing_capability", capabilities: ["sampling": [:]])
        let reply = try await server.send(declared.request)
        #expect(reply.status == 200 && reply.result != nil)
    }

    @Test("what was declared once does not count for the next request")
    func perRequest() async throws {
        let connection = try await Server.everything.connect()
        let declared = ModernRequest.call("test_missing_capability", capabilities: ["sampling": [:]])
        #expect(try await connection.send(declared.request).status == 200)
        let bare = ModernRequest.call("test_missing_capability").id(2)
        Refusal.missingCapability.expect(try await connection.send(bare.request), id: 2)
    }

    @Test("the newest revision sends no requests, on whatever stream")
    func noRequests() async throws {
        let client = try await Client.open(.modern, capabilities: ModernRequest.elicitation)
        let stream = try await client.open("tools/call", ["name": "test_streaming_elicitation", "arguments": [:]])
        var messages: [JSONValue] = []
        if stream.isEventStream {
            messages = try await stream.messages(for: .milliseconds(600))
        } else {
            messages = [try #require(try await stream.readAnswer().json)]
        }
        #expect(!messages.isEmpty && messages.allSatisfy { $0["method"] == nil || $0["id"] == nil })
        #expect(messages.allSatisfy { $0["error"] == nil })
    }
}
