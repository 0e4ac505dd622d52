import BiteTrack
import DemoAPI
import Foundation
import HTTPServer
import JSON
import Logging
import Observability

@testable import RESTGateway
@testable import UpstreamPipeline

/// The gateway on a real port, in front of an upstream on another, through libcurl.
struct GatewayBench {
    let client: WebClient
    let pipeline: Pipeline
    let gateway: RESTGateway
    /// The demonstration API; nil where the upstream is another.
    let api: DemoAPI?
    /// Asks the API itself.
    let direct: WebClient

    static func demo(
        limit: Int = 1000, _ change: (inout PipelineConfiguration, inout GatewayConfiguration) -> Void = { _, _ in },
        isolation: isolated (any Actor)? = #isolation,
        _ body: (GatewayBench) async throws -> Void
    ) async throws {
        var demo = DemoConfiguration()
        demo.rateLimit = limit
        let (api, server) = try await DemoAPI.start(configuration: demo, logger: quiet)
        do {
            try await self.run(upstream: server.port, api: api, change, body)
        } catch {
            await server.shutdown(deadline: .zero)
            throw error
        }
        await server.shutdown(deadline: .zero)
    }

    static func run(
        upstream port: Int, api: DemoAPI? = nil,
        _ change: (inout PipelineConfiguration, inout GatewayConfiguration) -> Void = { _, _ in },
        isolation: isolated (any Actor)? = #isolation,
        _ body: (GatewayBench) async throws -> Void
    ) async throws {
        var pipelineConfiguration = PipelineConfiguration(origin: "http://127.0.0.1:\(port)")
        pipelineConfiguration.healthRoute = BiteTrackRoutes.databaseHealth
        pipelineConfiguration.attempts = 1
        var gatewayConfiguration = GatewayConfiguration()
        change(&pipelineConfiguration, &gatewayConfiguration)
        let transport = try CurlTransport(configuration: pipelineConfiguration)
        let pipeline = Pipeline(
            configuration: pipelineConfiguration, routes: BiteTrackRoutes.table, transport: transport, logger: quiet)
        let gateway = RESTGateway(
            configuration: gatewayConfiguration, pipeline: pipeline, routes: BiteTrackRoutes.table, metrics: Metrics(),
            logger: quiet)
        let server = try await HTTPServer.start(
            configuration: HTTPServerConfiguration(), handler: gateway, logger: quiet)
        let bench = GatewayBench(
            client: WebClient(port: server.port), pipeline: pipeline, gateway: gateway, api: api,
            direct: WebClient(port: port))
        do { try await body(bench) } catch {
            await server.shutdown(deadline: .zero)
            transport.shutdown()
            throw error
        }
        await server.shutdown(deadline: .zero)
        transport.shutdown()
    }

    private static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

    /// Logs in through the gateway.
    func login(_ role: String = "admin") async throws -> String {
        let account = DemoAPI.accounts.first { $0.role.rawValue == role } ?? DemoAPI.accounts[0]
        return try await self.login(email: account.email, password: account.password)
    }

    func login(email: String, password: String) async throws -> String {
        let answer = try await self.client.send(
            "POST", "/api/v2/auth/login", body: #"{"email":"\#(email)","password":"\#(password)"}"#)
        return answer.json?["token"]?.stringValue ?? ""
    }

    /// A token that looks like one of the API's.
    static func forged(_ number: Int = 0, id: String = "64b0000000000000000000a2") -> String {
        func part(_ value: JSONValue) -> String {
            Data(value.serialized).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
                .replacing("=", with: "")
        }
        let now = Int(Date().timeIntervalSince1970)
        let claims: JSONValue = [
            "id": .string(id), "role": "admin", "iat": JSONValue(now), "exp": JSONValue(now + 3600),
        ]
        return part(["alg": "HS256"]) + "." + part(claims) + ".c2ln" + String(number)
    }
}
