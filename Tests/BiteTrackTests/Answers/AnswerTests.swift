import DemoAPI
import JSON
import Sessions
import Testing

@testable import BiteTrack

/// Questions of the shop are answered rightly, and as cheaply as they should be, wherever the API is mounted.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct AnswerTests {
    @Test("there are enough questions, each asked once, in two languages")
    func questions() {
        #expect(AnswerTask.all.count >= 60)
        #expect(Set(AnswerTask.all.map(\.question)).count == AnswerTask.all.count)
        #expect(Set(AnswerTask.all.map(\.pregunta)).count == AnswerTask.all.count)
    }

    @Test("every question has its answer, within its calls", arguments: ["/api/v2", "/bitetrack"])
    func answers(prefix: String) async throws {
        let now = Timestamp.system
        let facts = ShopFacts(now: now)
        var demo = DemoConfiguration()
        demo.now = { now }
        demo.prefixes = [prefix]
        demo.rateLimit = 1_000_000
        try await ServiceBench.with(demo: demo, prefix: prefix) { bench in
            for (number, task) in AnswerTask.all.enumerated() {
                let session = "task \(number)"
                let login = try await bench.run(Self.login(task.account), session: session)
                #expect(!login.isError, "\(login.text)")
                let answer = try await bench.run(task.script(facts), session: session)
                let expected = task.answer(facts)
                #expect(
                    Self.isSame(answer.value, expected), "\(task.question)\n\(answer.text)\nexpected \(expected.text)")
                let calls = answer.structure?["cost"]?["upstreamCalls"]?.intValue
                #expect(calls.map { $0 <= task.calls } == true, "\(task.question) took \(calls ?? -1) calls")
            }
            #expect(bench.api.dangerousRequests == 0)
        }
    }

    private static func login(_ account: AnswerTask.Account) -> String {
        switch account {
        case .admin: ServiceBench.login
        case .superadmin:
            """
            import { login } from "./tools/auth/login.js";
            await login({ email: "superadmin@demo.test", password: "DemoSuper1!" });
            """
        }
    }

    /// Equal, but for the last digits of numbers that were added in another order.
    private static func isSame(_ value: JSONValue?, _ expected: JSONValue) -> Bool {
        guard let value else { return false }
        if let number = expected.doubleValue {
            return value.doubleValue.map { abs($0 - number) <= 1e-9 * max(1, abs(number)) } ?? false
        }
        if let array = expected.arrayValue {
            guard let other = value.arrayValue, other.count == array.count else { return false }
            return zip(other, array).allSatisfy { self.isSame($0, $1) }
        }
        return value == expected
    }
}
