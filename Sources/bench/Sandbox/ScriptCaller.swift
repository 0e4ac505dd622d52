import JSON
import NIOCore
import NIOPosix

/// Has one script run at a time, each on a connection of its own, and reads its value.
struct ScriptCaller {
    let peer: ScriptPeer

    struct Failed: Error, CustomStringConvertible { let description: String }

    /// The value of a script.
    func value(of script: String) async throws -> JSONValue {
        let answer = try await self.answer(to: self.request(script))
        guard answer.status == 200 else { throw Failed(description: "\(self.peer.name): \(answer.summary)") }
        let body = try JSONValue(parsing: answer.body.readableBytesUInt8Span)
        guard self.peer.scenario != .postSum else { return body }
        guard let value = body["result"]?["structuredContent"]?["value"] else {
            throw Failed(description: "\(self.peer.name): \(answer.summary)")
        }
        return value
    }

    private func request(_ script: String) -> ByteBuffer {
        if self.peer.scenario == .postSum { return RequestBytes.post(script: script, to: self.peer.target) }
        let call = ToolCall(tool: "run_code", arguments: ["code": .string(script)])
        return call.statelessRequest(to: self.peer.target)
    }

    private func answer(to request: ByteBuffer) async throws -> Answer {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let target = self.peer.target
        return try await loop.flatSubmit {
            let promise = loop.makePromise(of: Answer.self)
            let overdue = loop.scheduleTask(in: .seconds(30)) {
                promise.fail(Failed(description: "no answer in 30 s"))
            }
            LoadConnection.open(target, on: loop) { result in
                switch result {
                case .success(let connection):
                    connection.onAnswer = { answer in
                        promise.completeWith(answer)
                        connection.close()
                    }
                    connection.send(request)
                case .failure(let error): promise.fail(error)
                }
            }
            promise.futureResult.whenComplete { _ in overdue.cancel() }
            return promise.futureResult
        }.get()
    }
}
