import JSON
import NIOCore

/// One connection of the load: opens it and its session, then repeats one call until told to stop.
///
/// Callbacks get an error text, or nil when all is well.
final class MCPWorker {
    typealias Completion = (String?) -> Void

    private let target: LoadTarget
    private let loop: any EventLoop
    private var connection: LoadConnection?
    private var sessionID: String?
    private var request = ByteBuffer()
    /// Length of the first answer's body.
    private var expectedBytes = 0
    private var isFirst = true

    init(target: LoadTarget, loop: any EventLoop) {
        self.target = target
        self.loop = loop
    }

    /// Whether the connection can be used for another call.
    private(set) var isConnected = false

    /// Connects without opening a session.
    func connect(then: @escaping Completion) {
        LoadConnection.open(self.target, on: self.loop) { result in
            switch result {
            case .success(let connection):
                self.connection = connection
                self.isConnected = true
                then(nil)
            case .failure(let error): then("cannot connect: \(error)")
            }
        }
    }

    /// Connects and initializes the session.
    func open(then: @escaping Completion) {
        self.connect { error in
            if let error { return then(error) }
            let initialize: JSONValue = [
                "jsonrpc": "2.0", "id": 0, "method": "initialize",
                "params": [
                    "protocolVersion": .string(RequestBytes.sessionRevision), "capabilities": [:],
                    "clientInfo": ["name": "bench", "version": "1"],
                ],
            ]
            self.exchange(RequestBytes.post(initialize, to: self.target), expecting: 200, "initialize") { error in
                if let error { return then(error) }
                let initialized: JSONValue = ["jsonrpc": "2.0", "method": "notifications/initialized"]
                let request = RequestBytes.post(
                    initialized, to: self.target, headers: RequestBytes.session(self.sessionID))
                self.exchange(request, expecting: 202, "notifications/initialized", then: then)
            }
        }
    }

    /// Makes one call of the session.
    func call(_ call: ToolCall, then: @escaping Completion) {
        self.receive {
            then($0.toolCallFailure)
        } onFailure: {
            then($0)
        }
        self.connection?.send(call.request(to: self.target, sessionID: self.sessionID ?? ""))
    }

    /// Gets ready to repeat the scenario's request: `onAnswer` follows each ``callAgain()``.
    func prepare(_ scenario: Scenario, onAnswer: @escaping Completion) {
        self.request = scenario.request(to: self.target, sessionID: self.sessionID)
        self.receive { answer in
            onAnswer(self.verify(answer, scenario))
        } onFailure: {
            onAnswer($0)
        }
    }

    func callAgain() { self.connection?.send(self.request) }

    func close() {
        self.connection?.onAnswer = { _ in }
        self.connection?.close()
        (self.connection, self.sessionID, self.isConnected) = (nil, nil, false)
    }

    /// The first answer is read in full, later ones must be like it.
    private func verify(_ answer: Answer, _ scenario: Scenario) -> String? {
        if self.isFirst {
            self.isFirst = false
            self.expectedBytes = answer.bodyBytes
            return scenario.failure(in: answer)
        }
        guard answer.status == 200 else { return answer.summary }
        guard scenario.hasConstantAnswer else { return answer.mentionsError ? answer.summary : nil }
        return answer.bodyBytes == self.expectedBytes ? nil : "not like the first answer: \(answer.summary)"
    }

    private func exchange(
        _ request: ByteBuffer, expecting status: Int, _ name: String, then: @escaping Completion
    ) {
        self.receive { answer in
            guard answer.status == status else { return then("\(name): \(answer.summary)") }
            if self.sessionID == nil { self.sessionID = answer.header("mcp-session-id") }
            then(nil)
        } onFailure: {
            then("\(name): \($0)")
        }
        self.connection?.send(request)
    }

    private func receive(_ onAnswer: @escaping (Answer) -> Void, onFailure: @escaping (String) -> Void) {
        self.connection?.onAnswer = { result in
            switch result {
            case .success(let answer): onAnswer(answer)
            case .failure(let error):
                self.isConnected = false
                onFailure("\(error)")
            }
        }
    }
}
