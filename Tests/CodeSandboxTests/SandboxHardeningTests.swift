import CodeSandbox
import Testing

struct SandboxHardeningTests {
    @Test(
        "text never becomes code",
        arguments: [
            "eval('1')", "(0, eval)('1')", "globalThis.eval('1')", "new Function('return 1')", "Function('return 1')()",
            "(() => {}).constructor('return 1')", "(async () => {}).constructor('return 1')",
            "(function* () {}).constructor('return 1')", "(async function* () {}).constructor('return 1')",
            "Reflect.construct(Function, ['return 1'])", "class F extends Function {}; new F('return 1')",
            "Reflect.construct(Object, [], Function.prototype.constructor); Function.call(null, 'return 1')",
        ])
    func code(code: String) async throws {
        try await withSandbox { sandbox in
            let failure = try #require(await sandbox.run(code).failure, "\(code)")
            #expect(failure.errorName == "TypeError")
            #expect(
                failure.message.contains("is not available: write the code in the script itself"), "\(failure.message)")
            #expect(failure.line == 1)
        }
    }

    /// Walks all that a script can reach, and calls whatever compiles.
    @Test func nothingInReachCompilesText() async throws {
        try await withSandbox { sandbox in
            let run = await sandbox.run(
                """
                const seen = new Set(), queue = [globalThis, () => {}, function* () {}, async () => {}, async function* () {},
                    [][Symbol.iterator](), new Map().entries(), /a/[Symbol.matchAll]('a'), new Error(), new URL('a:b')];
                let compilers = 0, frozen = 0, open = [];
                while (queue.length > 0) {
                    const object = queue.pop();
                    if ((typeof object !== 'object' && typeof object !== 'function') || object === null || seen.has(object)) continue;
                    seen.add(object);
                    if (typeof object === 'function' && /^(eval|Function|.*Function)$/.test(object.name) && object.name !== 'isFunction') {
                        try { object('return 1'); compilers++ } catch {}
                    }
                    queue.push(Object.getPrototypeOf(object));
                    for (const key of Reflect.ownKeys(object)) {
                        const property = Object.getOwnPropertyDescriptor(object, key);
                        queue.push(property.value, property.get, property.set);
                    }
                }
                [compilers, seen.size > 500]
                """)
            #expect(run.value == "[0,true]", "\(String(describing: run.failure))")
        }
    }

    @Test func functionsAreStillFunctions() async throws {
        try await withSandbox { sandbox in
            let run = await sandbox.run(
                """
                [(() => {}) instanceof Function, typeof Function, Function.name, Function.prototype.constructor === Function,
                 (async () => {}) instanceof Function, (async () => {}).constructor.name]
                """)
            #expect(run.value == #"[true,"function","Function",true,true,"AsyncFunction"]"#)
        }
    }

    @Test func theNamesOfTheEngineAreNotThere() async throws {
        try await withSandbox { sandbox in
            let code = """
                ['std', 'os', 'bjson', 'gc', 'print', 'scriptArgs', 'Atomics', 'SharedArrayBuffer', 'Worker', 'WebAssembly',
                 'process', 'require', 'module', 'fetch', 'XMLHttpRequest', 'navigator'].filter((name) => name in globalThis)
                """
            #expect(await sandbox.run(code).value == "[]")
        }
    }

    @Test func everyGlobalIsFrozenAndNamespacesInheritNothing() async throws {
        try await withSandbox { sandbox in
            let run = await sandbox.run(
                """
                const soft = [];
                for (const name of Object.getOwnPropertyNames(globalThis)) {
                    const property = Object.getOwnPropertyDescriptor(globalThis, name);
                    if (name !== 'globalThis' && (property.writable || property.configurable)) soft.push(name);
                    const value = property.value;
                    if (value === globalThis || (typeof value !== 'object' && typeof value !== 'function')) continue;
                    if (!Object.isFrozen(value)) soft.push(name + ' itself');
                    if (value.prototype && !Object.isFrozen(value.prototype)) soft.push(name + '.prototype');
                }
                const bare = [console, fs, performance].map((space) => Object.getPrototypeOf(space));
                [soft, bare, 'toString' in console]
                """)
            #expect(run.value == "[[],[null,null,null],false]", "\(String(describing: run.failure))")
        }
    }

    @Test func clocksAreCoarseAndStartWithTheRun() async throws {
        try await withSandbox { sandbox in
            let code = """
                const fine = [];
                for (let i = 0; i < 20000; i++) {
                    const a = performance.now(), b = Date.now(), c = new Date().getTime();
                    if (a % 1 || b % 1 || c % 1) fine.push([a, b, c]);
                }
                [fine, performance.now() < 5000, performance.timeOrigin]
                """
            #expect(await sandbox.run(code).value == "[[],true,null]")
        }
    }
}
