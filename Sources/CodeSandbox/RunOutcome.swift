package import NIOCore

/// How a run ended and what it left.
package struct RunOutcome: Sendable {
    package enum Ending: Sendable {
        /// JSON text of the script's value; `null` when it has none.
        case value(ByteBuffer)
        case failure(RunFailure)
    }
    package var ending: Ending
    /// In order; kept whatever the ending.
    package var console: [ConsoleLine]
    package var usage: RunUsage

    package init(ending: Ending, console: [ConsoleLine] = [], usage: RunUsage = RunUsage()) {
        self.ending = ending
        self.console = console
        self.usage = usage
    }
}

/// One call of `console.log` and its like.
package struct ConsoleLine: Sendable, Equatable {
    package enum Level: String, Sendable { case debug, log, info, warn, error }
    package var level: Level
    package var text: String

    package init(level: Level, text: String) {
        self.level = level
        self.text = text
    }
}

/// Why a run has no value, written for whoever wrote the script.
package struct RunFailure: Sendable {
    package enum Code: String, Sendable {
        case syntaxError, exception, timeout, processorLimit, memoryLimit, stackLimit, outputLimit, hostCallLimit,
            unserializableResult
        /// The guest died or broke the protocol.
        case guestLost
        /// No process could be had, or too many runs wait.
        case busy
        case cancelled
    }
    package var code: Code
    /// One or two sentences: what was wrong, which limit, what to do.
    package var message: String
    /// Name of the JavaScript error, such as `TypeError`.
    package var errorName: String?
    /// In the submitted script, from 1.
    package var line: Int?
    package var column: Int?
    /// The text of that line.
    package var sourceLine: String?
    /// JSON text of the extra members of a thrown error (`status`, `code`, `retryAfter`, `hint`), when it has any.
    package var details: ByteBuffer?

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

/// What a run used.
package struct RunUsage: Sendable {
    package var duration: Duration = .zero
    package var hostCalls = 0
    package var outputBytes = 0

    package init() {}
}
