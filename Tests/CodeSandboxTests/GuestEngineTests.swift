import Testing

@testable import sandbox_guest

struct FileTreeTests {
    private let tree = FileTree([
        ("tools/sales/index.js", ""), ("tools/sales/getSales.js", ""), ("tools/auth.js", ""), ("index.js", ""),
    ])

    @Test(
        "resolves relative paths",
        arguments: [
            ("./tools/sales", "script.js", "tools/sales/index.js"),
            ("./getSales", "tools/sales/index.js", "tools/sales/getSales.js"),
            ("../auth.js", "tools/sales/index.js", "tools/auth.js"), ("./tools//./auth", "script.js", "tools/auth.js"),
            ("/tools/auth", "tools/sales/index.js", "tools/auth.js"), ("bitetrack:api", "x.js", "bitetrack:api"),
            ("../..", "tools/sales/index.js", "index.js"),
        ])
    func resolves(specifier: String, base: String, path: String) throws {
        #expect(try self.tree.resolve(specifier, from: base) == path)
    }

    @Test(
        "refuses the rest",
        arguments: ["../x", "./tools/../../x", "fs", "https://x", "./nothing", "", "bitetrack:other"])
    func refuses(specifier: String) {
        #expect(throws: FileTree.Refusal.self) { try self.tree.resolve(specifier, from: "script.js") }
    }

    @Test func anEmptyTreeSaysSo() {
        let refusal = #expect(throws: FileTree.Refusal.self) { try FileTree([]).text(at: "x") }
        #expect(refusal?.message.contains("empty") == true)
    }

    @Test(
        "counts changed letters",
        arguments: [("", "", 0), ("abc", "abc", 0), ("abc", "axc", 1), ("", "ab", 2), ("ab", "ba", 2)])
    func distance(left: String, right: String, expected: Int) {
        #expect(EditDistance.between(Array(left.utf8), Array(right.utf8)) == expected)
    }
}

struct TimerQueueTests {
    @Test func callbacksComeByTimeThenByAge() {
        var queue = TimerQueue<String>()
        _ = queue.add(due: 20, "late")
        let removed = queue.add(due: 10, "removed")
        _ = queue.add(due: 10, "first")
        _ = queue.add(due: 10, "second")
        queue.remove(removed)
        #expect(queue.nextDue == 10)
        let popped = [9, 15, 15, 15, 20].map { queue.popDue(now: $0) }
        #expect(popped == [nil, "first", "second", nil, "late"])
        #expect(queue.isEmpty)
    }
}

struct SourcePositionTests {
    @Test(
        "finds the script's own frame",
        arguments: [
            ("    at f (tools/a.js:1:2)\n    at <anonymous> (script.js:3:4)\n", 3, 4),
            ("    at script.js:12:7\n", 12, 7),
        ])
    func frame(stack: String, line: Int, column: Int) throws {
        let position = try #require(SourcePosition(stack: stack))
        #expect(position == SourcePosition(line: line, column: column))
    }

    @Test(
        "is not misled",
        arguments: ["", "    at f (tools/script.js:1:2)", "script.js", "at script.js:x:y", "    at native"])
    func nothing(stack: String) { #expect(SourcePosition(stack: stack) == nil) }

    @Test func findsAnImportByItsText() {
        #expect(SourcePosition(ofLiteral: "./a", in: "x\nimport './a'") == SourcePosition(line: 2, column: 8))
        #expect(SourcePosition(ofLiteral: "./b", in: "import './a'") == nil)
    }
}
