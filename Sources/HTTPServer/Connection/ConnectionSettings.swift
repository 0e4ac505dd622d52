import Logging
import NIOCore

/// What every connection of a server needs to know.
struct ConnectionSettings: Sendable {
    let configuration: HTTPServerConfiguration
    let composer: ResponseComposer
    let handler: any HTTPHandler
    let logger: Logger
    var limits: HTTPServerConfiguration.Limits { self.configuration.limits }
    private let contexts: [ObjectIdentifier: NIOLoopBound<LoopContext>]

    init(configuration: HTTPServerConfiguration, handler: any HTTPHandler, logger: Logger, group: any EventLoopGroup)
        async throws
    {
        self.configuration = configuration
        self.composer = ResponseComposer(configuration: configuration)
        self.handler = handler
        self.logger = logger
        var contexts: [ObjectIdentifier: NIOLoopBound<LoopContext>] = [:]
        for loop in group.makeIterator() {
            contexts[ObjectIdentifier(loop)] = try await loop.submit {
                NIOLoopBound(LoopContext(eventLoop: loop, configuration: configuration), eventLoop: loop)
            }.get()
        }
        self.contexts = contexts
    }

    /// The context of a loop of the server's group; a new one for any other loop.
    func context(of eventLoop: any EventLoop) -> LoopContext {
        self.contexts[ObjectIdentifier(eventLoop)]?.value
            ?? LoopContext(eventLoop: eventLoop, configuration: self.configuration)
    }
}
