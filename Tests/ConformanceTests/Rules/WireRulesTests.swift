import JSON
import Testing

/// The rules that every received message is held against do find what they are for.
struct WireRulesTests {
    private func violations(_ wire: Wire, _ method: String, _ result: JSONValue, _ events: [Event] = []) -> [String] {
        let message: JSONValue = ["jsonrpc": "2.0", "id": 1, "result": result]
        let reply = Reply(status: 200, message: message, earlier: [], events: events)
        return WireRules(wire: wire).violations(in: reply, to: method)
    }

    private static let info: JSONValue = [ModernRequest.serverInfoKey: ["name": "n", "version": "1"]]
    private static let complete: JSONValue = ["resultType": "complete", "_meta": info]

    @Test(
        "members of the newest revision are found in results of sessions", arguments: Wire.legacy,
        [
            ["resultType": "complete"], ["ttlMs": 0], ["cacheScope": "public"], ["requestState": "x"],
            ["inputRequests": [:]], ["_meta": info],
        ] as [JSONValue])
    func legacyLeaks(wire: Wire, result: JSONValue) {
        #expect(self.violations(wire, "ping", [:]) == [])
        #expect(self.violations(wire, "ping", result) != [])
    }

    @Test(
        "what results of the newest revision must have is missed",
        arguments: [
            ("tools/call", ["_meta": info]), ("tools/call", ["resultType": "complete"]),
            ("tools/list", complete), ("tools/list", complete.with("ttlMs", 1)),
            ("tools/list", complete.with("ttlMs", 1.5).with("cacheScope", "public")),
            ("tools/list", complete.with("ttlMs", -1).with("cacheScope", "public")),
            ("tools/list", complete.with("ttlMs", 1).with("cacheScope", "all")),
            ("resources/read", complete.with("resultType", "input_required").with("ttlMs", 1)),
        ] as [(String, JSONValue)])
    func modernGaps(method: String, result: JSONValue) {
        let cached = WireRulesTests.complete.with("ttlMs", 0).with("cacheScope", "private")
        #expect(self.violations(.modern, "tools/list", cached) == [])
        #expect(self.violations(.modern, method, result) != [])
    }

    @Test("event ids and empty events are found where they do not belong")
    func events() {
        let plain = Event(type: "message", data: "{}")
        let numbered = Event(id: "1", data: "{}")
        let priming = Event(id: "1", data: "")
        let old = Wire(revision: .v2025_06_18, transport: .streamable)
        #expect(self.violations(.modern, "x", WireRulesTests.complete, [plain]) == [])
        #expect(self.violations(.modern, "x", WireRulesTests.complete, [numbered]) != [])
        #expect(self.violations(old, "x", [:], [plain, numbered]) == [])
        #expect(self.violations(old, "x", [:], [priming]) != [])
        #expect(self.violations(.session, "x", [:], [priming]) == [])
        #expect(self.violations(Wire.sse[0], "x", [:], [Event(data: "{}")]) != [])
        #expect(self.violations(.session, "x", [:], [Event(type: "endpoint", data: "{}")]) != [])
    }

    @Test(
        "malformed messages are found",
        arguments: [
            ["id": 1, "result": [:]], ["jsonrpc": "2.0", "id": 1], ["jsonrpc": "2.0", "id": .null, "result": [:]],
            ["jsonrpc": "2.0", "id": 1, "result": [:], "error": ["code": 1, "message": "x"]],
            ["jsonrpc": "2.0", "id": 1, "error": ["message": "x"]],
            ["jsonrpc": "2.0", "id": 1, "error": ["code": "1", "message": "x"]],
            ["jsonrpc": "2.0", "id": 1, "result": [:], "extra": 1], ["jsonrpc": "2.0", "id": 1, "method": "x"],
        ] as [JSONValue])
    func messages(message: JSONValue) {
        #expect(WireRules(wire: .modern).violations(in: message) != [])
    }

    @Test(
        "members are found in objects of revisions that do not have them",
        arguments: [
            ("tools/list", ["tools": [["name": "x", "title": "X"]]], .v2025_06_18),
            ("tools/list", ["tools": [["name": "x", "outputSchema": [:]]]], .v2025_06_18),
            ("tools/list", ["tools": [["name": "x", "annotations": [:]]]], .v2025_03_26),
            ("tools/list", ["tools": [["name": "x", "icons": []]]], .v2025_11_25),
            ("tools/call", ["content": [], "structuredContent": [:]], .v2025_06_18),
            ("tools/call", ["content": [["type": "audio", "data": "", "mimeType": "x"]]], .v2025_03_26),
            ("tools/call", ["content": [["type": "resource_link", "uri": "x", "name": "x"]]], .v2025_06_18),
            ("prompts/list", ["prompts": [["name": "x", "arguments": [["name": "a", "title": "A"]]]]], .v2025_06_18),
            ("resources/list", ["resources": [["uri": "x", "name": "x", "title": "X"]]], .v2025_06_18),
            ("initialize", ["serverInfo": ["name": "x", "title": "X"]], .v2025_06_18),
            ("initialize", ["serverInfo": ["name": "x", "icons": []]], .v2025_11_25),
            ("initialize", ["capabilities": ["completions": [:]]], .v2025_03_26),
            ("initialize", ["capabilities": ["extensions": [:]]], .v2026_07_28),
        ] as [(String, JSONValue, Revision)])
    func members(method: String, result: JSONValue, since: Revision) {
        for revision in Revision.allCases {
            let found = Members(revision: revision).unknown(in: result, of: method)
            #expect(found.isEmpty == (revision >= since), "\(revision)")
        }
    }

    @Test("a tool's execution member belongs to no revision here", arguments: Revision.allCases)
    func execution(revision: Revision) {
        let tools: JSONValue = ["tools": [["name": "x", "execution": ["taskSupport": "optional"]]]]
        #expect(Members(revision: revision).unknown(in: tools, of: "tools/list") == ["tool has execution"])
    }
}
