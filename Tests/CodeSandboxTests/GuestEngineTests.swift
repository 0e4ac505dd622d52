import Testing

@testable import sandbox_guest

struct FileTreeTests {
    private let tree = FileTree([
        ("tools/sales/index.js", ""), ("tools/sales/getSales.js", ""), ("tools/auth.js", ""), ("index.js", ""),
        ("notes.md", ""),
    ])

    @Test(
        "resolves relative paths",
        arguments: [
            ("./tools/sales", "script.js", "tools/sales/index.js"),
            ("./getSales", "tools/sales/index.js", "tools/sales/getSales.js"),
            ("../auth.js", "tools/sales/index.js", "tools/auth.js"), ("./tools//./auth", "script.js", "tools/auth.js"),
            ("bitetrack:api", "x.js", "bitetrack:api"),
            ("../..", "tools/sales/index.js", "index.js"),
        ])
    func resolves(specifier: String, base: String, path: String) throws {
        #expect(try self.tree.resolve(specifier, from: base) == path)
    }

    @Test(
        "refuses the rest",
        arguments: [
            "../x", "./tools/../../x", "fs", "https://x", "./nothing", "", "bitetrack:other", "/tools/auth",
            "./notes.md",
        ])
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

struct CompiledModulesTests {
    @Test func goodModulesAreCompiledAheadAndBadOnesAreKnown() throws {
        let engine = try Engine(
            files: FileTree([
                ("good.js", "import { callAPI } from 'bitetrack:api'; export const x = callAPI;"),
                ("even.js", "import './odd.js';"), ("odd.js", "import './even.js';"), ("throws.js", "throw 1"),
                ("syntax.js", "let = 5 5"), ("uses-syntax.js", "import './syntax.js'"),
                ("ring-a.js", "import './ring-b.js'"), ("ring-b.js", "import './ring-a.js'; import './gone.js'"),
                ("notes.md", "# no module"),
            ]))
        #expect(engine.compiled == ["bitetrack:api", "good.js", "even.js", "odd.js", "throws.js"])
        for path in ["syntax.js", "uses-syntax.js", "ring-a.js", "ring-b.js"] {
            #expect(engine.broken[path] != nil, "\(path)")
        }
    }
}

struct TypeScriptHintTests {
    @Test(
        "knows TypeScript where the parser stopped",
        arguments: [
            ("const x: number = 1", 8), ("let y: Sale[] = []", 6), ("function f(a: string) {}", 13),
            ("function f(a?: string) {}", 13), ("function f(): number { return 1 }", 13),
            ("const f = (a): string => 'x'", 14), ("const f = async (a: Sale) => 1", 19), ("let x!: number", 6),
            ("class A { x: number = 1 }", 12), ("try {} catch (e: any) {}", 16),
            ("interface A { x: number }", 1), ("type A = string", 6), ("enum A { X }", 1), ("const enum A { X }", 7),
            ("const x = y as string", 13), ("const x = [1] as const", 15), ("a satisfies B", 3),
            ("import type { A } from 'x'", 13), ("import { type A } from 'x'", 15), ("export interface A {}", 18),
            ("declare const x", 9), ("abstract class A {}", 10), ("const m = new Map<string, number>()", 33),
            ("m = new Map<string, number>()", 29), ("const s = new Set<string>()", 27), ("f<number[]>()", 10),
            ("const f = <T>(x) => x", 11), ("function f<T>(x) {}", 11), ("class A<T> {}", 8),
            ("class A { private x = 1 }", 19), ("class A { constructor(private x) {} }", 23), ("x!.y", 2),
            ("const a = x!", 12), ("f(x!)", 4), ("@dec class A {}", 1), ("const y = <string>x", 11),
            ("function f(this: X) {}", 12), ("class A implements B {}", 9),
        ])
    func hint(line: String, column: Int) { #expect(TypeScriptHint(line: line, column: column) != nil) }

    @Test(
        "leaves faulty JavaScript alone",
        arguments: [
            ("let x = 1 : 2", 11), ("foo(a: 1)", 6), ("const x = {a: 1", 16), ("let = 5 5", 7), ("if (x) }", 8),
            ("let b = = 2", 9), ("const s = 'x: string", 21), ("a b", 3), ("f(1", 4), ("const a = <b>text</b>", 11),
            ("import x as y from 'z'", 10), ("let a = b: c", 10), ("x = y as z", 7), ("// const x: number", 11),
            ("", 1),
            ("let type x", 10), ("!", 2),
        ])
    func none(line: String, column: Int) { #expect(TypeScriptHint(line: line, column: column) == nil) }
}
