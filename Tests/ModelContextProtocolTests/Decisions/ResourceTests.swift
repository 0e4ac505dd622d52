import JSON
import Sessions
import Testing

@testable import ModelContextProtocol

struct ResourceTests {
    @Test(
        "a template matches what it describes and tells the variables",
        arguments: [
            ("test://t/{id}/data", "test://t/123/data", ["id": "123"]), ("test://t/{id}/data", "test://t//data", nil),
            ("test://t/{id}/data", "test://t/1/2/data", nil), ("test://t/{id}/data", "test://t/1/data/", nil),
            ("a:{+path}", "a:x/y/z.js", ["path": "x/y/z.js"]), ("a:{+path}", "a:", nil), ("a:{+path}", "b:x", nil),
            ("a:{x}-{y}", "a:1-2", ["x": "1", "y": "2"]), ("a:{x}", "a:%C3%A9%20b", ["x": "é b"]),
            ("a:{x}", "a:1%2F2", nil), ("a:{+x}", "a:1%2F2", ["x": "1/2"]), ("a:{x}", "a:%zz", nil),
            ("a:{x}", "a:%C3", nil), ("a:b", "a:b", [:]), ("a:b", "a:bc", nil),
            ("a:{x}.js", "a:b.js.js", ["x": "b.js"]),
        ] as [(String, String, [String: String]?)])
    func templates(template: String, uri: String, expected: [String: String]?) {
        #expect(URITemplate(template).match(uri) == expected)
    }

    @Test("knows its variables") func variables() {
        #expect(URITemplate("a:{x}/{+y}").variables == ["x", "y"])
    }

    @Test(
        "listens to what is asked and offered, and says so",
        arguments: [
            (#"{"toolsListChanged":true,"promptsListChanged":true}"#, #"{"toolsListChanged":true}"#),
            (#"{"toolsListChanged":false}"#, "{}"), (#"{"resourceSubscriptions":["a:1"]}"#, "{}"),
            (#"{"taskIds":["t"]}"#, #"{"taskIds":["t"]}"#), ("{}", "{}"),
            (#"{"unknown":true,"toolsListChanged":null}"#, "{}"),
        ])
    func filter(wanted: String, honoured: String) throws {
        var features = MCPFeatures(tools: [FeatureRouterTests.echo])
        features.announcesListChanges = true
        features.takesSubscriptions = true
        features.runsTasks = true
        let wanted = try #require(try JSONValue(parsing: wanted).objectValue)
        let filter = try ListenFilter(wanted, features: features, tracksTasks: true)
        #expect(JSONValue.object(filter.json).text == honoured)
    }

    @Test(
        "refuses wishes of the wrong type",
        arguments: [#"{"toolsListChanged":"yes"}"#, #"{"resourceSubscriptions":"a"}"#, #"{"taskIds":[1]}"#])
    func badFilter(wanted: String) throws {
        let wanted = try #require(try JSONValue(parsing: wanted).objectValue)
        #expect(throws: RPCError.self) {
            _ = try ListenFilter(wanted, features: MCPFeatures(), tracksTasks: true)
        }
    }

    @Test("proposals that begin with what was typed come first")
    func completion() {
        let call = CompletionCall(name: "x", value: "SA")
        #expect(call.matches(in: ["usage", "sales", "visa", "Salt"]) == ["sales", "Salt", "usage", "visa"])
    }

    @Test("calls without a session are counted for each principal, and all together")
    func places() {
        let places = CallPlaces(maximumCount: 1, maximumAnonymous: 2, maximumTotal: 4)
        #expect(places.begin(.anonymous) && places.begin(.anonymous) && !places.begin(.anonymous))
        #expect(places.begin(.bearer(digest: [1])) && !places.begin(.bearer(digest: [1])))
        places.end(.anonymous)
        #expect(places.begin(nil) && places.begin(.anonymous))
        #expect(!places.begin(nil) && !places.begin(.bearer(digest: [2])))
        places.end(nil)
        #expect(places.begin(.bearer(digest: [2])))
    }
}
