import HTTPServer
import ModelContextProtocol
import ServiceLifecycle

/// Keeps the server going until the shutdown, then ends sessions and streams first and connections after them.
struct ServingService: Service {
    let mcp: MCPServer
    let http: HTTPServer
    let announce: @Sendable () -> Void

    func run() async throws {
        self.announce()
        await cancelWhenGracefulShutdown { try? await self.mcp.run() }
        await self.http.shutdown(deadline: .seconds(2))
    }
}
