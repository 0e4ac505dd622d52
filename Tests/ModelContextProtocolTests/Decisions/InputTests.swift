import JSON
import Sessions
import Testing

@testable import ModelContextProtocol

/// Questions, answers, and what survives between the two.
struct InputTests {
    static let schema: JSONValue = [
        "type": "object",
        "properties": [
            "name": ["type": "string", "minLength": 2, "maxLength": 4], "age": ["type": "integer", "minimum": 0],
            "score": ["type": "number", "maximum": 10], "ok": ["type": "boolean"], "kind": ["enum": ["a", "b"]],
            "titled": ["oneOf": [["const": "x", "title": "X"]]],
            "many": [
                "type": "array", "minItems": 1, "maxItems": 2, "items": ["anyOf": [["const": "p"], ["const": "q"]]],
            ],
        ],
        "required": ["name"],
    ]

    @Test(
        "a filled-in form is checked against what was asked",
        arguments: [
            (#"{"name":"ab"}"#, true), (#"{}"#, false), (#"{"name":null}"#, false), (#"{"name":"a"}"#, false),
            (#"{"name":"abcde"}"#, false), (#"{"name":5}"#, false), (#"{"name":"ab","age":3}"#, true),
            (#"{"name":"ab","age":3.5}"#, false), (#"{"name":"ab","age":-1}"#, false),
            (#"{"name":"ab","score":9.5}"#, true), (#"{"name":"ab","score":11}"#, false),
            (#"{"name":"ab","score":"9"}"#, false), (#"{"name":"ab","ok":true}"#, true),
            (#"{"name":"ab","ok":"true"}"#, false), (#"{"name":"ab","kind":"b"}"#, true),
            (#"{"name":"ab","kind":"c"}"#, false), (#"{"name":"ab","titled":"x"}"#, true),
            (#"{"name":"ab","titled":"X"}"#, false), (#"{"name":"ab","many":["p","q"]}"#, true),
            (#"{"name":"ab","many":[]}"#, false), (#"{"name":"ab","many":["r"]}"#, false),
            (#"{"name":"ab","many":["p","q","p"]}"#, false), (#"{"name":"ab","extra":1}"#, true), ("[]", false),
        ])
    func forms(content: String, fits: Bool) throws {
        #expect((FormCheck.problem(with: try JSONValue(parsing: content), schema: Self.schema) == nil) == fits)
        let answer: JSONValue = ["action": "accept", "content": try JSONValue(parsing: content)]
        #expect(Question.form(message: "m", schema: Self.schema).accepts(answer) == fits)
    }

    @Test("each kind of question has its kind of answer")
    func kinds() {
        let page = Question.page(message: "m", url: "https://example.com")
        #expect(page.accepts(["action": "accept"]) && page.accepts(["action": "decline"]))
        #expect(!page.accepts(["action": "maybe"]) && !page.accepts(12345))
        #expect(Question.roots.accepts(["roots": []]) && !Question.roots.accepts([:]))
        #expect(Question.sampling([:]).accepts(["content": [:]]) && !Question.sampling([:]).accepts(.null))
    }

    @Test("each revision gets a question in its own words")
    func wording() {
        let form = Question.form(message: "m", schema: [:])
        #expect(form.parameters(for: .june2025, id: "i")?["mode"] == nil)
        #expect(form.parameters(for: .november2025, id: "i")?["mode"] == "form")
        let page = Question.page(message: "m", url: "u")
        #expect(page.parameters(for: .november2025, id: "i")?["elicitationId"] == "i")
        #expect(page.parameters(for: .july2026, id: "i")?["elicitationId"] == nil)
        #expect(Question.roots.request(for: .july2026, id: "i") == ["method": "roots/list"])
    }

    @Test(
        "capabilities count as far as the revision has them",
        arguments: [
            (#"{"elicitation":{}}"#, ProtocolRevision.november2025, true, false),
            (#"{"elicitation":{"url":{}}}"#, .november2025, false, true),
            (#"{"elicitation":{"form":{},"url":{}}}"#, .july2026, true, true),
            (#"{"elicitation":{"form":{},"url":{}}}"#, .june2025, true, false),
            (#"{"elicitation":{}}"#, .march2025, false, false), (#"{"elicitation":true}"#, .july2026, false, false),
            ("{}", .july2026, false, false),
        ])
    func capabilities(json: String, revision: ProtocolRevision, forms: Bool, urls: Bool) throws {
        let client = ClientCapabilities(try JSONValue(parsing: json), revision: revision)
        #expect(client.elicitsForms == forms && client.elicitsURLs == urls)
    }

    @Test("2025-06-18 gets plain choices and defaults for booleans, and is understood all the same")
    func oldForms() throws {
        let schema: JSONValue = [
            "type": "object",
            "properties": [
                "name": ["type": "string", "default": "x"], "ok": ["type": "boolean", "default": true],
                "one": ["type": "string", "oneOf": [["const": "a", "title": "A"], ["const": "b", "title": "B"]]],
                "many": ["type": "array", "minItems": 1, "items": ["type": "string", "enum": ["p", "q"]]],
            ],
        ]
        let form = Question.form(message: "m", schema: schema)
        let properties = form.parameters(for: .june2025, id: "i")?["requestedSchema"]?["properties"]
        #expect(properties?["name"] == ["type": "string"])
        #expect(properties?["ok"] == ["type": "boolean", "default": true])
        #expect(properties?["one"] == ["type": "string", "enum": ["a", "b"], "enumNames": ["A", "B"]])
        #expect(properties?["many"] == ["type": "string", "enum": ["p", "q"]])
        #expect(form.parameters(for: .november2025, id: "i")?["requestedSchema"] == schema)
        let answer: JSONValue = ["action": "accept", "content": ["many": "p"]]
        #expect(!form.accepts(answer))
        #expect(form.accepts(form.understood(answer, from: .june2025)))
        #expect(!form.accepts(form.understood(answer, from: .november2025)))
    }

    static func context(_ answers: JSONObject, client: String = #"{"elicitation":{}}"#) throws -> RequestContext {
        RequestContext(
            principal: .anonymous, session: nil, revision: .july2026,
            client: ClientCapabilities(try JSONValue(parsing: client), revision: .july2026), state: nil,
            answers: Answers(answers), channel: SilentChannel())
    }

    @Test("a handler asks for what is missing or does not fit, and only for that")
    func asking() throws {
        let questions: [String: Question] = [
            "a": .form(message: "a?", schema: Self.schema), "b": .form(message: "b?", schema: [:]),
        ]
        let context = try Self.context([
            "a": ["action": "accept", "content": ["name": "a"]], "b": ["action": "cancel"],
        ])
        let required = #expect(throws: InputRequired.self) { _ = try context.ask(questions, state: 7) }
        #expect(required?.questions.keys.sorted() == ["a"])
        #expect(required?.state == 7)
        #expect(try context.elicit("b", "b?", schema: [:]) == .cancelled)
        #expect(throws: MissingCapability.self) { _ = try context.ask(["r": .roots]) }
    }

    /// A key that only the tests have.
    static let codec = RequestStateCodec(sealer: TestSealer(), now: { 1000 })

    @Test("a sealed state opens for the same principal, method and parameters only, and for so long")
    func state() throws {
        var state = RequestState()
        state.answers["k"] = ["action": "accept"]
        state.handler = "h"
        state.round = 2
        let sealed = try Self.codec.seal(state, principal: .anonymous, method: "tools/call", parameters: [1, 2])
        let opened = try Self.codec.open(sealed, principal: .anonymous, method: "tools/call", parameters: [1, 2])
        #expect(opened.answers == state.answers && opened.handler == "h" && opened.round == 2)
        let again = try Self.codec.seal(state, principal: .anonymous, method: "tools/call", parameters: [1, 2])
        #expect(again != sealed)
        let foreign: [(String, Principal, String, [UInt8])] = [
            (sealed + "-TAMPERED", .anonymous, "tools/call", [1, 2]),
            (sealed, .bearer(digest: [1]), "tools/call", [1, 2]),
            (sealed, .anonymous, "prompts/get", [1, 2]), (sealed, .anonymous, "tools/call", [1]),
            ("", .anonymous, "tools/call", [1, 2]), ("é", .anonymous, "tools/call", [1, 2]),
        ]
        for (text, principal, method, parameters) in foreign {
            let error = #expect(throws: RPCError.self) {
                _ = try Self.codec.open(text, principal: principal, method: method, parameters: parameters)
            }
            #expect(error?.code == .invalidParams)
        }
        let later = RequestStateCodec(sealer: Self.codec.sealer, now: { 1000 + RequestState.lifetimeSeconds })
        #expect(throws: RPCError.self) {
            _ = try later.open(sealed, principal: .anonymous, method: "tools/call", parameters: [1, 2])
        }
    }

    @Test("the parameters of a request have one canonical form")
    func canonical() throws {
        let one = try Params(parsing: #"{"name":"x","arguments":{"b":1,"a":[{"d":2,"c":3}]},"requestState":"s"}"#)
        let two = try Params(parsing: #"{ "arguments" : {"a":[{"c":3,"d":2}],"b":1}, "inputResponses":{}, "name":"x"}"#)
        let excluded: Set<String> = ["requestState", "inputResponses"]
        #expect(try one.canonicalText(without: excluded) == two.canonicalText(without: excluded))
        #expect(try one.canonicalText(without: []) != two.canonicalText(without: []))
    }

    @Test("a task's questions close one by one, and no key is used twice")
    func taskInput() {
        var input = TaskInput()
        input.ask(["a": .form(message: "a", schema: [:]), "b": .page(message: "b", url: "u")])
        #expect(input.requests(for: .july2026).map(\.key) == ["a", "b"])
        #expect(input.take(["a": ["action": "accept"], "z": ["action": "accept"]]) == nil)
        #expect(input.requests(for: .july2026).map(\.key) == ["b"])
        #expect(input.take(["b": 5]) == nil)
        let answers = input.take(["b": ["action": "decline"]])
        #expect(answers?["a"] == ["action": "accept"] && answers?["b"] == ["action": "decline"])
        #expect(input.take(["b": ["action": "decline"]]) == nil)
        input.ask(["a": .form(message: "again", schema: [:])])
        #expect(input.requests(for: .july2026).map(\.key) == ["a-2"])
        #expect(input.take(["a-2": ["action": "cancel"]])?["a"] == ["action": "cancel"])
        input.ask(["a": .form(message: "", schema: [:]), "a-2": .form(message: "", schema: [:])])
        #expect(Set(input.requests(for: .july2026).map(\.key)).isDisjoint(with: ["a", "a-2"]))
        #expect(input.requests(for: .july2026).count == 2)
    }

    @Test("a task that has ended makes room for another of the same principal; one at work does not")
    func taskPlaces() throws {
        let store = TaskStore(
            lifetime: .seconds(60), maximumCount: 4, encoder: .legacy, now: { 1000 }, onChange: { _ in })
        let tasks = try (0..<3).map { _ in try store.create(principal: .anonymous) }
        #expect(throws: RPCError.self) { _ = try store.create(principal: .anonymous) }
        let other = try store.create(principal: .bearer(digest: [1]))
        tasks[1].cancel()
        let next = try store.create(principal: .anonymous)
        #expect(store.find(tasks[1].id, principal: .anonymous) == nil)
        #expect(store.find(next.id, principal: .anonymous) === next)
        #expect(store.find(other.id, principal: .anonymous) == nil)
        #expect(store.find(other.id, principal: .bearer(digest: [1])) === other)
    }
}
