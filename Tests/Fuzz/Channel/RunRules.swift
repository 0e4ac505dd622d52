import FuzzSupport
import NIOCore

@testable import CodeSandbox

/// What must hold of a run, whatever its guest does.
enum RunRules {
    /// Small, so that inputs get to see each limit.
    static let limits: RunLimits = {
        var configuration = SandboxConfiguration()
        configuration.outputBytes = 512
        configuration.hostCalls = 6
        configuration.hostCallsInFlight = 3
        return RunLimits(configuration)
    }()

    static func check(_ outcome: RunOutcome) {
        let lines = outcome.console.reduce(0) { $0 + $1.text.utf8.count + 1 }
        promise(outcome.console.count <= RunLimits.consoleLines, "\(outcome.console.count) lines")
        promise(outcome.usage.hostCalls <= self.limits.hostCalls, "\(outcome.usage.hostCalls) calls")
        promise(lines <= self.limits.outputBytes, "\(lines) bytes in lines")
        switch outcome.ending {
        case .value(let json):
            promise(StrictJSON.accepts(Array(buffer: json)), "a value that is not JSON")
            promise(lines + json.readableBytes == outcome.usage.outputBytes, "output that was not counted")
            promise(outcome.usage.outputBytes <= self.limits.outputBytes, "output over the limit")
        case .failure(let failure):
            promise(!failure.message.isEmpty || failure.code != .guestLost, "a loss without words")
            promise(failure.line.map { $0 > 0 } ?? (failure.column == nil), "a place without a line")
            if let details = failure.details {
                promise(StrictJSON.accepts(Array(buffer: details)), "details that are not JSON")
            }
        }
    }

    /// What an outcome says, without what it took.
    static func text(_ outcome: RunOutcome) -> String {
        let ending =
            switch outcome.ending {
            case .value(let json): "value \(Array(buffer: json))"
            case .failure(let failure):
                "\(failure.code) \(failure.message) \(failure.errorName ?? "") \(failure.line ?? 0) \(failure.column ?? 0) "
                    + "\(failure.sourceLine ?? "") \(failure.details.map { Array(buffer: $0) } ?? [])"
            }
        return
            "\(ending) after \(outcome.console), \(outcome.usage.hostCalls) calls, \(outcome.usage.outputBytes) bytes"
    }

    static func reply(_ event: ChannelScript.Event) -> HostReply? {
        switch event {
        case .answer: .value(ByteBuffer(string: #"{"ok":true}"#))
        case .answerError: .error(ByteBuffer(string: #"{"message":"no"}"#))
        case .answerLarge: .value(Self.large)
        default: nil
        }
    }

    private static let large = ByteBuffer(repeating: UInt8(ascii: " "), count: RunLimits.replyBytes + 1)
}
