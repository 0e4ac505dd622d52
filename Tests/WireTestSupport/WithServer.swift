package import HTTPServer
import Logging
import NIOCore
import NIOPosix

/// Runs `body` against a server on a free loopback port and shuts the server down afterwards.
package func withServer<R: Sendable>(
    _ configuration: HTTPServerConfiguration = HTTPServerConfiguration(),
    handler: any HTTPHandler = FunctionHandler.echo,
    _ body: @Sendable (HTTPServer) async throws -> R
) async throws -> R {
    let server = try await HTTPServer.start(
        configuration: configuration, handler: handler, logger: Logger(label: "test"))
    do {
        let result = try await body(server)
        await server.shutdown(deadline: .seconds(5))
        return result
    } catch {
        await server.shutdown(deadline: .zero)
        throw error
    }
}

/// Fails instead of waiting for ever.
package struct DeadlineExceeded: Error, CustomStringConvertible {
    package let description: String
}

/// A promise that any thread may keep, awaited with a deadline.
package struct Signal<Value: Sendable>: Sendable {
    package init() {}

    private let promise = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: Value.self)

    package func succeed(_ value: Value) { self.promise.succeed(value) }

    package func wait(_ what: String = "signal", seconds: Int64 = 10) async throws -> Value {
        let timeout = self.promise.futureResult.eventLoop.scheduleTask(in: .seconds(seconds)) {
            self.promise.fail(DeadlineExceeded(description: "no \(what) after \(seconds) s"))
        }
        defer { timeout.cancel() }
        return try await self.promise.futureResult.get()
    }
}

extension Signal where Value == Void {
    package func succeed() { self.succeed(()) }
}
