import CodeSandbox
import Testing

struct SandboxErrorTests {
    @Test(
        "an error has the script's own line and says what was thrown",
        arguments: [
            ("\n[1].map((row) => row.a.b)", 2, "property 'b' of undefined"),
            ("\n[3, 1].sort((a, b) => a.x.y)", 2, "property 'y' of undefined"),
            ("\nawait Promise.all([1].map(async (row) => row.a.b))", 2, "property 'b' of undefined"),
            ("\nawait Promise.resolve().then(() => { throw new Error('then') })", 2, "then"),
            ("async function f() {\n  await null;\n  throw new Error('late')\n}\nawait f()", 3, "late"),
            ("class A {\n  get x() { return this.y.z }\n}\nnew A().x", 2, "property 'z' of undefined"),
            ("function* g() {\n  yield 1;\n  throw new Error('in g')\n}\n[...g()]", 3, "in g"),
            ("\nthrow 'text'", 2, "the script threw 'text'"),
            ("\nthrow null", 2, "the script threw null"),
            ("\n\nthrow { code: 5 }", 3, "the script threw { code: 5 }"),
            ("await null;\nthrow 'after an await'", 2, "'after an await'"),
            ("\nawait (async () => { throw 'inside' })()", 2, "'inside'"),
            ("try { null.x } catch {}\nPromise.reject(1).catch(() => {});\nthrow 'third'", 3, "'third'"),
            ("callAPI('x');\nthrow 'behind a call'", 2, "'behind a call'"),
            ("try { await callAPI('x') } catch {}\nawait callAPI('y');\n\nthrow 'behind two'", 4, "'behind two'"),
            ("\nsetTimeout(() => { throw 'timer' }, 1); await new Promise(() => {})", 2, "'timer'"),
            ("\n(async () => { throw 'unawaited' })(); 1", 2, "'unawaited' (nothing awaited"),
            (
                "\nthrow new AggregateError([new TypeError('a'), 'b'], 'several')", 2,
                "several [TypeError: a; 'b']"
            ),
            ("\nawait Promise.any([Promise.reject(new Error('p'))])", 2, "[Error: p]"),
            (
                "\nthrow new Error('outer', { cause: new RangeError('inner', { cause: 'deep' }) })", 2,
                "outer (caused by RangeError: inner) (caused by 'deep')"
            ),
            ("\nnew Proxy({}, { get() { throw new Error('trap') } }).x", 2, "trap"),
            ("\nexport default Promise.reject('default')", 2, "'default'"),
        ])
    func thrown(code: String, line: Int, words: String) async throws {
        try await withSandbox { sandbox in
            let failure = try #require(await sandbox.run(code).failure)
            #expect(failure.code == .exception)
            #expect(failure.message.contains(words), "\(failure.message)")
            #expect(failure.line == line)
            let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(failure.sourceLine == String(lines[line - 1]))
        }
    }

    @Test func nothingRunsWhenTheScriptCannotBeParsedOrAnImportIsMissing() async throws {
        try await withSandbox { sandbox in
            for code in ["console.log(1);\nlet = 5 5", "console.log(1);\nimport './tools/nowhere'"] {
                let run = await sandbox.run(code)
                #expect(run.failure?.line == 2)
                #expect(run.console.isEmpty)
            }
        }
    }

    @Test func anErrorWhoseWordsCannotBeReadIsStillAnError() async throws {
        try await withSandbox { sandbox in
            let code = "const e = new Error('x'); Object.defineProperty(e, 'message', { get() { throw 1 } });\nthrow e"
            let failure = try #require(await sandbox.run(code).failure)
            #expect(failure.code == .exception)
            #expect(failure.message.hasPrefix("the script threw"))
        }
    }

    @Test func aSyntaxErrorAtRunTimeIsNoSyntaxErrorOfTheScript() async throws {
        try await withSandbox { sandbox in
            let failure = try #require(await sandbox.run("\nJSON.parse('{')").failure)
            #expect(failure.code == .exception)
            #expect(failure.errorName == "SyntaxError")
        }
    }

    @Test(
        "TypeScript is named as such, and never runs",
        arguments: [
            ("const x: number = 1;", 8, "a type annotation"),
            ("const f = (a: string) => a;", 13, "a type annotation"),
            ("interface Sale { total: number }", 1, "an interface declaration"),
            ("type Sale = { total: number };", 6, "a `type`"),
            ("const rows = (await callAPI('x')) as Sale[];", 35, "`as` with a type"),
            ("const m = new Map<string, number>();", 33, "type arguments"),
            ("import type { Sale } from './tools/sales';", 13, "a `type`"),
            ("enum Color { Red }", 1, "an enum declaration"),
            ("const a = ({ b: 1 })!.b;", 21, "non-null"),
        ])
    func typeScript(code: String, column: Int, words: String) async throws {
        try await withSandbox { sandbox in
            let run = await sandbox.run("console.log('ran');\n" + code)
            let failure = try #require(run.failure)
            #expect(failure.code == .syntaxError)
            #expect(failure.message.contains("This looks like TypeScript"), "\(failure.message)")
            #expect(failure.message.contains(words), "\(failure.message)")
            #expect((failure.line, failure.column) == (2, column))
            #expect(failure.sourceLine == code)
            #expect(run.console.isEmpty)
        }
    }

    @Test func javaScriptThatResemblesTypeScriptRuns() async throws {
        try await withSandbox { sandbox in
            let code = "let type = 1, as = 2, x = type\nas\nlabel: for (;;) break label;\n[type < as, x > (0)]"
            #expect(await sandbox.run(code).value == "[true,true]")
        }
    }
}
