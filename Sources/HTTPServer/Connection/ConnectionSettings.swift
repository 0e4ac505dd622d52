import Logging
import NIOCore

/// What every connection of a server needs to know.
struct ConnectionSettings: Sendable {
    let limits: HTTPServerConfiguration.Limits
    let composer: ResponseComposer
    let handler: any HTTPHandler
    let logger: Logger
    private let contexts: [ObjectIdentifier: NIOLoopBound<LoopContext>]

    init(configuration: HTTPServerConfiguration, handler: any HTTPHandler, logger: Logger, group: any EventLoopGroup)
        async throws
    {
        self.limits = configuration.limits
        self.composer = ResponseComposer(configuration: configuration)
        self.handler = handler
        self.logger = logger
        var contexts: [ObjectIdentifier: NIOLoopBound<LoopContext>] = [:]
        for loop in group.makeIterator() {
            contexts[ObjectIdentifier(loop)] = try await loop.submit {
                NIOLoopBound(LoopContext(eventLoop: loop, limits: configuration.limits), eventLoop: loop)
            }.get()
        }
        self.contexts = contexts
    }

    /// The context of a loop of the server's group; a new one for any other loop.
    func context(of eventLoop: any EventLoop) -> LoopContext {
        self.contexts[ObjectIdentifier(eventLoop)]?.value
            ?? LoopContext(eventLoop: eventLoop, limits: self.limits)
    }
}
