import CodeSandbox
import NIOCore
import Synchronization
import Testing

struct SandboxLanguageTests {
    @Test(
        "the value is the default export, else the last expression statement",
        arguments: [
            ("1 + 1", "2"),
            ("const rows = [1, 2, 3];\nrows.reduce((sum, row) => sum + row, 0);", "6"),
            ("export default { a: [1] };\n5", #"{"a":[1]}"#),
            ("const x = 1;", "null"),
            ("undefined", "null"),
            ("Promise.resolve('later')", #""later""#),
            ("await 7", "7"),
            ("if (true) { 'in a block' }", #""in a block""#),
            ("new Map([['a', 1n], ['b', new Set([true])]])", #"{"a":"1","b":[true]}"#),
            ("[NaN, undefined, new Date(0), /x/g, -0]", #"[null,null,"1970-01-01T00:00:00.000Z","/x/g",0]"#),
            ("({ toJSON() { return { kept: 1 } } })", #"{"kept":1}"#),
            ("({ ['__proto__']: 1 })", #"{"__proto__":1}"#),
            ("'\\ud800'", #""\#u{FFFD}""#),
            ("new TypeError('no')", #"{"name":"TypeError","message":"no"}"#),
            ("new Uint8Array([1, 2])", "[1,2]"),
        ])
    func value(code: String, json: String) async throws {
        try await withSandbox { sandbox in
            let run = await sandbox.run(code)
            #expect(run.value == json, "\(String(describing: run.failure))")
        }
    }

    @Test func consoleLinesKeepOrderLevelAndShape() async throws {
        try await withSandbox { sandbox in
            let run = await sandbox.run(
                """
                console.log('plain', 1, { a: [1, 'x'], nested: { deep: { deeper: { deepest: { gone: { on: 1 } } } } } });
                console.warn(new Map([['k', new Set([1])]]), null, undefined, -0, 5n, Symbol('s'));
                console.error(new RangeError('bad'), [new Date(0)], () => 1, function named() {});
                console.info([1, , 3], [], {}, "it's", Object.create(null));
                console.debug('x'.repeat(20000));
                const self = {}; self.self = self; console.log(self);
                console.log({ get boom() { throw new Error('no') } });
                """)
            #expect(
                run.console.map { $0.count > 300 ? String($0.suffix(40)) : $0 } == [
                    "log: plain 1 { a: [1, 'x'], nested: { deep: { deeper: { deepest: { gone: [Object] } } } } }",
                    "warn: Map(1) { 'k' => Set(1) { 1 } } null undefined -0 5n Symbol(s)",
                    "error: [RangeError: bad] [1970-01-01T00:00:00.000Z] [Function (anonymous)] [Function named]",
                    #"info: [1, undefined, 3] [] {} it's [Object: null prototype] {}"#,
                    "xxxxxxxxxxxx… (3616 more characters cut)",
                    "log: { self: [Circular] }",
                    "log: [could not be shown: Error: no]",
                ])
        }
    }

    @Test func importsResolveFoldersFilesAndTheHostModule() async throws {
        try await withSandbox { sandbox in
            let host = EchoHost()
            let run = await sandbox.run(
                """
                import * as sales from "./tools/sales";
                import { login } from "./tools/auth/index.js";
                import { getSales } from "./tools/sales/getSales";
                import { callAPI, APIError } from "bitetrack:api";
                const late = await import("./tools/auth/login.js");
                [await sales.getSales({ limit: 1 }), await login(), await late.login(), sales.getSales === getSales,
                 callAPI === globalThis.callAPI, typeof APIError]
                """, host: host)
            #expect(run.value == #"[{"route":"sales.list","arguments":{"limit":1}},"in","in",true,true,"function"]"#)
            #expect(host.calls.withLock { $0 } == [#"callAPI {"route":"sales.list","arguments":{"limit":1}}"#])
            #expect(run.usage.hostCalls == 1)
        }
    }

    @Test func hostCallsOfPromiseAllOverlap() async throws {
        try await withSandbox { sandbox in
            let code = "(await Promise.all(Array.from({ length: 20 }, (_, i) => callAPI('r', { i })))).length"
            let run = await sandbox.run(code, host: RendezvousHost(count: 20))
            #expect(run.value == "20")
        }
    }

    @Test func callsBeyondThoseInFlightWaitInTheGuest() async throws {
        try await withSandbox({ $0.hostCallsInFlight = 4 }) { sandbox in
            let code = "(await Promise.all(Array.from({ length: 12 }, (_, i) => callAPI('r', { i })))).length"
            let run = await sandbox.run(code, host: RendezvousHost(count: 4))
            #expect(run.value == "12")
        }
    }

    @Test func aHostErrorIsAnAPIErrorWithItsLine() async throws {
        try await withSandbox { sandbox in
            let json =
                #"{"message":"log in first","status":401,"code":"unauthenticated","retryAfter":2,"hint":"auth.login"}"#
            let host = FixedHost(reply: .error(ByteBuffer(string: json)))
            let code = "import * as sales from './tools/sales';\nconst a = 1;\n  await sales.getSales({});"
            let failure = try #require(await sandbox.run(code, host: host).failure)
            #expect(failure.code == .exception)
            #expect(failure.errorName == "APIError")
            #expect(failure.message == "log in first")
            #expect((failure.line, failure.column) == (3, 15))
            #expect(failure.sourceLine == "  await sales.getSales({});")
            let details = #"{"status":401,"code":"unauthenticated","retryAfter":2,"hint":"auth.login"}"#
            #expect(failure.details.map { String(buffer: $0) } == details)

            let caught = await sandbox.run(
                "try { await callAPI('x') } catch (e) { [e instanceof APIError, e instanceof Error, e.status, e.name] }",
                host: host)
            #expect(caught.value == #"[true,true,401,"APIError"]"#)
        }
    }

    @Test(
        "failures name the line of the script",
        arguments: [
            ("const a = 1;\nlet b = = 2;", RunFailure.Code.syntaxError, 2, 9, "'='"),
            (
                "const a = 1;\nfunction f(o) {\n  return o.x.y;\n}\nf({});", .exception, 3, 10,
                "property 'y' of undefined"
            ),
            ("// one\nthrow new Error('mine')", .exception, 2, 11, "mine"),
            ("let a;\nPromise.reject(new Error('lost'));\n1", .exception, 2, 20, "nothing awaited"),
            ("\nJSON.parse('{')", .exception, 2, 6, "JSON"),
            ("function f() { return f() + 1 }\nf()", .stackLimit, 1, 22, "recursion"),
            ("\nnotThere", .exception, 2, 1, "notThere"),
            (
                "\nsetTimeout(() => { throw new Error('late') }, 1); await new Promise(() => {})", .exception, 2, 30,
                "late"
            ),
        ])
    func positions(code: String, expected: RunFailure.Code, line: Int, column: Int, words: String) async throws {
        try await withSandbox { sandbox in
            let failure = try #require(await sandbox.run(code).failure)
            #expect(failure.code == expected)
            #expect(failure.line == line)
            #expect(failure.column == column)
            #expect(failure.message.contains(words), "\(failure.message)")
        }
    }

    @Test func theFilesCanBeListedAndReadAndNothingElse() async throws {
        try await withSandbox { sandbox in
            let run = await sandbox.run(
                """
                const refused = async (path, how) => { try { await fs[how](path); return 'read' } catch (e) { return e.message } };
                [await fs.readdir(''), await fs.readdir('tools/sales/'), (await fs.readFile('./tools/auth/login.js')).length,
                 await refused('../../etc/passwd', 'readFile'), await refused('tools', 'readFile'),
                 await refused('tools/sale', 'readdir'), await refused('tools/broken.js', 'readdir'), typeof fs.writeFile]
                """)
            let expected =
                #"[["tools"],["getSales.js","index.js"],39,"\"../../etc/passwd\" leaves the tool tree: there is nothing "#
                + #"above its root.","\"tools\" is a directory: list it with fs.readdir(\"tools\").","there is no directory "#
                + #"\"tools/sale\". Did you mean \"tools/sales/index.js\"?","\"tools/broken.js\" is a file: read it with "#
                + #"fs.readFile(\"tools/broken.js\").","undefined"]"#
            #expect(run.value == expected, "\(String(describing: run.failure))")
        }
    }

    @Test(
        "the small web APIs do what their standards say",
        arguments: [
            (
                "new URLSearchParams({ a: '1 2', b: 'ü&=', c: \"!'()*~-._\" }).toString()",
                #""a=1+2&b=%C3%BC%26%3D&c=%21%27%28%29*%7E-._""#
            ),
            ("[...new URLSearchParams('?a=1&b=%zz&a=+2&c')]", #"[["a","1"],["b","%zz"],["a"," 2"],["c",""]]"#),
            (
                "const u = new URLSearchParams([['a', 1], ['a', 2]]); u.set('a', 3); u.append('b', 4); u.delete('b'); u.size + String(u)",
                #""1a=3""#
            ),
            ("new TextDecoder().decode(new TextEncoder().encode('h€🙂'))", #""h€🙂""#),
            (
                "try { new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([255])) } catch (e) { e.name }",
                #""TypeError""#
            ),
            (
                "const a = { d: new Date(0), m: new Map([[1, { x: 1 }]]) }; a.a = a; const b = structuredClone(a); [b !== a, b.a === b, b.d, b.m]",
                #"[true,true,"1970-01-01T00:00:00.000Z",{"1":{"x":1}}]"#
            ),
            (
                "const seen = []; const t = setTimeout(() => seen.push('no'), 1); clearTimeout(t); setTimeout((x) => seen.push(x), 5, 'b'); setTimeout(() => seen.push('a'), 1); queueMicrotask(() => seen.push('first')); seen",
                #"["first","a","b"]"#
            ),
            ("await searchTools('sales', { limit: 3 })", #"{"limit":3,"query":"sales"}"#),
            (
                "typeof Atomics + typeof SharedArrayBuffer + typeof std + typeof os + typeof process + typeof require",
                #""undefinedundefinedundefinedundefinedundefinedundefined""#
            ),
            ("new Date(2024, 0, 1).getTimezoneOffset() + Number.isInteger(performance.now())", "1"),
            ("Math.random() !== Math.random()", "true"),
            (
                "class Mine extends Error { constructor(m) { super(m); this.name = 'Mine'; this.toString = 1 } } new Mine('x').name",
                #""Mine""#
            ),
            ("try { await callAPI(5) } catch (e) { e.name }", #""TypeError""#),
            ("try { await callAPI('x', 5n) } catch (e) { e.message.slice(0, 26) }", #""the arguments of callAPI c""#),
        ])
    func webAPIs(code: String, json: String) async throws {
        try await withSandbox { sandbox in
            let run = await sandbox.run(code)
            #expect(run.value == json, "\(String(describing: run.failure))")
        }
    }

    @Test func anAwaitThatCannotEndSaysSo() async throws {
        try await withSandbox { sandbox in
            let failure = try #require(await sandbox.run("await new Promise(() => {})").failure)
            #expect(failure.code == .exception)
            #expect(failure.message.contains("something that will never happen"))
        }
    }

    @Test func workThatNobodyAwaitedStillEndsBeforeTheRun() async throws {
        try await withSandbox { sandbox in
            let code =
                "const out = []; [1, 2].forEach(async (i) => { await callAPI('x', { i }); out.push('done') }); out"
            #expect(await sandbox.run(code).value == #"["done","done"]"#)
        }
    }
}
