import JSON
import Testing

/// Questions in sessions: requests of the server on the stream of the call.
struct ElicitationTests {
    static let capability: JSONValue = ["elicitation": [:]]
    /// Where forms exist in sessions.
    static let wires = Wire.since(.v2025_06_18, in: Wire.legacy)
    static let before = Wire.legacy.filter { $0.revision < .v2025_06_18 }

    /// Calls `tool`, answers every question and returns the questions too.
    private func converse(
        _ client: Client, _ tool: String, _ arguments: JSONValue = [:],
        answer: @escaping (JSONValue) -> JSONValue = { Answers.accepting($0) }
    ) async throws -> (reply: Reply, questions: [JSONValue]) {
        var questions: [JSONValue] = []
        let reply = try await client.call(tool, arguments) { question in
            questions.append(question)
            return answer(question)
        }
        return (reply, questions)
    }

    @Test("a form is asked on the stream of the call, in the form of the revision", arguments: wires)
    func form(wire: Wire) async throws {
        let client = try await Client.open(wire, capabilities: ElicitationTests.capability)
        let (reply, questions) = try await self.converse(client, "test_elicitation", ["message": "What is it?"])
        #expect(questions.count == 1 && questions.first?["method"] == "elicitation/create")
        let params = try #require(questions.first?["params"])
        #expect(params["message"]?.stringValue?.contains("What is it?") == true)
        #expect(params["requestedSchema"]?["type"] == "object")
        #expect(params["requestedSchema"]?["properties"]?.objectValue?.isEmpty == false)
        let known: Set<String> =
            wire.revision >= .v2025_11_25
            ? ["message", "requestedSchema", "mode", "_meta"] : ["message", "requestedSchema", "_meta"]
        #expect(params.keys.subtracting(known) == [])
        #expect(params["mode"] == nil || params["mode"] == "form")
        for (name, schema) in params["requestedSchema"]?["properties"]?.objectValue ?? [:] {
            let types = ["string", "number", "integer", "boolean", "array"]
            #expect(types.contains(schema["type"]?.stringValue ?? ""), "\(name) is not flat")
        }
        #expect(!reply.content.isEmpty && !reply.isError)
    }

    @Test("a user who declines or goes away ends the call normally", arguments: wires, ["decline", "cancel"])
    func declined(wire: Wire, action: String) async throws {
        let client = try await Client.open(wire, capabilities: ElicitationTests.capability)
        let (reply, questions) = try await self.converse(client, "test_elicitation", ["message": "Well?"]) { _ in
            ["action": .string(action)]
        }
        #expect(questions.count == 1 && !reply.content.isEmpty, "\(reply)")
    }

    @Test("a client that answers with an error does not leave the call hanging", arguments: wires)
    func refused(wire: Wire) async throws {
        let client = try await Client.open(wire, capabilities: ElicitationTests.capability)
        let stream: EventStream
        if wire.transport == .httpSSE {
            let call = RPC.request("tools/call", ["name": "test_elicitation", "arguments": ["message": "?"]], id: 9)
            #expect(try await client.post(call).status == 202)
            stream = try #require(client.stream)
        } else {
            stream = try await client.open("tools/call", ["name": "test_elicitation", "arguments": ["message": "?"]])
        }
        let question = try #require(try await stream.nextMessage(method: "elicitation/create"))
        let refusal: JSONValue = [
            "jsonrpc": "2.0", "id": question["id"] ?? .null, "error": ["code": -32603, "message": "no"],
        ]
        #expect(try await client.post(refusal).status == 202)
        let reply = try #require(try await stream.nextReply())
        #expect(reply["error"] != nil || reply["result"]?["content"] != nil)
    }

    @Test("defaults are given as far as the revision has them", arguments: wires)
    func defaults(wire: Wire) async throws {
        let client = try await Client.open(wire, capabilities: ElicitationTests.capability)
        let (reply, questions) = try await self.converse(client, "test_elicitation_sep1034_defaults")
        let properties = try #require(questions.first?["params"]?["requestedSchema"]?["properties"])
        let expected: [(String, String, JSONValue)] = [
            ("name", "string", "John Doe"), ("age", "integer", 30), ("score", "number", 95.5),
            ("status", "string", "active"), ("verified", "boolean", true),
        ]
        for (name, type, value) in expected {
            #expect(properties[name]?["type"]?.stringValue == type, "\(name)")
            let isKnown = wire.revision >= .v2025_11_25 || type == "boolean"
            let expected: JSONValue? = if isKnown { value } else { Optional.none }
            #expect(properties[name]?["default"] == expected, "\(name)")
        }
        #expect(properties["status"]?["enum"] == ["active", "inactive", "pending"])
        #expect(!reply.content.isEmpty)
    }

    @Test("choices are given in the five styles", arguments: wires.filter { $0.revision == .v2025_11_25 })
    func enumerations(wire: Wire) async throws {
        let client = try await Client.open(wire, capabilities: ElicitationTests.capability)
        let (_, questions) = try await self.converse(client, "test_elicitation_sep1330_enums")
        let properties = try #require(questions.first?["params"]?["requestedSchema"]?["properties"])
        func titled(_ options: JSONValue?) -> Bool {
            guard let options = options?.arrayValue, !options.isEmpty else { return false }
            return options.allSatisfy { $0["const"]?.stringValue != nil && $0["title"]?.stringValue != nil }
        }
        let single = try #require(properties["untitledSingle"])
        #expect(single["type"] == "string" && single["enum"]?.arrayValue?.isEmpty == false)
        #expect(single["oneOf"] == nil && single["enumNames"] == nil)
        let titledSingle = try #require(properties["titledSingle"])
        #expect(titledSingle["type"] == "string" && titled(titledSingle["oneOf"]) && titledSingle["enum"] == nil)
        let old = try #require(properties["legacyEnum"])
        #expect(old["type"] == "string" && old["oneOf"] == nil)
        let (values, names) = (old["enum"]?.arrayValue ?? [], old["enumNames"]?.arrayValue ?? [])
        #expect(!values.isEmpty && values.count == names.count)
        let multi = try #require(properties["untitledMulti"])
        #expect(multi["type"] == "array" && multi["items"]?["enum"]?.arrayValue?.isEmpty == false)
        #expect(multi["items"]?["anyOf"] == nil)
        let titledMulti = try #require(properties["titledMulti"])
        #expect(titledMulti["type"] == "array" && titled(titledMulti["items"]?["anyOf"]))
        #expect(titledMulti["items"]?["enum"] == nil)
    }

    @Test("2025-06-18 gets plain choices only")
    func plainEnumerations() async throws {
        let client = try await Client.open(
            Wire(revision: .v2025_06_18, transport: .streamable), capabilities: ElicitationTests.capability)
        let (_, questions) = try await self.converse(client, "test_elicitation_sep1330_enums")
        for (name, schema) in questions.first?["params"]?["requestedSchema"]?["properties"]?.objectValue ?? [:] {
            #expect(schema["type"] != "array" && schema["oneOf"] == nil && schema["items"] == nil, "\(name)")
        }
    }

    @Test("a client that did not offer forms is told in words", arguments: Wire.legacy)
    func undeclared(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let (reply, questions) = try await self.converse(client, "test_elicitation", ["message": "Well?"])
        #expect(questions == [] && reply.error == nil && !reply.text.isEmpty, "\(reply)")
    }

    @Test("revisions before forms are told in words, whatever they declare", arguments: before)
    func unknown(wire: Wire) async throws {
        let client = try await Client.open(wire, capabilities: ElicitationTests.capability)
        let (reply, questions) = try await self.converse(client, "test_elicitation", ["message": "Well?"])
        #expect(questions == [] && reply.error == nil && !reply.text.isEmpty, "\(reply)")
    }

    @Test("forms go to those who offer forms, not to those who offer links only")
    func modes() async throws {
        for (declared, isAsked) in [(["form": [:]], true), (["form": [:], "url": [:]], true), (["url": [:]], false)]
            as [(JSONValue, Bool)]
        {
            let client = try await Client.open(.session, capabilities: ["elicitation": declared])
            let (reply, questions) = try await self.converse(client, "test_elicitation", ["message": "Well?"])
            #expect(questions.isEmpty != isAsked, "\(declared.text)")
            #expect(questions.allSatisfy { $0["params"]?["mode"] != "url" })
            #expect(!reply.content.isEmpty)
        }
    }

    @Test("a client that takes no stream cannot be asked, and is not left waiting", arguments: wires)
    func jsonOnly(wire: Wire) async throws {
        guard wire.transport == .streamable else { return }
        let client = try await Client.open(wire, capabilities: ElicitationTests.capability)
        let call = RPC.request("tools/call", ["name": "test_elicitation", "arguments": ["message": "?"]])
        let answer = try await client.server.send(client.request(posting: call).with("Accept", "application/json"))
        #expect(answer.status == 200 && answer.result?["content"] != nil, "\(answer)")
    }

    @Test("an answer from another session is none")
    func foreignAnswer() async throws {
        let owner = try await Client.open(.session, capabilities: ElicitationTests.capability)
        let stranger = try await Client.open(.session, capabilities: ElicitationTests.capability)
        let stream = try await owner.open("tools/call", ["name": "test_elicitation", "arguments": ["message": "?"]])
        let question = try #require(try await stream.nextMessage(method: "elicitation/create"))
        let id = try #require(question["id"])
        let answer = RPC.response(Answers.accepting(question), id: id)
        _ = try await stranger.post(answer)
        #expect(try await stream.messages(for: .milliseconds(100)) == [])
        #expect(try await owner.post(answer).status == 202)
        #expect(try await stream.nextReply()?["result"]?["content"] != nil)
        #expect(try await owner.post(answer).status == 202, "a second answer is ignored")
    }

    @Test("two calls that ask at once get each its own answer", arguments: wires)
    func concurrent(wire: Wire) async throws {
        let client = try await Client.open(wire, capabilities: ElicitationTests.capability)
        var streams: [EventStream] = []
        for (id, message) in [(101, "first"), (102, "second")] {
            let params: JSONValue = ["name": "test_elicitation", "arguments": ["message": .string(message)]]
            if let stream = client.stream {
                #expect(try await client.post(RPC.request("tools/call", params, id: JSONValue(id))).status == 202)
                streams.append(stream)
            } else {
                streams.append(try await client.open("tools/call", params, id: JSONValue(id)))
            }
        }
        var questions: [JSONValue] = []
        for stream in streams {
            questions.append(try #require(try await stream.nextMessage(method: "elicitation/create")))
        }
        for question in questions.reversed() {
            let content: JSONValue = ["username": question["params"]?["message"] ?? "?"]
            let answer = RPC.response(["action": "accept", "content": content], id: question["id"] ?? .null)
            #expect(try await client.post(answer).status == 202)
        }
        var texts: [JSONValue: String] = [:]
        for stream in streams {
            let reply = try #require(try await stream.nextReply())
            texts[reply["id"] ?? .null] = reply["result"]?["content"]?[0]?["text"]?.stringValue
        }
        #expect(texts[101]?.contains("first") == true && texts[102]?.contains("second") == true, "\(texts)")
    }

    @Test("tools that ask by their result work in sessions as well", arguments: wires)
    func sharedHandlers(wire: Wire) async throws {
        let client = try await Client.open(wire, capabilities: ["elicitation": [:], "sampling": [:], "roots": [:]])
        for (tool, count) in [
            ("test_input_required_result_elicitation", 1), ("test_input_required_result_sampling", 1),
            ("test_input_required_result_list_roots", 1), ("test_input_required_result_multi_round", 2),
            ("test_input_required_result_multiple_inputs", 3),
        ] {
            let (reply, questions) = try await self.converse(client, tool)
            #expect(questions.count >= count, "\(tool): \(reply)")
            #expect(!reply.content.isEmpty && !reply.isError, "\(tool): \(reply)")
            #expect(Set(questions.map { $0["id"] }).count == questions.count)
        }
    }
}
