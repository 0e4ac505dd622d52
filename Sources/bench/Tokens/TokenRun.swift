import BiteTrack
import JSON
import NIOCore
import UpstreamPipeline

/// Does the tasks on both sides and counts what a model would have read and written.
struct TokenRun {
    struct Failed: Error, CustomStringConvertible { let description: String }

    private let process: SidecarProcess
    private let counter: TokenCounter
    private let mcp: LoadTarget
    private let api: LoadTarget

    init(process: SidecarProcess, counter: TokenCounter) throws {
        self.process = process
        self.counter = counter
        self.mcp = try LoadTarget(url: process.url, certificate: nil)
        self.api = try LoadTarget(url: process.api, certificate: nil)
    }

    func measure() async throws -> TokenReport {
        let token = try await self.token()
        let session = try await self.session()
        let (email, password) = self.process.account
        _ = try await self.run(
            "run_code",
            [
                "code": .string(
                    "import { login } from \"./tools/auth/login.js\"; await login({ email: \"\(email)\", password: \"\(password)\" });"
                )
            ], session)
        let tools = try await self.ask("tools/list", [:], session)["tools"] ?? .null
        let surfaces = try self.counter.counts([
            DirectTools.definitions.text, tools.text + BiteTrackService.instructions,
        ])
        var report = TokenReport(
            method: self.counter.method, directTools: DirectTools.routes.count, directSurface: surfaces[0],
            sidecarSurface: surfaces[1])
        for task in TokenTask.all {
            let direct = try await self.direct(task, token: token)
            let sidecar = try await self.sidecar(task, session)
            let counts = try self.counter.counts([direct.joined(separator: "\n"), sidecar.joined(separator: "\n")])
            report.rows.append(TokenReport.Row(question: task.question, direct: counts[0], sidecar: counts[1]))
        }
        return report
    }

    // MARK: One tool per endpoint

    private func token() async throws -> String {
        let body: JSONValue = [
            "email": .string(self.process.account.email), "password": .string(self.process.account.password),
        ]
        let target = try LoadTarget(url: self.process.api + "/auth/login", certificate: nil)
        let answer = try await OneRequest.send(RequestBytes.post(body, to: target), to: target)
        guard let token = try JSONValue(parsing: Array(answer.body.readableBytesView))["token"]?.stringValue else {
            throw Failed(description: "no token: \(answer.summary)")
        }
        return token
    }

    /// Arguments and results of the calls a model makes.
    private func direct(_ task: TokenTask, token: String) async throws -> [String] {
        var texts: [String] = []
        for call in task.direct {
            var (page, pages) = (1, 1)
            while page <= pages {
                let path = call.path + (page > 1 ? "&page=\(page)" : "")
                let request =
                    "GET \(self.api.path)\(path) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\n\r\n"
                let answer = try await OneRequest.send(ByteBuffer(string: request), to: self.api)
                guard answer.status == 200 else { throw Failed(description: "\(path): \(answer.summary)") }
                let body = String(buffer: answer.body)
                texts += [Self.arguments(of: path), body]
                if call.isPaged { pages = (try JSONValue(parsing: body))["pagination"]?["totalPages"]?.intValue ?? 1 }
                page += 1
            }
        }
        return texts
    }

    /// A query as the arguments of a tool call.
    private static func arguments(of path: String) -> String {
        let parts = path.split(separator: "?")
        var arguments: JSONObject = [:]
        for pair in parts.dropFirst().first?.split(separator: "&") ?? [] {
            let sides = pair.split(separator: "=").map(String.init)
            arguments.append(sides[0], .string(sides[1]))
        }
        return JSONValue.object(["name": .string(String(parts[0])), "arguments": .object(arguments)]).text
    }

    // MARK: The sidecar

    private func session() async throws -> String {
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 0, "method": "initialize",
            "params": [
                "protocolVersion": .string(RequestBytes.sessionRevision), "capabilities": [:],
                "clientInfo": ["name": "bench", "version": "1"],
            ],
        ]
        let answer = try await OneRequest.send(RequestBytes.post(message, to: self.mcp), to: self.mcp)
        guard let session = answer.header("mcp-session-id") else {
            throw Failed(description: "no session: \(answer.summary)")
        }
        let initialized: JSONValue = ["jsonrpc": "2.0", "method": "notifications/initialized"]
        let request = RequestBytes.post(initialized, to: self.mcp, headers: RequestBytes.session(session))
        _ = try await OneRequest.send(request, to: self.mcp)
        return session
    }

    private func ask(_ method: String, _ params: JSONObject, _ session: String) async throws -> JSONValue {
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": .string(method), "params": .object(params),
        ]
        let request = RequestBytes.post(message, to: self.mcp, headers: RequestBytes.session(session))
        let answer = try await OneRequest.send(request, to: self.mcp)
        guard let result = try JSONValue(parsing: Array(answer.body.readableBytesView))["result"] else {
            throw Failed(description: "\(method): \(answer.summary)")
        }
        return result
    }

    /// Arguments and result of one call, in the larger of the forms a client may show.
    private func run(_ tool: String, _ arguments: JSONObject, _ session: String) async throws -> [String] {
        let result = try await self.ask(
            "tools/call", ["name": .string(tool), "arguments": .object(arguments)], session)
        let text = (result["content"]?.arrayValue ?? []).compactMap { $0["text"]?.stringValue }.joined(separator: "\n")
        guard result["isError"]?.boolValue != true else { throw Failed(description: "\(tool): \(text)") }
        let structure = result["structuredContent"]?.text ?? ""
        return [
            JSONValue.object(["name": .string(tool), "arguments": .object(arguments)]).text,
            structure.utf8.count > text.utf8.count ? structure : text,
        ]
    }

    private func sidecar(_ task: TokenTask, _ session: String) async throws -> [String] {
        try await self.run("search_tools", ["query": .string(task.search), "limit": 3], session)
            + self.run("read_tools", ["path": .string(task.module)], session)
            + self.run("run_code", ["code": .string(task.code)], session)
    }
}
