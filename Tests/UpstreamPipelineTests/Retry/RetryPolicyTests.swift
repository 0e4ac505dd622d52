import JSON
import Testing

@testable import UpstreamPipeline

struct RetryPolicyTests {
    private let policy = RetryPolicy(attempts: 5)

    private func status(_ status: Int, after: Duration? = nil) -> RetryPolicy.Failure {
        .status(status, retryAfter: after)
    }
    private func lost(_ code: PipelineError.Code) -> RetryPolicy.Failure {
        .noAnswer(PipelineError(code, origin: .upstream, status: 502, message: "x"))
    }

    @Test("waits a random part of a bound that doubles up to the highest", arguments: zip(1...4, [100, 200, 400, 800]))
    func backOff(attempt: Int, bound: Int) throws {
        for random in [0.0, 0.5, 0.999] {
            let decision = self.policy.next(
                after: self.status(503), attempt: attempt, request: try Samples.resolved(), random: random)
            #expect(decision == .retry(after: .milliseconds(bound) * random))
        }
        let patient = RetryPolicy(attempts: 100)
        let late = patient.next(after: self.status(503), attempt: 60, request: try Samples.resolved(), random: 1)
        #expect(late == .retry(after: .seconds(2)))
    }

    @Test("repeats what may pass", arguments: [502, 503, 504])
    func statuses(status: Int) throws {
        let decision = self.policy.next(
            after: self.status(status), attempt: 1, request: try Samples.resolved(), random: 0)
        #expect(decision == .retry(after: .zero))
    }

    @Test("does not repeat what would end the same way", arguments: [400, 401, 403, 404, 409, 422, 429, 500, 501])
    func finalStatuses(status: Int) throws {
        let decision = self.policy.next(
            after: self.status(status), attempt: 1, request: try Samples.resolved(), random: 0)
        #expect(decision == .giveUp)
    }

    @Test(
        "repeats what never got an answer, not what got a bad one",
        arguments: [
            (PipelineError.Code.unreachable, true), (.timedOut, true), (.badResponse, false),
            (.responseTooLarge, false),
        ])
    func losses(code: PipelineError.Code, isRepeated: Bool) throws {
        let decision = self.policy.next(
            after: self.lost(code), attempt: 1, request: try Samples.resolved(), random: 0)
        #expect(decision == (isRepeated ? .retry(after: .zero) : .giveUp))
    }

    @Test("does not repeat a loss that will not pass")
    func permanent() throws {
        let request = try Samples.resolved()
        let decision = self.policy.next(after: .noAnswer(.cancelled), attempt: 1, request: request, random: 0)
        #expect(decision == .giveUp)
    }

    @Test("ends with the last attempt")
    func attempts() throws {
        let request = try Samples.resolved()
        #expect(self.policy.next(after: self.status(503), attempt: 5, request: request, random: 0) == .giveUp)
        let once = RetryPolicy(attempts: 1)
        #expect(once.next(after: self.status(503), attempt: 1, request: request, random: 0) == .giveUp)
    }

    @Test("never repeats a call that is not a plain read")
    func unsafe() throws {
        let login = try Samples.resolved("POST /auth/login", ["email": "a@b.test", "password": "x"])
        #expect(self.policy.next(after: self.lost(.unreachable), attempt: 1, request: login, random: 0) == .giveUp)
        let route = Route("GET", "/x", summary: "", isRepeatSafe: false)
        let once = try RouteTable([route]).resolve(Samples.call("GET /x"))
        #expect(self.policy.next(after: self.status(503), attempt: 1, request: once, random: 0) == .giveUp)
    }

    @Test("waits as long as the upstream asks, but not for long")
    func retryAfter() throws {
        let request = try Samples.resolved()
        let short = self.status(503, after: .seconds(1))
        #expect(self.policy.next(after: short, attempt: 1, request: request, random: 0) == .retry(after: .seconds(1)))
        let long = self.status(503, after: .seconds(30))
        #expect(self.policy.next(after: long, attempt: 1, request: request, random: 0) == .giveUp)
    }
}
