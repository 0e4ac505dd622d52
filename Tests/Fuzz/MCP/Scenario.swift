import FuzzSupport
import HTTPServer
import Logging
import ModelContextProtocol
import NIOCore
import NIOHTTP1
import NIOPosix

/// Plays the steps of one input to a server of its own, and holds the server to its promises.
final class Scenario {
    /// Between two steps.
    private static let separator = Array("\n%%\n".utf8)
    private static let maximumSteps = 16
    private static let eventLoop = MultiThreadedEventLoopGroup(numberOfThreads: 1).next()

    private let pulse = Pulse()
    private let workshop: Workshop
    private let server: MCPServer
    private var variables = Variables()
    private var played: [PlayedStep] = []
    private var hasStopped = false

    init() {
        let workshop = Workshop(pulse: self.pulse)
        var configuration = MCPConfiguration(serverName: "fuzz", serverVersion: "1")
        configuration.instructions = "Fuzz."
        configuration.maximumRunningCalls = 4
        configuration.maximumAnonymousCalls = 4
        configuration.maximumListeners = 2
        configuration.maximumTasks = 3
        configuration.pageSize = 1
        configuration.replayBytesPerSession = 1024
        configuration.allowedHosts = ["mcp.example.com"]
        configuration.allowedOrigins = ["https://app.example.com"]
        // Nothing here takes long: whatever waits, waits for the end.
        configuration.streamAfter = .seconds(3600)
        configuration.answerTimeout = .seconds(3600)
        self.workshop = workshop
        self.server = MCPServer(
            configuration: configuration, features: workshop.features, sealer: OpenSealer(),
            logger: Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() }, now: { 1_700_000_000 },
            onSessionEnd: { _ in workshop.noteSessionEnd() })
    }

    func play(_ input: [UInt8]) throws {
        for text in input[...].split(by: Self.separator).prefix(Self.maximumSteps) {
            try self.play(Step(self.variables.filled(text)))
        }
        if !self.hasStopped { self.stop() }
        try self.finish()
        let opened = self.played.count { $0.opensSession }
        promise(self.server.sessionCount == 0, "a session outlives the server")
        promise(self.workshop.current.endedSessions == opened, "\(opened) sessions were opened in good order, not more")
        for step in self.played { step.check() }
    }

    // MARK: Steps

    private func play(_ step: Step) throws {
        switch step.method {
        case "STOP": if !self.hasStopped { self.stop() }
        case "LEAVE": try self.leave(step)
        case "CHANGE": self.change(step.path)
        default: try self.visit(step)
        }
    }

    /// The client of the step with this number goes away.
    private func leave(_ step: Step) throws {
        guard let number = Int(step.path), self.played.indices.contains(number) else { return }
        try self.played[number].visit.leave(on: Self.eventLoop)
    }

    private func change(_ what: String) {
        switch what {
        case "tools": self.server.listChanged(.tools)
        case "prompts": self.server.listChanged(.prompts)
        case "resources": self.server.listChanged(.resources)
        default: self.server.resourceUpdated(what)
        }
    }

    private func visit(_ step: Step) throws {
        let request = HTTPRequest(
            method: HTTPMethod(rawValue: step.method), path: step.path, query: step.query, headers: step.headers,
            body: ByteBuffer(bytes: step.body))
        ScannerRules.check(step.body, step.headers)
        let parked = self.workshop.current.parked
        let asked = self.played.map { $0.questions } + [0]
        let visit = try Visit(request, to: self.server, on: Self.eventLoop, pulse: self.pulse)
        let played = PlayedStep(step: step, visit: visit, hasStopped: self.hasStopped)
        // Answers to accepted messages come on the stream that an earlier step has opened.
        let shared = played.owesOnStream ? self.played.filter { $0.isSharedStream } : []
        self.played.append(played)
        let isSettled = self.pulse.wait {
            if self.workshop.current.parked > parked || played.isSettled(among: shared) { return true }
            return zip(self.played, asked).contains { $0.questions > $1 }
        }
        promise(isSettled, "no answer to \(step.method) \(step.path)")
        self.variables.learn(visit.reply.current)
        for stream in shared { self.variables.learn(stream.visit.reply.current) }
    }

    // MARK: The end

    /// Shuts the server down, as its owner does.
    private func stop() {
        self.hasStopped = true
        let (server, pulse) = (self.server, self.pulse)
        let isDone = Flag()
        // Awaited below.
        let task = Task {
            try? await server.run()
            isDone.raise()
            pulse.beat()
        }
        task.cancel()
        promise(pulse.wait { isDone.isRaised }, "the server does not stop")
    }

    /// Waits until everything is answered and every handler has returned.
    private func finish() throws {
        // A call without a session belongs to its connection, which its owner closes.
        for step in self.played where step.isModern && !step.visit.reply.current.hasEnded {
            try step.visit.leave(on: Self.eventLoop)
        }
        let isFinished = self.pulse.wait {
            self.workshop.current.running == 0
                && self.played.allSatisfy { step in
                    let reply = step.visit.reply.current
                    return reply.hasEnded || reply.clientHasLeft
                }
        }
        let open = self.played.filter { !$0.visit.reply.current.hasEnded }.map { "\($0.step.method) \($0.step.path)" }
        promise(isFinished, "\(self.workshop.current.running) handlers run after the end, open: \(open)")
    }
}

extension ArraySlice<UInt8> {
    /// The parts between `separator`.
    fileprivate func split(by separator: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var rest = self
        while let range = rest.firstRange(of: separator) {
            parts.append(rest[..<range.lowerBound])
            rest = rest[range.upperBound...]
        }
        return parts + [rest]
    }
}
