@testable import CodeSandbox
import Logging
import NIOCore
import Synchronization
import TestSupport
import Testing

extension EscapeAttempt {
    /// Keys that set a limit: the wall clock in milliseconds, memory in MB, output in bytes, host calls, those in flight.
    static let limitKeys: Set = ["timeout", "memory", "output", "calls", "in-flight"]

    func limit(_ configuration: inout SandboxConfiguration) throws {
        func number(_ key: String, _ otherwise: Int) throws -> Int {
            try self.settings[key].map { try #require(Int($0), "\(key) is no number") } ?? otherwise
        }
        configuration.timeout = .milliseconds(try number("timeout", 10_000))
        // Busy machines: what a guest says of its end is worth waiting for.
        configuration.killGrace = .milliseconds(400)
        configuration.memoryBytes = try number("memory", 32) << 20
        configuration.outputBytes = try number("output", 256 * 1024)
        configuration.hostCalls = try number("calls", 50)
        configuration.hostCallsInFlight = try number("in-flight", 32)
        // So that the next run is forked after the attempt, from whatever the attempt has left.
        configuration.preparedGuests = 0
        configuration.concurrentRuns = 1
    }

    /// Whether a run ended in a way that the header allows.
    func isContained(_ run: RunSummary) -> Bool {
        self.contained.contains { expected in
            switch expected {
            case .value(let json): run.value == json
            case .failure(let code, let part):
                run.failure.map { $0.code.rawValue == code && $0.message.contains(part) } ?? false
            }
        }
    }
}

extension RunSummary {
    /// How the run ended, in a line.
    var shortly: String {
        let ending = self.failure.map { "failure \($0.code) \($0.errorName ?? ""): \($0.message)" }
        return String((ending ?? self.value ?? "").prefix(600))
    }
}

/// Answers as an attempt's header says, otherwise with the call's own arguments; remembers what was asked.
final class AttemptHost: HostCalls {
    private let reply: HostReply?
    private let asked = Mutex<[String]>([])

    init(_ attempt: EscapeAttempt) {
        let value = attempt.settings["reply"].map { HostReply.value(ByteBuffer(string: $0)) }
        self.reply = value ?? attempt.settings["reply-error"].map { .error(ByteBuffer(string: $0)) }
    }

    var calls: String { self.asked.withLock { $0.joined(separator: " ") } }

    func call(_ name: String, arguments: ByteBuffer) async -> HostReply {
        let text = String(buffer: arguments)
        self.asked.withLock { $0.append("\(name) \(text)") }
        return self.reply ?? .value(arguments)
    }
}

/// A script that names everything that is not as in a fresh sandbox; its value is `[]`.
enum Canary {
    static let code = #"""
        const wrong = [];
        const check = (name, holds) => { if (holds !== true) wrong.push(name); };
        check('JSON', JSON.stringify(JSON.parse('{"a":[1,{"b":null}],"c":"\\u2028"}')) === '{"a":[1,{"b":null}],"c":"\u2028"}');
        check('promises', (await Promise.all([1, Promise.resolve(2), new Promise((r) => setTimeout(r, 0, 3))])).join() === '1,2,3');
        check('arrays', [3, 1, 2].sort().map((x) => x * 2).filter((x) => x > 2).join('-') === '4-6');
        check('strings', 'a-b'.split('-').concat('c').join('').toUpperCase().replace(/B/g, 'x') === 'AxC');
        check('iteration', [...new Map([[1, new Set([2])]])].flat().length === 2);
        check('classes', new (class A extends Map { #x = 1; get x() { return this.#x } })().x === 1);
        check('errors', (() => { try { null.x } catch (e) { return e instanceof TypeError && typeof e.stack === 'string' } })());
        const answer = await callAPI('canary', { n: 1, list: ['ä'] });
        check('callAPI', JSON.stringify(answer) === '{"route":"canary","arguments":{"n":1,"list":["ä"]}}');
        check('answers', Object.getPrototypeOf(answer) === Object.prototype);
        check('files', (await fs.readdir('')).join() === 'tools');
        for (const key in {}) check('key ' + key, false);
        check('plain objects', Reflect.ownKeys({}).length === 0 && Reflect.ownKeys([]).join() === 'length');
        for (const name of ['leak', 'polluted', 'process', 'require', 'std', 'os', 'native']) {
            check(name, typeof globalThis[name] === 'undefined' && ({})[name] === undefined && [][name] === undefined);
        }
        check('natives', [Array.prototype.map, Object.keys, JSON.parse, Promise.prototype.then].every(
            (f) => Function.prototype.toString.call(f).includes('[native code]')));
        check('frozen', [Object.prototype, Array.prototype, Function.prototype, Promise, JSON, console, callAPI].every(Object.isFrozen));
        wrong
        """#

    static func expectHealthy(_ sandbox: Sandbox, after name: String) async {
        let run = await sandbox.run(Self.code)
        #expect(run.value == "[]", "after \(name): \(run.shortly)")
    }
}
