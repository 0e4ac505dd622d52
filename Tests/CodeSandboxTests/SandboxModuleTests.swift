import CodeSandbox
import Testing

/// A tree in which some modules are good and some are not.
private let mixedFiles = [
    VirtualFile(
        path: "tools/even.js",
        text: "import { odd } from './odd.js';\nexport const even = (n) => n === 0 || odd(n - 1);\n"),
    VirtualFile(
        path: "tools/odd.js",
        text: "import { even } from './even.js';\nexport const odd = (n) => n !== 0 && even(n - 1);\n"),
    VirtualFile(path: "tools/syntax.js", text: "// one\nexport const x = ;\n"),
    VirtualFile(path: "tools/uses-syntax.js", text: "export { x } from './syntax.js';\n"),
    VirtualFile(path: "tools/ring-a.js", text: "import './ring-b.js';\nexport const a = 1;\n"),
    VirtualFile(path: "tools/ring-b.js", text: "import './ring-a.js';\nimport './gone.js';\n"),
    VirtualFile(path: "tools/throws.js", text: "\nthrow new Error('while it was loaded');\n"),
    VirtualFile(path: "tools/count.js", text: "let n = 0;\nexport const next = () => ++n;\n"),
    VirtualFile(path: "tools/thing.ts", text: "export const a: number = 1;\n"),
    VirtualFile(
        path: "tools/sales/index.js",
        text: """
            import { callAPI } from "bitetrack:api";
            export const getSales = async (n) => {
                const rows = await callAPI("x", { n });
                return rows.missing.length;
            };
            export const getSaleById = (id) => id.length.toFixed(0) + id.length.nothing.more;
            """),
]

struct SandboxModuleTests {
    @Test func modulesThatImportEachOtherWorkBesideBrokenOnes() async throws {
        try await withSandbox(files: mixedFiles) { sandbox in
            #expect(await sandbox.run("import { even } from './tools/even'; even(10)").value == "true")
        }
    }

    @Test func everyRunHasModulesOfItsOwn() async throws {
        try await withSandbox(files: mixedFiles) { sandbox in
            for _ in 0..<3 {
                let code =
                    "import { next } from './tools/count'; const b = await import('./tools/count.js'); next() + b.next()"
                #expect(await sandbox.run(code).value == "3")
            }
        }
    }

    @Test(
        "a module that cannot be used says why, where, and by which import",
        arguments: [
            ("import './tools/syntax'", RunFailure.Code.syntaxError, "tools/syntax.js:2:18"),
            ("import './tools/uses-syntax.js'", .syntaxError, "tools/syntax.js:2:18"),
            (
                "import { a } from './tools/ring-a.js'", .exception,
                "cannot import \"./gone.js\": there is no file tools/gone.js"
            ),
            ("import './tools/ring-b'", .exception, "(imported by tools/ring-b.js)"),
            ("import './tools/throws'", .exception, "while it was loaded (at tools/throws.js:2:11)"),
            ("await import('./tools/throws.js')", .exception, "(at tools/throws.js:2:11)"),
            ("await import('./tools/uses-syntax')", .exception, "tools/syntax.js:2:18"),
        ])
    func broken(code: String, expected: RunFailure.Code, words: String) async throws {
        try await withSandbox(files: mixedFiles) { sandbox in
            let failure = try #require(await sandbox.run("1;\n" + code).failure)
            #expect(failure.code == expected)
            #expect(failure.message.contains(words), "\(failure.message)")
            #expect(failure.line == 2)
            #expect(failure.sourceLine == code)
        }
    }

    @Test func aBrokenModuleCanBeCaughtAndTriedAgain() async throws {
        try await withSandbox(files: mixedFiles) { sandbox in
            let code = """
                const tell = async (path) => { try { await import(path); return 'loaded' } catch (e) { return e.name } };
                [await tell('./tools/ring-a.js'), await tell('./tools/ring-a.js'), await tell('./tools/syntax.js'),
                 await tell('./tools/ring-b.js'), await tell('./tools/even.js')]
                """
            let run = await sandbox.run(code)
            #expect(run.value == #"["ReferenceError","ReferenceError","SyntaxError","ReferenceError","loaded"]"#)
        }
    }

    @Test(
        "an import that cannot be followed says what to write",
        arguments: [
            ("import './tools/saels'", "Did you mean \"./tools/sales/index.js\"?"),
            ("import 'tools/sales'", "so write \"./tools/sales\""),
            ("import '/tools/sales'", "so write \"./tools/sales\""),
            ("import 'tools/slaes'", "did you mean \"./tools/sales/index.js\"?"),
            ("import 'lodash'", "npm packages"),
            ("import fs from 'node:fs'", "`fs` is already there as a global"),
            ("import fs from 'fs'", "`fs` is already there as a global"),
            ("import axios from 'axios'", "there is no network"),
            ("import { URL } from 'node:url'", "`URL` and `URLSearchParams` are already there"),
            ("import 'https://example.com/x.js'", "nothing can be loaded from the network"),
            ("import 'data:text/javascript,1'", "modules cannot be made from text"),
            ("import 'file:///etc/passwd'", "never by a file URL"),
            ("import 'bitetrack:sales'", "the one module of this kind is \"bitetrack:api\""),
            ("import '../../../etc/passwd'", "nothing above its root"),
            ("import './tools/../../x'", "nothing above its root"),
            ("import './nothing/like/it'", "fs.readdir"),
            ("import ''", "by a relative path"),
            ("import './tools/thing.ts'", "not a JavaScript module"),
            ("import x from './tools/sales' with { type: 'json' }", "import attributes"),
            ("await import('https://example.com/x.js')", "nothing can be loaded from the network"),
            ("await import('node:' + 'fs')", "`fs` is already there as a global"),
            ("await import('./tools/saels')", "Did you mean \"./tools/sales/index.js\"?"),
            ("await import({ toString: () => 'os' })", "npm packages"),
        ])
    func imports(code: String, words: String) async throws {
        try await withSandbox(files: mixedFiles) { sandbox in
            let failure = try #require(await sandbox.run("const before = 1;\n" + code).failure)
            #expect(failure.message.contains(words), "\(failure.message)")
            #expect(failure.line == 2)
            #expect(failure.sourceLine == code)
        }
    }

    @Test(
        "a name that a module does not export is answered with those it does",
        arguments: [
            (
                "import { getSale } from './tools/sales'",
                "tools/sales/index.js has no export \"getSale\". Did you mean getSales"
            ),
            ("import { nothing } from './tools/sales'", "It exports getSaleById, getSales."),
            ("import sales from './tools/sales'", "has no export \"default\""),
            ("import { callApi } from 'bitetrack:api'", "It exports callAPI and APIError."),
        ])
    func missingExports(code: String, words: String) async throws {
        try await withSandbox(files: mixedFiles) { sandbox in
            let failure = try #require(await sandbox.run("\n" + code).failure)
            #expect(failure.code == .syntaxError)
            #expect(failure.message.contains(words), "\(failure.message)")
            #expect(failure.line == 2)
        }
    }

    @Test func anErrorInsideAModuleNamesTheCallAndItsOwnPlace() async throws {
        try await withSandbox(files: mixedFiles) { sandbox in
            let direct = try #require(
                await sandbox.run("import * as sales from './tools/sales';\n\n  sales.getSaleById('x');").failure)
            #expect((direct.line, direct.column) == (3, 9))
            #expect(direct.message.hasSuffix("(at tools/sales/index.js:6:59)"), "\(direct.message)")
            #expect(direct.sourceLine == "  sales.getSaleById('x');")
            // Behind an await the engine's stack has only the module; the place is where the script waited.
            let awaited = try #require(
                await sandbox.run("import * as sales from './tools/sales';\n\nawait sales.getSales(1);").failure)
            #expect(awaited.line == 3)
            #expect(awaited.message.contains("(at tools/sales/index.js:4:"), "\(awaited.message)")
        }
    }
}
