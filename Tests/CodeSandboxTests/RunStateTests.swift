import CodeSandbox
import NIOCore
import Testing

struct RunStateTests {
    private var limits: RunLimits {
        var configuration = SandboxConfiguration()
        configuration.outputBytes = 100
        configuration.hostCalls = 3
        configuration.hostCallsInFlight = 2
        return RunLimits(configuration)
    }
    private let result = Frame(.result, body: ByteBuffer(string: "1"))

    private func console(_ text: String) -> Frame { Frame(.console, body: ByteBuffer(string: "\u{1}" + text)) }
    private func call(_ id: UInt32) -> Frame { Frame(.call, id: id, body: ByteBuffer(string: "\u{1}a{}")) }

    /// The actions as words, and the outcome of the run when they end it.
    private func read(_ actions: [RunState.Action]) -> (words: [String], outcome: RunOutcome?) {
        var outcome: RunOutcome?
        let words = actions.map { action in
            switch action {
            case .send(let frame): return "send \(frame.kind) \(frame.id) \(String(buffer: frame.body))"
            case .call(let id, let name, let arguments): return "call \(id) \(name) \(String(buffer: arguments))"
            case .printed(let line): return "printed \(line.text)"
            case .awaitExit: return "await exit"
            case .kill: return "kill"
            case .finish(let value):
                outcome = value
                guard case .failure(let failure) = value.ending else { return "finish" }
                return "fail \(failure.code.rawValue)"
            }
        }
        return (words, outcome)
    }

    @Test func aRunIsConsoleCallsRepliesAndOneEnding() {
        var state = RunState(limits: self.limits)
        let step1 = state.receive(self.console("hi"))
        #expect(self.read(step1).words == ["printed hi"])
        let step2 = state.receive(self.call(1))
        #expect(self.read(step2).words == ["call 1 a {}"])
        let step3 = state.receive(self.call(2))
        #expect(self.read(step3).words == ["call 2 a {}"])
        let step4 = state.reply(to: 2, .error(ByteBuffer(string: "e")))
        #expect(self.read(step4).words == ["send replyError 2 e"])
        let step5 = state.reply(to: 1, .value(ByteBuffer(string: "v")))
        #expect(self.read(step5).words == ["send replyValue 1 v"])
        let (words, outcome) = self.read(state.receive(self.result))
        #expect(words == ["finish"])
        #expect(outcome?.console == [ConsoleLine(level: .log, text: "hi")])
        #expect(outcome?.usage.hostCalls == 2)
        #expect(outcome?.usage.outputBytes == 4)
        #expect(state.isFinished)
    }

    @Test func nothingHappensAfterTheEnding() {
        var state = RunState(limits: self.limits)
        _ = state.receive(self.call(1))
        _ = state.receive(self.result)
        let step6 = state.receive(self.result)
        #expect(self.read(step6).words == [])
        let step7 = state.reply(to: 1, .value(ByteBuffer()))
        #expect(self.read(step7).words == [])
        let step8 = state.deadlinePassed() + state.cancel() + state.channelClosed()
        #expect(self.read(step8).words == [])
        let step9 = state.exited(.unknown) + state.violated(ChannelViolation("x"))
        #expect(self.read(step9).words == [])
    }

    @Test(
        "what breaks the rules of the channel kills the run",
        arguments: [
            [2], [1, 1], [1, 3], [0], [1, 2, 3],
        ] as [[UInt32]])
    func violations(ids: [UInt32]) {
        var state = RunState(limits: self.limits)
        var last: [RunState.Action] = []
        for id in ids { last = state.receive(self.call(id)) }
        let step10 = last
        #expect(self.read(step10).words == ["kill", "fail guestLost"])
    }

    @Test func oneCallTooManyKillsARunThatDidNotRefuseItItself() {
        var state = RunState(limits: self.limits)
        for id in UInt32(1)...3 {
            _ = state.receive(self.call(id))
            _ = state.reply(to: id, .value(ByteBuffer()))
        }
        let step11 = state.receive(self.call(4))
        #expect(self.read(step11).words == ["kill", "fail guestLost"])
    }

    @Test func aReplyNobodyAskedForIsDropped() {
        var state = RunState(limits: self.limits)
        let step12 = state.reply(to: 1, .value(ByteBuffer()))
        #expect(self.read(step12).words == [])
        _ = state.receive(self.call(1))
        let step13 = state.reply(to: 1, .value(ByteBuffer()))
        #expect(self.read(step13).words.count == 1)
        let step14 = state.reply(to: 1, .value(ByteBuffer()))
        #expect(self.read(step14).words == [])
    }

    @Test func tooMuchOutputKillsAndKeepsWhatFitted() {
        var state = RunState(limits: self.limits)
        _ = state.receive(self.console(String(repeating: "x", count: 60)))
        let (words, outcome) = self.read(state.receive(self.console(String(repeating: "y", count: 60))))
        #expect(words == ["kill", "fail outputLimit"])
        #expect(outcome?.console.count == 1)
        var large = RunState(limits: self.limits)
        let text = ByteBuffer(string: "\"" + String(repeating: "x", count: 99) + "\"")
        let step15 = large.receive(Frame(.result, body: text))
        #expect(self.read(step15).words == ["kill", "fail outputLimit"])
    }

    @Test(
        "a lost guest waits for its reason, in either order",
        arguments: [
            (GuestExit.killed(signal: 9), "fail guestLost"), (.killed(signal: 31), "fail guestLost"),
            (.killed(signal: 24), "fail processorLimit"), (.exited(code: 74), "fail guestLost"),
            (.refused(errno: 11), "fail busy"),
            (.zygoteLost, "fail guestLost"), (.unknown, "fail guestLost"),
        ])
    func lost(exit: GuestExit, words: String) {
        var closedFirst = RunState(limits: self.limits)
        let step16 = closedFirst.channelClosed()
        #expect(self.read(step16).words == ["await exit"])
        let step17 = closedFirst.exited(exit)
        #expect(self.read(step17).words == [words])
        var exitedFirst = RunState(limits: self.limits)
        let step18 = exitedFirst.exited(exit)
        #expect(self.read(step18).words == [])
        let step19 = exitedFirst.channelClosed()
        #expect(self.read(step19).words == [words])
    }

    @Test func aResultStillOnTheWayWhenTheProcessEndedCounts() {
        var state = RunState(limits: self.limits)
        _ = state.exited(.exited(code: 0))
        let step20 = state.receive(self.result)
        #expect(self.read(step20).words == ["finish"])
    }

    @Test func deadlineAndCancellationKill() {
        var late = RunState(limits: self.limits)
        let step21 = late.deadlinePassed()
        #expect(self.read(step21).words == ["kill", "fail timeout"])
        var cancelled = RunState(limits: self.limits)
        let step22 = cancelled.cancel()
        #expect(self.read(step22).words == ["kill", "fail cancelled"])
    }

    @Test(
        "a wait status becomes an exit",
        arguments: [
            (Int32(0), GuestExit.exited(code: 0)), (70 << 8, .exited(code: 70)), (9, .killed(signal: 9)),
            (31 | 0x80, .killed(signal: 31)),
        ])
    func waitStatus(status: Int32, exit: GuestExit) { #expect(GuestExit(waitStatus: status) == exit) }
}
