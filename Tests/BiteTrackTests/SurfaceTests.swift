import JSON
import Testing

@testable import BiteTrack
@testable import ModelContextProtocol

struct SurfaceTests {
    private func tools() throws -> [Tool] {
        let nothing: @Sendable (ToolCall) -> ToolResult = { _ in .text("") }
        return BiteTrackTools.make(
            BiteTrackTools.Actions(search: { _ in .text("") }, read: { _ in .text("") }, run: nothing),
            categories: try ToolCatalogue.load().categories, taskAfter: .seconds(5))
    }

    @Test(
        "what a model is shown stays below 600 tokens of four bytes, in every revision",
        arguments: ProtocolRevision.allCases)
    func size(revision: ProtocolRevision) throws {
        let tools = try self.tools().map { $0.definition(for: revision) }
        let bytes = JSONValue.array(tools).serialized.count + BiteTrackService.instructions.utf8.count
        #expect(bytes <= 2400, "\(bytes) bytes")
    }

    @Test("every tool is read-only and takes an object without unknown members")
    func annotations() throws {
        let tools = try self.tools()
        #expect(tools.map(\.name) == ["search_tools", "read_tools", "run_code"])
        for tool in tools {
            #expect(tool.annotations.readOnly == true && tool.title != nil)
            #expect((tool.taskAfter != nil) == (tool.name == "run_code"))
            #expect(tool.inputSchema["additionalProperties"] == false)
        }
    }

    @Test(
        "wrong search arguments are named with what is right",
        arguments: [
            ("{}", "`query` is missing: give a string."), (#"{"query":1}"#, "`query` must be a string, not a number."),
            (
                #"{"querry":"x"}"#,
                "Unknown argument `querry`, did you mean `query`? Arguments: query, detail, category, limit."
            ),
            (
                #"{"query":"x","zzz":1}"#,
                "Unknown argument `zzz`. Arguments: query, detail, category, limit."
            ),
            (
                #"{"query":"x","detail":"ful"}"#,
                "`detail` must be one of name, description, full, did you mean `full`?"
            ),
            (#"{"query":"x","category":"sale"}"#, "`category` must be one of auth, sales, did you mean `sales`?"),
            (#"{"query":"x","category":7}"#, "`category` must be one of auth, sales"),
            (#"{"query":"x","limit":0}"#, "`limit` must be a whole number from 1 to 50."),
            (#"{"query":"x","limit":"5"}"#, "`limit` must be a whole number from 1 to 50."),
        ])
    func searchErrors(json: String, message: String) throws {
        let arguments = try #require(JSONValue(parsing: json).objectValue)
        #expect(throws: ArgumentError(message)) { try SearchRequest(arguments, categories: ["auth", "sales"]) }
    }

    @Test("absent and null optional arguments take their defaults")
    func searchDefaults() throws {
        let arguments = try #require(
            JSONValue(parsing: #"{"query":"x","detail":null,"category":null,"limit":null}"#).objectValue)
        let request = try SearchRequest(arguments, categories: [])
        #expect(request == (try SearchRequest(["query": "x"], categories: [])))
        #expect(request.detail == .description && request.category == nil && request.limit == 5)
    }

    private func answer(_ arguments: JSONObject) throws -> SearchAnswer {
        let catalogue = try ToolCatalogue.load()
        let request = try SearchRequest(arguments, categories: catalogue.categories)
        return SearchAnswer(request, search: ToolSearch(catalogue), catalogue: catalogue)
    }

    @Test("details grow from the path to the source")
    func details() throws {
        #expect(
            try self.answer(["query": "getSaleById", "detail": "name", "limit": 1]).text.hasPrefix(
                "tools/sales/getSaleById.js"))
        let description = try self.answer(["query": "login"]).text
        #expect(description.hasPrefix("tools/auth/login.js: Logs in"))
        #expect(description.contains("\n  login({ email: string, password: string }): Promise<"))
        #expect(description.contains("\n  Cost: one upstream call"))
        #expect(try self.answer(["query": "login", "detail": "full"]).text.contains("export async function login"))
    }

    @Test("more than the limit is said, nothing found says where to look")
    func ends() throws {
        #expect(try self.answer(["query": "", "limit": 2]).text.hasSuffix(" more; raise limit or narrow the query)"))
        let nothing = try self.answer(["query": "weather", "category": "auth"]).text
        #expect(nothing.hasPrefix("No tool matches \"weather\" in auth. Categories: auth, customers, "))
    }

    @Test("sources are shown as far as they fit, the best always; the others are named")
    func manySources() throws {
        let text = try self.answer(["query": "", "detail": "full", "limit": 50]).text
        #expect(text.utf8.count < SearchAnswer.mostBytes + 4096, "\(text.utf8.count)")
        #expect(text.contains("(also, not shown for their size: ") && text.contains("; read_tools them)"))
        let shown = text.split(separator: "\n").filter { $0.hasPrefix("// tools/") || $0.hasPrefix("// lib/") }
        let named = text.matches(of: #/[(:,] ((?:tools|lib|workflows)\/[\w\/-]+\.js)/#).map { String($0.1) }
        #expect(Set(named).count + shown.count == 50, "\(named.count) and \(shown.count)")
    }

    @Test("scripts get objects")
    func json() throws {
        let full = try self.answer(["query": "login", "detail": "full", "limit": 1]).json
        let first = try #require(full.arrayValue?.first)
        #expect(first["path"] == "tools/auth/login.js" && first["category"] == "auth" && first["name"] == "login")
        #expect(first["signature"] != nil && first["cost"] != nil && first["text"] != nil)
        let name = try #require(
            try self.answer(["query": "login", "detail": "name", "limit": 1]).json.arrayValue?.first)
        #expect(name["summary"] == nil)
    }

    @Test(
        "a folder lists with one line each, a file answers its text",
        arguments: [
            ("tools", "tools/auth/: activateAccount, "), ("", "tools/customers/: "),
            ("", "lib/dates.js: "), ("/", "workflows/dailyClose.js: "), ("lib", "lib/money.js: "),
            ("tools/sales", "tools/sales/types.d.ts: types"), ("tools/sales/types.d.ts", "export interface Sale {"),
            ("./tools/", "tools/sales/: "),
            ("tools/auth", "tools/auth/login.js: Logs in to BiteTrack"),
            ("/tools/auth/", "tools/auth/index.js: exports"),
            ("tools/auth/login.js", "export async function login"), ("tools/auth/login", "export async function login"),
        ])
    func reading(path: String, expected: String) throws {
        #expect(try ReadAnswer.text(at: path, in: ToolCatalogue.load()).contains(expected))
    }

    @Test(
        "a wrong path is refused with the nearest right one",
        arguments: [
            ("tools/../../etc/passwd", "no `..`"), ("..", "no `..`"), ("tools\\..\\x", "no `..`"),
            ("tools\0", "no `..`"),
            ("/etc/passwd", "lists all"), ("tools/%2e%2e/x", "lists all"),
            ("tools/sale/getSales.js", "Did you mean tools/sales/getSales.js?"),
            ("getsales", "Did you mean tools/sales/getSales.js?"),
            ("getSale.js", "Did you mean tools/sales/getSales.js?"),
            ("tools/salse", "Did you mean tools/sales?"), (String(repeating: "x", count: 100_000), "lists all"),
        ])
    func refusing(path: String, expected: String) throws {
        let catalogue = try ToolCatalogue.load()
        let error = #expect(throws: ArgumentError.self) { try ReadAnswer.text(at: path, in: catalogue) }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
        #expect((error?.description.utf8.count ?? 0) < 300)
    }
}
