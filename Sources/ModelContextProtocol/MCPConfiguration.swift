import JSON
package import Sessions

/// What the server says of itself and allows.
package struct MCPConfiguration: Sendable {
    package var serverName: String
    /// A name for people; clients from 2025-06-18 on show it.
    package var serverTitle: String?
    package var serverVersion: String
    package var websiteURL: String?
    package var icons: [Icon] = []
    /// Shown to the model by the client, once.
    package var instructions: String?
    package var sessions = SessionLimits()
    /// Calls one session, or one principal without a session, may have running; further ones are refused with a text a
    /// model can act on.
    package var maximumRunningCalls = 16
    /// The same for all callers without session and bearer token together.
    package var maximumAnonymousCalls = 256
    /// Calls of all sessions and principals together.
    package var maximumCalls = 1024
    /// Streams of change notifications open at the same time.
    package var maximumListeners = 1000
    /// Items on one page of a list.
    package var pageSize = 200
    /// How long clients of 2026-07-28 may keep lists and resources.
    package var cacheLifetime: Duration = .seconds(300)
    /// Whether lists and resources are the same for everybody, so that shared caches may keep them.
    package var listsArePublic = false
    /// How long a user may take to answer a question of a legacy session.
    package var answerTimeout: Duration = .seconds(300)
    /// How long a call may stay silent before its answer becomes a stream, whose comments keep proxies waiting.
    package var streamAfter: Duration = .seconds(5)
    /// How long a task lives from its beginning; one still at work is stopped then.
    package var taskLifetime: Duration = .seconds(900)
    package var maximumTasks = 1000
    /// Bytes of sent messages kept for clients that come back for them: per session, and for all together.
    package var replayBytesPerSession = 256 * 1024
    package var replayBytes = 64 * 1024 * 1024
    /// Names other than loopback ones that `Host` may carry, with or without a port.
    ///
    /// Empty together with ``allowsAnyHost`` false means loopback only.
    package var allowedHosts: Set<String> = []
    package var allowsAnyHost = false
    /// Browser origins that may call; loopback origins always may.
    package var allowedOrigins: Set<String> = []

    package init(serverName: String, serverVersion: String) {
        self.serverName = serverName
        self.serverVersion = serverVersion
    }

    /// The `Implementation` object of a revision.
    func serverInfo(for revision: ProtocolRevision) -> JSONValue {
        var info: JSONObject = ["name": .string(self.serverName)]
        if revision >= .june2025 { info["title"] = self.serverTitle.map { .string($0) } }
        info["version"] = .string(self.serverVersion)
        if revision >= .november2025 {
            info["websiteUrl"] = self.websiteURL.map { .string($0) }
            if !self.icons.isEmpty { info["icons"] = .array(self.icons.map(\.json)) }
        }
        return .object(info)
    }
}
