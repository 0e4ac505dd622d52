import DemoAPI
import HTTPServer
import JSON
import NIOCore
import NIOHTTP1
import Synchronization
import TokenVault

@testable import UpstreamPipeline

/// The demonstration API in this process, by a clock of the test's.
final class DemoTransport: Transport {
    let api: DemoAPI
    private let targets = Mutex<[String]>([])
    private let refusals = Atomic(0)
    /// Held before each answer; moves when the test's clock does.
    private let latency: @Sendable () async -> Void

    init(_ configuration: DemoConfiguration, latency: @escaping @Sendable () async -> Void = {}) {
        self.api = DemoAPI(configuration: configuration)
        self.latency = latency
    }

    /// What was asked, in order.
    var asked: [String] { self.targets.withLock { $0 } }
    /// Answers of 429.
    var tooManyRequests: Int { self.refusals.load(ordering: .relaxed) }

    func exchange(_ request: TransportRequest) async throws(PipelineError) -> TransportResponse {
        self.targets.withLock { $0.append(request.target) }
        let parts = request.target.split(separator: "?", maxSplits: 1).map(String.init)
        var headers: HTTPHeaders = [:]
        if let token = request.token { headers.add(name: "authorization", value: token.reveal { "Bearer " + $0 }) }
        if request.body != nil { headers.add(name: "content-type", value: "application/json") }
        let body = request.body?.reveal { ByteBuffer(bytes: $0) } ?? ByteBuffer()
        let response = self.api.respond(
            to: HTTPRequest(
                method: HTTPMethod(rawValue: request.method), path: parts[0], query: parts.count > 1 ? parts[1] : nil,
                headers: headers, body: body))
        await self.latency()
        guard let response else {
            throw PipelineError(.unreachable, origin: .upstream, status: 502, message: "a planned fault")
        }
        if response.status == .tooManyRequests { self.refusals.add(1, ordering: .relaxed) }
        return TransportResponse(
            status: Int(response.status.code),
            headers: response.headers.map { ($0.name.lowercased(), $0.value) }, body: response.body)
    }

    /// A token of the demonstration's administrator.
    func login() async throws -> String {
        let credentials: JSONValue = ["email": "admin@demo.test", "password": "DemoAdmin1!"]
        let response = try await self.exchange(
            TransportRequest(method: "POST", target: "/api/v2/auth/login", body: Secret(credentials.serialized)))
        return try JSONValue(parsing: Array(response.body.readableBytesView))["token"]?.stringValue ?? ""
    }
}
