import JSON
import ModelContextProtocol
import Testing

@testable import BiteTrack

/// What clients of both eras are told and asked, message by message.
@Suite(.timeLimit(.minutes(2)))
struct SurfaceWireTests {
    private static let forms: JSONValue = ["elicitation": ["form": [:]]]

    @Test("a client of 2026-07-28 finds tools, resources, prompts, completions and tasks declared, and they are there")
    func discovery() async throws {
        try await ServiceBench.with { bench in
            let peer = MCPPeer(bench.mcp)
            let discovery = await (try peer.ask("server/discover")).end()?["result"]
            #expect(
                discovery?["capabilities"]?.text
                    == #"{"prompts":{},"resources":{"subscribe":true},"tools":{},"completions":{},"#
                    + #""extensions":{"io.modelcontextprotocol/tasks":{}}}"#)
            for (method, key, count) in [
                ("tools/list", "tools", 3), ("prompts/list", "prompts", 6),
                ("resources/templates/list", "resourceTemplates", 3),
                ("resources/list", "resources", try ToolCatalogue.load().files.count + 3),
            ] {
                let result = await (try peer.ask(method)).end()?["result"]
                #expect(result?[key]?.arrayValue?.count == count && result?["nextCursor"] == nil, "\(method)")
            }
            let uri: JSONValue = "bitetrack://tools/sales/getSales.js"
            let read = await (try peer.ask("resources/read", ["uri": uri])).end()?["result"]
            #expect(read?["contents"]?.arrayValue?.first?["mimeType"] == "text/javascript")
            let missing = await (try peer.ask("resources/read", ["uri": "bitetrack://tools/../x"])).end()
            #expect(
                missing?["error"]?["code"] == -32602 && missing?["error"]?["data"]?["uri"] == "bitetrack://tools/../x")
            let completion = await
                (try peer.ask(
                    "completion/complete",
                    [
                        "ref": ["type": "ref/resource", "uri": "bitetrack://tools/{+path}"],
                        "argument": ["name": "path", "value": "sales/getSales"],
                    ])).end()?["result"]
            #expect(completion?["completion"]?["values"]?.text == #"["sales/getSales.js"]"#)
        }
    }

    @Test("a prompt asks a client of 2026-07-28 and goes on with what it comes back with")
    func modernQuestion() async throws {
        try await ServiceBench.with { bench in
            let peer = MCPPeer(bench.mcp)
            let asked = await (try peer.ask("prompts/get", ["name": "settle_customer"], capabilities: Self.forms))
                .end()?[
                    "result"]
            #expect(asked?["resultType"] == "input_required", "\(asked?.text ?? "")")
            let form = asked?["inputRequests"]?["arguments"]
            #expect(form?["method"] == "elicitation/create")
            #expect(form?["params"]?["requestedSchema"]?["properties"]?["customer"]?["type"] == "string")
            let text = await self.text(
                try peer.ask(
                    "prompts/get",
                    [
                        "name": "settle_customer", "requestState": asked?["requestState"] ?? nil,
                        "inputResponses": ["arguments": ["action": "accept", "content": ["customer": "Ana"]]],
                    ], capabilities: Self.forms))
            #expect(text.contains("await settleCustomer({ customer: \"Ana\" });"), "\(text)")
            // An answer that is none is not asked for again and again.
            let stuck = await self.text(
                try peer.ask(
                    "prompts/get",
                    [
                        "name": "settle_customer", "requestState": asked?["requestState"] ?? nil,
                        "inputResponses": ["arguments": ["action": "accept"]],
                    ], capabilities: Self.forms))
            #expect(stuck.hasPrefix("First ask the user for customer"), "\(stuck)")
            let silent = await self.text(try peer.ask("prompts/get", ["name": "settle_customer"]))
            #expect(silent.hasPrefix("First ask the user for customer"), "\(silent)")
        }
    }

    @Test(
        "a prompt asks a session on its own stream and goes on with the answer",
        arguments: ["2025-06-18", "2025-11-25"])
    func legacyQuestion(revision: String) async throws {
        try await ServiceBench.with { bench in
            let peer = MCPPeer(bench.mcp)
            let headers = try await peer.open(revision, capabilities: ["elicitation": [:]])
            for (answer, expected) in [
                (["result": ["action": "accept", "content": ["month": "2025-10"]]], "Report on 2025-10"),
                (["result": ["action": "decline"]], "First ask the user for month"),
                (["error": ["code": -1, "message": "no"]], "First ask the user for month"),
            ] as [(JSONObject, String)] {
                let reply = try await peer.post("prompts/get", ["name": "monthly_report"], headers)
                var last: JSONValue?
                for await message in reply.messages {
                    last = message
                    guard message["method"] == "elicitation/create" else { continue }
                    var response: JSONObject = ["jsonrpc": "2.0", "id": message["id"] ?? nil]
                    for (key, value) in answer { response.append(key, value) }
                    _ = await (try peer.post(.object(response), headers)).all()
                }
                #expect(Self.text(last).hasPrefix(expected), "\(last?.text ?? "")")
            }
        }
    }

    @Test("older sessions, which cannot be asked, get the text that makes the model ask")
    func oldSession() async throws {
        try await ServiceBench.with { bench in
            let peer = MCPPeer(bench.mcp)
            let headers = try await peer.open("2025-03-26", capabilities: ["elicitation": [:]])
            let text = await self.text(try peer.post("prompts/get", ["name": "daily_close"], headers))
            #expect(text.hasPrefix("First ask the user for date"), "\(text)")
        }
    }

    @Test("subscriptions are taken, and nothing comes of them")
    func subscription() async throws {
        try await ServiceBench.with { bench in
            let peer = MCPPeer(bench.mcp)
            let headers = try await peer.open()
            let reply = try await peer.post("resources/subscribe", ["uri": "bitetrack://tools"], headers)
            #expect(await reply.end()?["result"]?.text == "{}")
        }
    }

    private func text(_ reply: MCPReply) async -> String { Self.text(await reply.end()) }

    /// The text of a prompt's one message.
    private static func text(_ answer: JSONValue?) -> String {
        answer?["result"]?["messages"]?.arrayValue?.first?["content"]?["text"]?.stringValue ?? ""
    }
}
