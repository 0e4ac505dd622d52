import JSON
import Testing

@testable import UpstreamPipeline

struct ParameterCheckTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let kind: Parameter.Kind
        let value: JSONValue
        var text = ""
        var testDescription: String { "\(self.kind) \(self.value.text)" }
    }

    @Test(
        "accepts values of the kind, and writes them one way",
        arguments: [
            Case(kind: .integer(1...100), value: 10, text: "10"),
            Case(kind: .integer(1...100), value: "10", text: "10"),
            Case(kind: .integer(1...100), value: 10.0, text: "10"),
            Case(kind: .integer(1...100), value: "007", text: "7"),
            Case(kind: .integer(-5...5), value: "-3", text: "-3"),
            Case(kind: .number(0...10), value: "2.50", text: "2.5"),
            Case(kind: .number(0...10), value: 3, text: "3"), Case(kind: .number(-1...1), value: "-0.5", text: "-0.5"),
            Case(kind: .boolean, value: true, text: "true"), Case(kind: .boolean, value: "false", text: "false"),
            Case(kind: .oneOf(["a", "b"]), value: "b", text: "b"),
            Case(kind: .string(maximumLength: 3), value: "äöü", text: "äöü"),
            Case(kind: .email, value: "a.b+c@shop.example.com", text: "a.b+c@shop.example.com"),
            Case(kind: .date, value: "2024-02-29", text: "2024-02-29"),
            Case(kind: .objectID, value: "64B0000000000000000000A1", text: "64b0000000000000000000a1"),
            Case(kind: .secret, value: "x", text: "x"),
        ])
    func accepts(one: Case) throws {
        #expect(try Parameter("p", .query, one.kind).check(one.value).text == one.text)
    }

    @Test(
        "refuses everything else",
        arguments: [
            Case(kind: .integer(1...100), value: 0), Case(kind: .integer(1...100), value: 101),
            Case(kind: .integer(1...100), value: "10abc"), Case(kind: .integer(1...100), value: "1e1"),
            Case(kind: .integer(1...100), value: "NaN"), Case(kind: .integer(1...100), value: ""),
            Case(kind: .integer(1...100), value: "+5"), Case(kind: .integer(1...100), value: " 5"),
            Case(kind: .integer(1...100), value: "٣"), Case(kind: .integer(1...100), value: 1.5),
            Case(kind: .integer(1...100), value: true), Case(kind: .integer(1...100), value: [5]),
            Case(kind: .integer(1...100), value: ["$gt": 1]),
            Case(kind: .integer(1...100), value: "99999999999999999999"),
            Case(kind: .number(0...10), value: "1e1"), Case(kind: .number(0...10), value: "."),
            Case(kind: .number(0...10), value: "1."), Case(kind: .number(0...10), value: "Infinity"),
            Case(kind: .number(0...10), value: "nan"), Case(kind: .number(0...10), value: 10.5),
            Case(kind: .boolean, value: 1), Case(kind: .boolean, value: "yes"), Case(kind: .boolean, value: "True"),
            Case(kind: .oneOf(["a", "b"]), value: "c"), Case(kind: .oneOf(["a", "b"]), value: ["a"]),
            Case(kind: .string(maximumLength: 3), value: "abcd"), Case(kind: .string(maximumLength: 3), value: 12),
            Case(kind: .string(maximumLength: 9), value: "a\r\nX: y"),
            Case(kind: .string(maximumLength: 9), value: "a\u{7F}"),
            Case(kind: .email, value: "a"), Case(kind: .email, value: "a@b"), Case(kind: .email, value: "a@@b.c"),
            Case(kind: .email, value: "a b@c.d"), Case(kind: .email, value: "@c.d"), Case(kind: .email, value: "a@.d"),
            Case(kind: .email, value: ["a@b.c"]), Case(kind: .date, value: "2024-02-31"),
            Case(kind: .date, value: "01/02/2024"), Case(kind: .date, value: 5),
            Case(kind: .objectID, value: "64b0"), Case(kind: .objectID, value: "0x64b000000000000000000a"),
            Case(kind: .objectID, value: "64b0000000000000000000a1\n"), Case(kind: .objectID, value: 64),
            Case(kind: .objectID, value: "http://evil.test/1234567"), Case(kind: .objectID, value: ["$ne": "x"]),
            Case(kind: .objectID, value: "６４b0000000000000000000a1"),
            Case(kind: .secret, value: ""), Case(kind: .secret, value: 5),
        ])
    func refuses(one: Case) throws {
        let error = try #require(throws: PipelineError.self) { try Parameter("p", .query, one.kind).check(one.value) }
        #expect(error.code == .invalidArguments && error.status == 400 && error.origin == .caller)
        #expect(error.message.hasPrefix("parameter `p` must "))
    }

    @Test("tells what came and what was probably meant")
    func guidance() throws {
        let field = Parameter("dateField", .query, .oneOf(["createdAt", "updatedAt"]))
        let error = try #require(throws: PipelineError.self) { try field.check("updateAt") }
        #expect(
            error.message == "parameter `dateField` must be one of `createdAt`, `updatedAt`, not \"updateAt\"; "
                + "did you mean `updatedAt`?")
        let long = try #require(throws: PipelineError.self) {
            try Parameter("n", .query, .integer(1...2)).check(.string(String(repeating: "9", count: 500)))
        }
        #expect(long.message == "parameter `n` must be a whole number from 1 to 2, not a string of 502 characters")
    }

    private static let lines = Parameter(
        "products", .body,
        .objects(
            of: [
                Parameter("productId", .body, .objectID, required: true),
                Parameter("quantity", .body, .integer(1...1000), required: true),
                Parameter("note", .body, .string(maximumLength: 9)),
            ], count: 1...3),
        required: true)

    @Test("objects are sent with their members checked, in one order and form")
    func objects() throws {
        let value: JSONValue = [
            ["quantity": "02", "productId": "64B0000000000000000000A1", "note": .null],
            ["productId": "64b0000000000000000000a2", "quantity": 1, "note": "x"],
        ]
        #expect(
            try Self.lines.check(value).json == [
                ["productId": "64b0000000000000000000a1", "quantity": 2],
                ["productId": "64b0000000000000000000a2", "quantity": 1, "note": "x"],
            ])
    }

    @Test(
        "a wrong member of an object is named with its place",
        arguments: [
            (
                "5",
                "parameter `products` must be an array of 1 to 3, each an object {productId, quantity, note?}, not a number"
            ),
            (
                "{}",
                "parameter `products` must be an array of 1 to 3, each an object {productId, quantity, note?}, not an object"
            ),
            (
                "[]",
                "parameter `products` must be an array of 1 to 3, each an object {productId, quantity, note?}, not of 0"
            ),
            (
                "[1,1,1,1]",
                "parameter `products` must be an array of 1 to 3, each an object {productId, quantity, note?}, not of 4"
            ),
            ("[[]]", "parameter `products[0]` must be an object {productId, quantity, note?}, not an array"),
            (
                #"[{"quantity":1}]"#,
                "parameter `products[0].productId` is missing: it must be an id of 24 hexadecimal digits"
            ),
            (
                #"[{"productId":"ID","quantity":1},{"productId":"ID","quantity":0}]"#,
                "parameter `products[1].quantity` must be a whole number from 1 to 1000, not 0"
            ),
            (
                #"[{"productId":"ID","quantity":1.5}]"#,
                "parameter `products[0].quantity` must be a whole number from 1 to 1000, not 1.5"
            ),
            (
                #"[{"productId":"ID","quantity":{"$gt":0}}]"#,
                "parameter `products[0].quantity` must be a single value, not an object"
            ),
            (
                #"[{"productId":"64b0","quantity":1}]"#,
                "parameter `products[0].productId` must be an id of 24 hexadecimal digits, not \"64b0\""
            ),
            (
                #"[{"productId":"ID","quantty":1}]"#,
                "parameter `products[0]` has no member \"quantty\", only productId, quantity, note; did you mean `quantity`?"
            ),
        ])
    func wrongObjects(text: String, message: String) throws {
        let text = text.replacing("\"ID\"", with: "\"64b0000000000000000000a1\"")
        let value = try JSONValue(parsing: Array(text.utf8))
        let error = try #require(throws: PipelineError.self) { try Self.lines.check(value) }
        #expect(error.message == message && error.code == .invalidArguments && error.status == 400)
    }

    @Test("never repeats a secret or an address")
    func secrets() throws {
        let long = String(repeating: "hunter2", count: 200)
        for (kind, value) in [(.secret, long), (.email, "hunter2@")] as [(Parameter.Kind, String)] {
            let error = try #require(throws: PipelineError.self) {
                try Parameter("p", .body, kind).check(.string(value))
            }
            #expect(!error.message.contains("hunter2"))
        }
    }

    @Test("lets line breaks into bodies, where JSON carries them safely")
    func bodyText() throws {
        #expect(try Parameter("p", .body, .string(maximumLength: 9)).check("a\nb") == .text("a\nb"))
    }

    @Test("a required text is not empty")
    func emptyRequired() {
        #expect(throws: PipelineError.self) {
            try Parameter("p", .body, .string(maximumLength: 9), required: true).check("")
        }
    }

    @Test("keeps the JSON type in a body")
    func json() throws {
        #expect(try Parameter("p", .body, .integer(0...9)).check("5").json == 5)
        #expect(try Parameter("p", .body, .boolean).check("true").json == true)
        #expect(try Parameter("p", .body, .oneOf(["5"])).check("5").json == "5")
    }
}
