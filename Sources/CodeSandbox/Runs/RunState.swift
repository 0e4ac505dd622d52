package import NIOCore

/// Decides what happens in one run: what the guest may say next, which limit it meets, and how it ends.
///
/// Begins `running`; becomes `closing` when the channel closed without an ending and only the reason is missing;
/// is `finished` from the first ending on, whatever comes later.
package struct RunState: Sendable {
    package enum Action: Sendable {
        case send(Frame)
        case call(id: UInt32, name: String, arguments: ByteBuffer)
        /// The script printed, within its limits.
        case printed(ConsoleLine)
        /// The channel is closed; ask for the guest's exit, for a moment.
        case awaitExit
        /// End the guest process, now.
        case kill
        /// The run is over. Comes once, and last.
        case finish(RunOutcome)
    }

    private enum Phase { case running, closing, finished }
    private let limits: RunLimits
    private var phase = Phase.running
    private var exit: GuestExit?
    private var console: [ConsoleLine] = []
    private var usage = RunUsage()
    private var unanswered: Set<UInt32> = []

    package init(limits: RunLimits) { self.limits = limits }

    package var isFinished: Bool { self.phase == .finished }

    package mutating func receive(_ frame: Frame) -> [Action] {
        guard self.phase == .running else { return [] }
        do throws(ChannelViolation) {
            switch try GuestMessage(frame) {
            case .console(let line): return self.printed(line)
            case .call(let id, let name, let arguments): return try self.called(id, name, arguments)
            case .result(let json):
                self.usage.outputBytes += json.readableBytes
                guard self.usage.outputBytes <= self.limits.outputBytes else {
                    return self.endAndKill(self.outputFailure)
                }
                return self.end(.value(json))
            case .failure(let failure): return self.end(.failure(failure))
            }
        } catch { return self.violated(error) }
    }

    package mutating func violated(_ violation: ChannelViolation) -> [Action] {
        self.endAndKill(
            RunFailure(
                .guestLost, "The script's process broke the rules of its channel and was killed: it sent \(violation).")
        )
    }

    /// The host answered a call.
    package mutating func reply(to id: UInt32, _ reply: HostReply) -> [Action] {
        guard self.phase == .running, self.unanswered.remove(id) != nil else { return [] }
        switch reply {
        case .value(let json) where json.readableBytes <= RunLimits.replyBytes:
            return [.send(Frame(.replyValue, id: id, body: json))]
        case .value(let json):
            let text =
                #"{"code":"replyTooLarge","message":"The answer has \#(json.readableBytes) bytes; "#
                + #"\#(RunLimits.replyBytes) are allowed. Ask for a smaller page or a shorter range."}"#
            return [.send(Frame(.replyError, id: id, body: ByteBuffer(string: text)))]
        case .error(let json): return [.send(Frame(.replyError, id: id, body: json))]
        }
    }

    package mutating func deadlinePassed() -> [Action] {
        let time = self.limits.timeout.shortText
        return self.endAndKill(
            RunFailure(
                .timeout,
                "The script ran for \(time) without a pause in which it could be stopped, and was killed; \(time) are "
                    + "allowed. Do less at once, or ask for less data."))
    }

    package mutating func cancel() -> [Action] {
        self.endAndKill(RunFailure(.cancelled, "The run was cancelled."))
    }

    package mutating func channelClosed() -> [Action] {
        guard self.phase == .running else { return [] }
        if let exit = self.exit { return self.end(.failure(exit.failure)) }
        self.phase = .closing
        return [.awaitExit]
    }

    /// The process is gone; what it wrote before may still be on the way, so only a closed channel ends the run.
    package mutating func exited(_ exit: GuestExit) -> [Action] {
        self.exit = exit
        return self.phase == .closing ? self.end(.failure(exit.failure)) : []
    }

    // MARK: What the guest said

    private mutating func printed(_ line: ConsoleLine) -> [Action] {
        let cost = line.text.utf8.count + 1
        guard self.usage.outputBytes + cost <= self.limits.outputBytes, self.console.count < RunLimits.consoleLines
        else {
            return self.endAndKill(self.outputFailure)
        }
        self.usage.outputBytes += cost
        self.console.append(line)
        return [.printed(line)]
    }

    private mutating func called(
        _ id: UInt32, _ name: String, _ arguments: ByteBuffer
    ) throws(ChannelViolation) -> [Action] {
        guard id == UInt32(self.usage.hostCalls) + 1 else { throw ChannelViolation("call \(id) out of turn") }
        guard self.usage.hostCalls < self.limits.hostCalls else {
            throw ChannelViolation("more than \(self.limits.hostCalls) calls")
        }
        guard self.unanswered.count < self.limits.hostCallsInFlight else {
            throw ChannelViolation("more than \(self.limits.hostCallsInFlight) calls at the same time")
        }
        self.usage.hostCalls += 1
        self.unanswered.insert(id)
        return [.call(id: id, name: name, arguments: arguments)]
    }

    private var outputFailure: RunFailure {
        RunFailure(
            .outputLimit,
            "The script may output \(self.limits.outputBytes) bytes in \(RunLimits.consoleLines) console lines and a "
                + "result, and had output \(self.usage.outputBytes) bytes in \(self.console.count) lines. Print and "
                + "return summaries, not rows.")
    }

    // MARK: Endings

    private mutating func end(_ ending: RunOutcome.Ending) -> [Action] {
        guard self.phase != .finished else { return [] }
        self.phase = .finished
        defer { self.console = [] }
        return [.finish(RunOutcome(ending: ending, console: self.console, usage: self.usage))]
    }

    private mutating func endAndKill(_ failure: RunFailure) -> [Action] {
        guard self.phase != .finished else { return [] }
        return [.kill] + self.end(.failure(failure))
    }
}
