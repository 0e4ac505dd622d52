import Foundation
import JSON
import TestSupport
import Testing

/// The attempts that a caller can make through the real program: over HTTPS, by tools, resources and scripts.
///
/// The body of such a file has one step a line, and every step must be contained as the header says: with `value JSON`
/// its script has that value, with `failure exception "PART"` its answer is an error that says so. Steps are `run
/// CODE`, `read PATH` and `resource URI` (both JSON strings) and `call TOOL JSON`; `stranger` before one makes it in
/// another session; `login` signs in the caller.
struct EscapeTests {
    private static let secret = "canary-in-the-environment"

    @Test("through the product", arguments: EscapeAttempt.names(of: "product"))
    func product(name: String) async throws {
        let attempt = try EscapeAttempt(level: "product", name: name, keys: [])
        let demo = try await Demo.start(environment: ["CORPUS_SECRET": Self.secret])
        var caller = CurlClient(url: demo.url, certificate: demo.certificate)
        var stranger = CurlClient(url: demo.url, certificate: demo.certificate)
        _ = try await caller.initialize()
        _ = try await stranger.initialize()
        var answers: [String] = []
        for line in attempt.body.split(separator: "\n").map(String.init) {
            if line == "login" {
                let login = try await caller.run(
                    "import { login } from './tools/auth'; "
                        + "await login({ email: '\(demo.email)', password: '\(demo.password)' }); 1")
                #expect(!login.isError, "\(login.text)")
                continue
            }
            let isStranger = line.hasPrefix("stranger ")
            let step = isStranger ? String(line.dropFirst(9)) : line
            let answer = try await self.take(step, by: isStranger ? stranger : caller)
            answers.append(answer.text)
            #expect(
                attempt.contained.contains { expected in
                    switch expected {
                    case .value(let json): answer.value?.text == json && !answer.isError
                    case .failure(_, let part): answer.isError && (part.isEmpty || answer.text.contains(part))
                    }
                }, "\(attempt.tries): \(line.prefix(200)) → \(answer.text.prefix(600))")
        }
        #expect(!answers.isEmpty)
        for client in [caller, stranger] {
            #expect(try await client.run("6 * 7").structured?["value"]?.intValue == 42, "after \(name)")
        }
        #expect(await demo.sidecar.stop() == 0)
        for text in answers + [demo.sidecar.log] {
            for secret in [demo.password, Self.secret, "eyJ", "root:x:0", "PRIVATE KEY"] {
                #expect(!text.contains(secret), "\(name) shows \(secret)")
            }
        }
    }

    private struct StepAnswer {
        var text: String
        var isError: Bool
        var value: JSONValue?
    }

    private func take(_ step: String, by client: CurlClient) async throws -> StepAnswer {
        let words = step.split(separator: " ", maxSplits: 1).map(String.init)
        let rest = try #require(words.count == 2 ? words[1] : nil, "a step without words: \(step)")
        switch words[0] {
        case "run": return try await self.send("tools/call", Self.tool("run_code", ["code": .string(rest)]), by: client)
        case "read":
            return try await self.send(
                "tools/call", Self.tool("read_tools", ["path": try JSONValue(parsing: rest)]), by: client)
        case "resource":
            return try await self.send("resources/read", ["uri": try JSONValue(parsing: rest)], by: client)
        case "call":
            let parts = rest.split(separator: " ", maxSplits: 1).map(String.init)
            let arguments = try JSONValue(parsing: try #require(parts.last))
            return try await self.send("tools/call", Self.tool(parts[0], arguments), by: client)
        default:
            Issue.record("no such step: \(step)")
            return StepAnswer(text: "", isError: false)
        }
    }

    private static func tool(_ name: String, _ arguments: JSONValue) -> JSONValue {
        ["name": .string(name), "arguments": arguments]
    }

    private func send(_ method: String, _ parameters: JSONValue, by client: CurlClient) async throws -> StepAnswer {
        let message: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": parameters]
        let answer = try await client.post(message.text)
        let result = answer.json?["result"]
        let texts = result?["content"]?.arrayValue?.compactMap { $0["text"]?.stringValue }
        return StepAnswer(
            text: texts?.joined(separator: "\n") ?? answer.body,
            isError: answer.status >= 400 || answer.json?["error"] != nil || result?["isError"]?.boolValue == true,
            value: result?["structuredContent"]?["value"])
    }
}
