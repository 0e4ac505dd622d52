import Dispatch
import FuzzSupport
import NIOCore
import NIOEmbedded
import Synchronization

@testable import CodeSandbox

/// A script played to the real handler on a channel without a socket.
struct HandledRun {
    private let script: ChannelScript
    private let loop = ScriptedLoop()
    private let channel = EmbeddedChannel()
    private let handler: GuestHandler
    private let host = HeldHost()
    private let caller = Caller()
    private let deeds = Deeds()

    /// What the handler did to the process.
    private final class Deeds {
        var kills = 0
        var restarts = 0
    }

    init(_ script: ChannelScript) throws {
        let deeds = self.deeds
        self.script = script
        self.handler = GuestHandler(
            limits: RunRules.limits, eventLoop: self.loop, kill: { deeds.kills += 1 }, restart: { deeds.restarts += 1 })
        try self.channel.pipeline.syncOperations.addHandler(self.handler)
        self.channel.connect(to: try SocketAddress(unixDomainSocketPath: "guest"), promise: nil)
    }

    func play(expecting decided: DecidedRun) throws {
        for (index, event) in self.script.events.enumerated() {
            let isAnswered = decided.isOrdinary && decided.answersAt[index]
            try self.play(event, calls: isAnswered ? decided.callsAt[index] : nil)
        }
        try self.end()
        if decided.isOrdinary { self.host.waitForCalls(decided.calls) }
        let outcome = self.caller.outcome()
        if let outcome { RunRules.check(outcome) }
        let frames = try self.sent()
        promise(frames.allSatisfy { $0.id == 0 || $0.kind != .start }, "a start with an id")
        let replies = frames.filter { $0.kind == .replyValue || $0.kind == .replyError }
        promise(replies.count == Set(replies.map(\.id)).count, "two replies to one call")
        promise(frames.count == replies.count + frames.count { $0.kind == .start }, "a frame of another kind")
        guard decided.isOrdinary, let outcome else { return }
        promise(frames.first?.kind == .start, "the script did not come first")
        promise(self.host.calls == decided.calls, "\(self.host.calls) calls, not \(decided.calls)")
        guard let expected = decided.outcome else { return }
        promise(RunRules.text(outcome) == RunRules.text(expected), "\(outcome) is not \(expected)")
        promise(replies.count == decided.replies, "\(replies.count) replies, not \(decided.replies)")
    }

    /// - Parameter calls: how many have been made when one waits for an answer, nil when none does.
    private func play(_ event: ChannelScript.Event, calls: Int?) throws {
        switch event {
        case .bytes(let bytes):
            guard self.channel.isActive else { return }
            self.channel.pipeline.fireChannelRead(ByteBuffer(bytes: bytes))
            self.channel.pipeline.fireChannelReadComplete()
        case .begin: self.begin()
        case .answer, .answerError, .answerLarge:
            guard let reply = RunRules.reply(event), let calls else { return }
            self.host.waitForCalls(calls)
            self.host.answer(reply)
            self.loop.turn()
        case .cancel: self.handler.cancel()
        case .close: if self.channel.isActive { self.channel.close(promise: nil) }
        case .killed: self.handler.exited(.killed(signal: 9))
        case .exited: self.handler.exited(.exited(code: 0))
        case .zygoteLost: self.handler.exited(.zygoteLost)
        case .timer: _ = self.loop.fire()
        }
        self.channel.embeddedEventLoop.run()
        try self.channel.throwIfErrorCaught()
        promise(self.loop.timerCount <= 1, "\(self.loop.timerCount) timers")
    }

    /// A handler serves one run; the sandbox never begins a second.
    private func begin() {
        guard let continuation = self.caller.ask() else { return }
        self.handler.begin(RunRequest(code: "1", host: self.host), continuation)
    }

    /// The guest is gone, its place is free, and no call is held any longer.
    private func end() throws {
        let restarts = self.deeds.restarts
        if self.channel.isActive { self.channel.close(promise: nil) }
        self.handler.exited(.killed(signal: 9))
        self.channel.embeddedEventLoop.run()
        var timers = 0
        while self.loop.fire() {
            timers += 1
            promise(timers < 4, "the timers never end")
        }
        self.host.release()
        self.loop.stop()
        promise(self.deeds.restarts == restarts, "the zygote was ended although its guest was gone")
        _ = try? self.channel.finish(acceptAlreadyClosed: true)
    }

    private func sent() throws -> [Frame] {
        var decoder = FrameDecoder(maximumBody: RunLimits.replyBytes)
        while let bytes = try self.channel.readOutbound(as: ByteBuffer.self) { decoder.append(bytes) }
        var frames: [Frame] = []
        while let frame = try decoder.next() { frames.append(frame) }
        return frames
    }
}
