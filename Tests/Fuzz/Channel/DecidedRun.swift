import FuzzSupport
import NIOCore

@testable import CodeSandbox

/// A script played to the decoder and the decisions alone, as the handler would, one after the other.
struct DecidedRun {
    private var decoder = FrameDecoder(maximumBody: RunRules.limits.largestGuestBody)
    private var state = RunState(limits: RunRules.limits)
    private var isOpen = true
    private var hasViolated = false
    private var open: [UInt32] = []
    private var fed = 0
    private(set) var outcome: RunOutcome?
    /// Calls the host has been handed.
    private(set) var calls = 0
    private(set) var replies = 0
    /// Before each event: calls so far, and whether one waits for its answer.
    private(set) var callsAt: [Int] = []
    private(set) var answersAt: [Bool] = []
    private var isClosing = false
    /// Whether the run began before anything else happened.
    let isOrdinary: Bool
    /// What was decided, in order.
    private(set) var trace: [String] = []

    init(_ script: ChannelScript) {
        self.isOrdinary = script.events.first == .begin && script.events.count { $0 == .begin } == 1
        for event in script.events {
            self.answersAt.append(!self.open.isEmpty)
            self.callsAt.append(self.calls)
            self.play(event)
        }
    }

    private mutating func play(_ event: ChannelScript.Event) {
        switch event {
        case .bytes(let bytes): self.receive(bytes)
        case .begin: break
        case .answer, .answerError, .answerLarge:
            guard let reply = RunRules.reply(event), !self.open.isEmpty else { return }
            self.perform(self.state.reply(to: self.open.removeFirst(), reply))
        case .cancel: self.perform(self.state.cancel())
        case .close:
            guard self.isOpen else { return }
            self.isOpen = false
            self.perform(self.state.channelClosed())
        case .killed: self.perform(self.state.exited(.killed(signal: 9)))
        case .exited: self.perform(self.state.exited(.exited(code: 0)))
        case .zygoteLost: self.perform(self.state.exited(.zygoteLost))
        // Once the channel is closed, it is the time to wait for the exit.
        case .timer: self.perform(self.isClosing ? self.state.exited(.unknown) : self.state.deadlinePassed())
        }
    }

    private mutating func receive(_ bytes: [UInt8]) {
        guard self.isOpen else { return }
        self.fed += bytes.count
        self.decoder.append(ByteBuffer(bytes: bytes))
        do throws(ChannelViolation) {
            while self.isOpen, let frame = try self.decoder.next() {
                promise(frame.body.readableBytes <= RunRules.limits.largestGuestBody, "a frame over the limit")
                promise(frame.body.readableBytes + Frame.headerBytes <= self.fed, "a frame out of nothing")
                self.fed -= frame.body.readableBytes + Frame.headerBytes
                self.perform(self.state.receive(frame))
            }
        } catch {
            self.hasViolated = true
            promise((try? self.decoder.next()) == nil, "a frame after the stream has lost its place")
            self.perform(self.state.violated(error))
        }
    }

    private mutating func perform(_ actions: [RunState.Action]) {
        promise(self.outcome == nil || actions.isEmpty, "\(actions) after the end")
        for action in actions {
            promise(self.outcome == nil, "the end does not come last")
            switch action {
            case .send(let frame):
                self.replies += 1
                promise(frame.kind == .replyValue || frame.kind == .replyError, "a \(frame.kind) to the guest")
                promise(frame.body.readableBytes <= RunLimits.replyBytes, "a reply over the limit")
                self.trace.append("reply \(frame.kind) \(frame.id)")
            case .call(let id, let name, let arguments):
                self.calls += 1
                promise(Int(id) == self.calls, "call \(id) is number \(self.calls)")
                promise(!name.isEmpty && arguments.readableBytes <= RunLimits.argumentBytes, "a call out of bounds")
                self.open.append(id)
                promise(self.open.count <= RunRules.limits.hostCallsInFlight, "\(self.open.count) calls in flight")
                self.trace.append("call \(id) \(name) \(Array(buffer: arguments))")
            case .printed(let line):
                promise(self.outcome == nil, "a line after the end")
                self.trace.append("printed \(line)")
            case .awaitExit:
                self.isClosing = true
                self.trace.append("await exit")
            case .kill: self.trace.append("kill")
            case .finish(let outcome):
                RunRules.check(outcome)
                if case .value = outcome.ending {
                    promise(!self.hasViolated, "a value after a violation")
                    promise(!self.trace.contains("kill"), "a value of a guest that was killed")
                }
                self.trace.append(RunRules.text(outcome))
                self.outcome = outcome
                // The handler closes the channel then.
                self.isOpen = false
            }
        }
    }
}
