import HTTPServer
import ModelContextProtocol
import ServiceLifecycle

/// Keeps the server going until the shutdown: then what runs may finish for a moment.
struct ServingService: Service {
    let mcp: MCPServer
    let http: HTTPServer
    let announce: @Sendable () -> Void

    func run() async throws {
        self.announce()
        await withTaskGroup { group in
            group.addTask { try? await self.mcp.run() }
            try? await gracefulShutdown()
            self.mcp.drain()
            await self.http.shutdown(deadline: .seconds(2))
            group.cancelAll()
        }
    }
}
