@testable import CodeSandbox
import TestSupport
import Testing

/// What one run does to its world, the next run's world does not show.
struct PollutionTests {
    @Test func afterEveryAttemptInOneSandboxTheWorldIsAsFresh() async throws {
        var configuration = SandboxConfiguration()
        configuration.timeout = .milliseconds(400)
        configuration.killGrace = .milliseconds(400)
        configuration.memoryBytes = 32 << 20
        configuration.outputBytes = 8 << 20
        let fresh = try await withSandbox({ $0 = configuration }) { await Self.fingerprint(of: $0) }
        #expect(fresh.count > 1000)
        try await withSandbox({ $0 = configuration }) { sandbox in
            let zygote = sandbox.zygoteProcessID
            for name in EscapeAttempt.names(of: "javascript") {
                let attempt = try EscapeAttempt(
                    level: "javascript", name: name,
                    keys: EscapeAttempt.limitKeys.union(["reply", "reply-error", "sees"]))
                _ = await sandbox.run(attempt.body, host: AttemptHost(attempt))
            }
            let after = await Self.fingerprint(of: sandbox)
            #expect(after.count == fresh.count)
            let changed = zip(fresh, after).filter { $0 != $1 }
            #expect(changed.isEmpty, "\(changed.prefix(5))")
            #expect(sandbox.zygoteProcessID == zygote)
        }
    }

    /// The fingerprint sees what a run changes, or the test above would prove nothing.
    @Test(arguments: [
        "globalThis.leak = 1", "callAPI.constructor.leak ?? 0; globalThis.other = { deep: () => 1 }",
        "Object.defineProperty(globalThis, 'getter', { get() { return 1 } })",
    ])
    func theFingerprintSeesPollution(code: String) async throws {
        try await withSandbox({ $0.outputBytes = 8 << 20 }) { sandbox in
            let fresh = await Self.fingerprint(of: sandbox)
            let polluted = await Self.fingerprint(of: sandbox, after: code)
            #expect(fresh.count > 1000)
            #expect(fresh != polluted)
        }
    }

    /// One line for every property that can be reached from the global object: where, of what kind, with which source.
    private static func fingerprint(of sandbox: Sandbox, after code: String = "") async -> [String] {
        let run = await sandbox.run("{ \(code) }\n" + Self.fingerprint)
        guard let value = run.value else { return [run.shortly] }
        return value.split(separator: "|").map(String.init)
    }

    private static let fingerprint = #"""
        const numbers = new Map(), lines = [], queue = [];
        const number = (object) => {
            if (!numbers.has(object)) { numbers.set(object, numbers.size); queue.push(object); }
            return '#' + numbers.get(object);
        };
        const show = (value) => {
            if (typeof value === 'function') return 'function ' + number(value) + ' ' + Function.prototype.toString.call(value);
            if (typeof value === 'object' && value !== null) return 'object ' + number(value);
            return typeof value + ' ' + String(value);
        };
        number(globalThis);
        for (const sample of [function* () {}, async () => {}, async function* () {}, [].values(), new Map().keys(), new Set().keys(),
            ''[Symbol.iterator](), 'a'.matchAll(/a/g), new Uint8Array(1), /x/, Promise.resolve(), [].values().map((x) => x)]) {
            number(Object.getPrototypeOf(sample));
        }
        for (let object = queue.shift(); object; object = queue.shift()) {
            lines.push([numbers.get(object), Object.isFrozen(object), Object.isExtensible(object), show(Object.getPrototypeOf(object))].join(' '));
            for (const key of Reflect.ownKeys(object)) {
                const { value, get, set, ...flags } = Reflect.getOwnPropertyDescriptor(object, key);
                const isClock = key === 'timeOrigin';
                lines.push([numbers.get(object), String(key), isClock ? '' : show(value), show(get), show(set), JSON.stringify(flags)].join(' '));
            }
        }
        export default lines.map((line) => line.replaceAll('|', '/')).join('|');
        """#
}
