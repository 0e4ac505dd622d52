import CodeSandbox
import Testing

struct SandboxResultTests {
    @Test(
        "what JSON has no word for is converted",
        arguments: [
            ("[NaN, Infinity, -0, undefined]", "[null,null,0,null]"),
            ("[1, , 3]", "[1,null,3]"),
            ("({ a: undefined, b: 10n, c: [1n] })", #"{"b":"10","c":["1"]}"#),
            ("new Map([['a', { x: 1 }], [2, new Set([3])]])", #"{"2":[3],"a":{"x":1}}"#),
            ("[new Date(0), new Date(NaN)]", #"["1970-01-01T00:00:00.000Z",null]"#),
            ("[new Uint8Array([1, 2]), new Float64Array([0.5]), new BigInt64Array([3n])]", #"[[1,2],[0.5],["3"]]"#),
            ("class P { constructor() { this.x = 1 } #y = 2; get z() { return 3 } }; new P()", #"{"x":1}"#),
            ("Object.assign(Object.create(null), { a: 1 })", #"{"a":1}"#),
            ("({ [Symbol('s')]: 1, a: 2 })", #"{"a":2}"#),
            ("[Object(1), Object('s'), Object(true), Object(5n)]", #"[1,"s",true,"5"]"#),
            ("({ toJSON() { return [new Date(0)] } })", #"["1970-01-01T00:00:00.000Z"]"#),
            (
                "new Error('m', { cause: new TypeError('c') })",
                #"{"name":"Error","message":"m","cause":{"name":"TypeError","message":"c"}}"#
            ),
            (
                "new AggregateError([new Error('a')], 'm')",
                #"{"name":"AggregateError","message":"m","errors":[{"name":"Error","message":"a"}]}"#
            ),
            ("Object.assign(new Error('m'), { status: 4 })", #"{"name":"Error","message":"m","status":4}"#),
            ("new Proxy({ a: 1 }, {})", #"{"a":1}"#),
            ("new Proxy([1, 2], {})", "[1,2]"),
            ("const shared = { a: 1 }; [shared, shared]", #"[{"a":1},{"a":1}]"#),
            ("new URL('https://x.example/?a=1')", #""https://x.example/?a=1""#),
            ("new URLSearchParams({ a: 1 })", #""a=1""#),
            ("(function () { return arguments })(1, 2)", #"{"0":1,"1":2}"#),
            ("({ '__proto__x': 1, ['__proto__']: { y: 1 } })", #"{"__proto__x":1,"__proto__":{"y":1}}"#),
        ])
    func converted(code: String, json: String) async throws {
        try await withSandbox { sandbox in
            let run = await sandbox.run(code)
            #expect(run.value == json, "\(String(describing: run.failure))")
        }
    }

    @Test(
        "what cannot be converted is refused with its path",
        arguments: [
            ("({ rows: [{ f() {} }] })", "`value.rows[0].f` is a function"),
            ("() => 1", "`value` is a function"),
            ("({ 'a b': Symbol() })", #"`value["a b"]` is a symbol"#),
            ("const a = { b: {} }; a.b.c = a; a", "`value.b.c` is part of a cycle"),
            ("const m = new Map(); m.set('self', m); m", "`value.self` is part of a cycle"),
            ("const s = new Set(); s.add([s]); s", "`value[0][0]` is part of a cycle"),
            ("const t = { toJSON() { return t } }; [t]", "`value[0]` is part of a cycle"),
            ("[1, [Promise.resolve(1)]]", "`value[1][0]` is a promise"),
            ("({ m: new Map([[{}, 1]]) })", "`value.m` is a Map with a key"),
            ("new Map([[1, 'a'], ['1', 'b']])", "`value` is a Map with two keys that read '1'"),
            ("let deep = 1; for (let i = 0; i < 500; i++) deep = [deep]; deep", "deeper than 200"),
            (
                "({ a: { get boom() { throw new Error('no') } } })",
                "`value.a.boom` cannot be read, because reading it throws: Error: no"
            ),
            (
                "({ rows: [{ toJSON() { throw 'text' } }] })",
                "`value.rows[0]` cannot be read, because reading it throws: 'text'"
            ),
            ("const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); ({ p: proxy })", "`value.p` cannot be read"),
            (
                "({ p: new Proxy({}, { ownKeys() { throw new Error('trap') } }) })",
                "`value.p` cannot be read, because reading it throws: Error: trap"
            ),
            ("({ i: [1].values() })", "`value.i` is an iterator"),
            ("(function* () { yield 1 })()", "`value` is an iterator"),
            ("({ g: (async function* () {})() })", "`value.g` is an iterator"),
            ("[new ArrayBuffer(8)]", "`value[0]` is raw memory"),
            ("[new WeakMap()]", "`value[0]` is a weak collection"),
            ("const a = []; a[4e9] = 1; a", "is an array of 4000000001 items"),
            ("import * as sales from './tools/sales'; ({ sales })", "`value.sales.getSales` is a function"),
        ])
    func refused(code: String, words: String) async throws {
        try await withSandbox { sandbox in
            let failure = try #require(await sandbox.run(code).failure)
            #expect(failure.code == .unserializableResult)
            #expect(failure.message.contains(words), "\(failure.message)")
        }
    }

    @Test func aGetterThatThrowsIsFoundByItsLine() async throws {
        try await withSandbox { sandbox in
            let failure = try #require(await sandbox.run("({\n  get x() { throw new Error('no') }\n})").failure)
            #expect(failure.line == 2)
        }
    }

    @Test func limitsMetWhileAResultIsReadKeepTheirOwnCodes() async throws {
        try await withSandbox({ $0.memoryBytes = 32 << 20 }) { sandbox in
            let deep = "({ get x() { const f = () => f() + 1; return f() } })"
            #expect(await sandbox.run(deep).failure?.code == .stackLimit)
            let large = "({ get x() { const a = []; for (;;) a.push(new Array(1000).fill(1)) } })"
            #expect(await sandbox.run(large).failure?.code == .memoryLimit)
        }
    }
}
