import UpstreamPipeline

/// What the calls of one run cost, and what they did, in case the run fails.
struct RunLedger: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        var route: String
        /// Such as `200 from cache` or `404`.
        var result: String
    }

    /// Entries kept to be told; more are only counted.
    static let mostEntries = 8

    private(set) var asked = 0
    private(set) var upstream = 0
    private(set) var cached = 0
    private(set) var coalesced = 0
    private(set) var entries: [Entry] = []

    mutating func record(_ route: String, _ reply: PipelineReply) {
        let origin: String
        switch reply.source {
        case .upstream:
            self.upstream += 1
            origin = ""
        case .cache:
            self.cached += 1
            origin = " from cache"
        case .coalesced:
            self.coalesced += 1
            origin = " shared"
        }
        self.append(route, "\(reply.status)\(origin)")
    }

    mutating func record(_ route: String, _ error: PipelineError) {
        if Self.wasSent(error) { self.upstream += 1 }
        self.append(route, error.origin == .upstream ? "\(error.status)" : error.code.rawValue)
    }

    private mutating func append(_ route: String, _ result: String) {
        self.asked += 1
        if self.entries.count < Self.mostEntries { self.entries.append(Entry(route: route, result: result)) }
    }

    private static func wasSent(_ error: PipelineError) -> Bool {
        switch error.code {
        case .unknownRoute, .invalidArguments, .writeRefused, .notLoggedIn, .rateLimited: false
        case .badRequest, .unauthorized, .forbidden, .notFound, .conflict, .unprocessable, .upstreamRateLimited,
            .upstreamFailure:
            error.origin == .upstream
        case .unreachable, .timedOut, .badResponse, .responseTooLarge: true
        }
    }
}
