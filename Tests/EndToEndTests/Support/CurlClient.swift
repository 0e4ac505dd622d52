import Foundation
import JSON
import TestSupport

/// Speaks MCP through the `curl` program: the least clever client there is.
struct CurlClient {
    let url: String
    /// PEM file to trust; empty for plain HTTP.
    let certificate: String
    private(set) var session: String?

    struct Answer {
        var status: Int
        var headers: String
        var body: String

        /// The value of a header, its name in any case.
        subscript(header: String) -> String? {
            self.headers.split(whereSeparator: \.isNewline)
                .first { $0.lowercased().hasPrefix(header.lowercased() + ":") }
                .map { $0.dropFirst(header.count + 1).trimmingCharacters(in: .whitespaces) }
        }

        var json: JSONValue? { try? JSONValue(parsing: self.body) }
    }

    init(url: String, certificate: String) {
        self.url = url
        self.certificate = certificate
    }

    /// One request; `arguments` go to curl as they are.
    func request(_ arguments: [String], path: String? = nil, body: String? = nil) async throws -> Answer {
        var all = [
            "--noproxy", "*", "--silent", "--show-error", "--include", "--max-time", "25", "--header", "Expect:",
        ]
        if !self.certificate.isEmpty { all += ["--cacert", self.certificate] }
        if body != nil { all += ["--data-binary", "@-"] }
        let base = self.url.hasSuffix("/mcp") ? String(self.url.dropLast(4)) : self.url
        let result = try await Command.run(
            "/usr/bin/curl", all + arguments + [path.map { base + $0 } ?? self.url], input: body ?? "", seconds: 30)
        guard result.status == 0 else { throw RunningProgram.NotReady(description: "curl: \(result.errors)") }
        let parts = result.output.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let status = parts[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return Answer(
            status: status, headers: String(parts[0]), body: parts.count > 1 ? String(parts[1]) : "")
    }

    func post(_ body: String, headers: [String] = []) async throws -> Answer {
        var arguments = [
            "--header", "Content-Type: application/json", "--header", "Accept: application/json, text/event-stream",
        ]
        if let session { arguments += ["--header", "Mcp-Session-Id: \(session)"] }
        for header in headers { arguments += ["--header", header] }
        return try await self.request(arguments, body: body)
    }

    /// Opens a session.
    mutating func initialize(version: String = "2025-11-25") async throws -> Answer {
        let answer = try await self.post(
            #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"\#(version)","#
                + #""capabilities":{},"clientInfo":{"name":"curl","version":"1"}}}"#)
        self.session = answer["mcp-session-id"]
        _ = try await self.post(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
        return answer
    }

    /// Calls a tool and returns its result.
    func call(_ tool: String, _ arguments: JSONValue) async throws -> JSONValue {
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 7, "method": "tools/call",
            "params": ["name": .string(tool), "arguments": arguments],
        ]
        let answer = try await self.post(message.text)
        guard let result = answer.json?["result"] else {
            throw RunningProgram.NotReady(description: "HTTP \(answer.status): \(answer.body)")
        }
        return result
    }

    func run(_ code: String) async throws -> (text: String, isError: Bool, structured: JSONValue?) {
        let result = try await self.call("run_code", ["code": .string(code)])
        let texts = result["content"]?.arrayValue?.compactMap { $0["text"]?.stringValue } ?? []
        return (texts.joined(separator: "\n"), result["isError"]?.boolValue ?? false, result["structuredContent"])
    }
}
