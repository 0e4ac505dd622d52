import BiteTrack
import CodeSandbox
import Configuration
import HTTPCache
import HTTPServer
import ModelContextProtocol
import RESTGateway
import ReverseProxy
import Sessions
import UpstreamPipeline

// What the configuration file says, in the words of each target.

extension HTTPServerConfiguration {
    init(_ server: SidecarConfiguration.Server) {
        self.init()
        self.host = server.host
        self.port = server.port
        if !server.plainHTTP {
            var tls = TLSConfiguration(certificateFile: server.certificateFile, keyFile: server.keyFile)
            tls.clientAuthorityFile = server.clientAuthorityFile.isEmpty ? nil : server.clientAuthorityFile
            tls.requiresClientCertificate = server.requireClientCertificate
            self.tls = tls
        }
        self.compresses = server.compress
        self.compressionLevel = server.compressLevel
        self.minimumCompressedBytes = server.compressMinimumBytes
        self.limits.headerBytes = server.headerBytes
        self.limits.bodyBytes = server.bodyBytes
        self.limits.headerTimeout = .milliseconds(server.headerTimeoutMilliseconds)
        self.limits.bodyTimeout = .milliseconds(server.bodyTimeoutMilliseconds)
        self.limits.idleTimeout = .milliseconds(server.idleTimeoutMilliseconds)
        self.limits.connections = server.connections
    }
}

extension MCPConfiguration {
    init(_ configuration: SidecarConfiguration) {
        self.init(serverName: "bitetrack-sidecar", serverVersion: BiteTrackSidecar.version)
        self.serverTitle = "BiteTrack"
        self.instructions = BiteTrackService.instructions
        self.sessions = SessionLimits(configuration.sessions)
        // Tools, prompts and the tree are the same for everybody.
        self.listsArePublic = true
        let mcp = configuration.mcp
        self.websiteURL = mcp.website.isEmpty ? nil : mcp.website
        self.maximumRunningCalls = mcp.runningCalls
        self.maximumListeners = mcp.listeners
        self.answerTimeout = .seconds(mcp.answerTimeoutSeconds)
        self.streamAfter = .milliseconds(mcp.streamAfterMilliseconds)
        self.taskLifetime = .seconds(mcp.taskLifetimeSeconds)
        self.replayBytesPerSession = mcp.replayBytesPerSession
        self.replayBytes = mcp.replayBytes
        let server = configuration.server
        let isLoopback = ["127.0.0.1", "::1", "localhost"].contains(server.host)
        self.allowedHosts = Set(server.publicHosts)
        self.allowsAnyHost = server.publicHosts.isEmpty && !isLoopback
        self.allowedOrigins = Set(server.allowedOrigins)
    }
}

extension SessionLimits {
    init(_ sessions: SidecarConfiguration.Sessions) {
        self.init()
        self.idleTimeout = .seconds(sessions.timeoutMinutes * 60)
        self.cleanupInterval = .seconds(sessions.cleanupIntervalMinutes * 60)
        self.maximumCount = sessions.maximum
    }
}

extension BiteTrackConfiguration {
    init(_ configuration: SidecarConfiguration) {
        self.init()
        self.runsPerMinute = configuration.sandbox.runsPerMinute
        let taskAfter = configuration.mcp.taskAfterMilliseconds
        self.taskAfter = taskAfter == 0 ? nil : .milliseconds(taskAfter)
        self.sessions = SessionLimits(configuration.sessions)
        let personalData = configuration.privacy.personalData.compactMap(PersonalData.Field.init(rawValue:))
        self.personalData = PersonalData(allowed: Set(personalData))
    }
}

extension SandboxConfiguration {
    init(_ sandbox: SidecarConfiguration.Sandbox) {
        self.init()
        self.timeout = .milliseconds(sandbox.timeoutMilliseconds)
        self.memoryBytes = sandbox.memoryMegabytes * 1024 * 1024
        self.outputBytes = sandbox.outputBytes
        self.hostCalls = sandbox.hostCalls
        self.concurrentRuns = sandbox.concurrentRuns
        self.waitingRuns = sandbox.waitingRuns
        self.queueTimeout = .milliseconds(sandbox.queueTimeoutMilliseconds)
        self.preparedGuests = sandbox.preparedGuests
        if let walls = WallPolicy(rawValue: sandbox.walls) { self.walls = walls }
    }
}

extension GatewayConfiguration {
    init(_ configuration: SidecarConfiguration) {
        self.init()
        self.prefix = configuration.upstream.prefix
        self.allowsWrites = configuration.rest.writes
        self.strangerRequests = configuration.rest.strangerRequests
        self.window = .seconds(configuration.quota.windowSeconds)
        self.clients = configuration.rest.clients
        self.bodyBytes = configuration.server.bodyBytes
        self.idleTimeout = .seconds(configuration.sessions.timeoutMinutes * 60)
    }
}

extension PipelineConfiguration {
    init(_ configuration: SidecarConfiguration) {
        let upstream = configuration.upstream
        self.init(origin: upstream.url)
        self.prefix = upstream.prefix
        self.authorityFile = upstream.authorityFile.isEmpty ? nil : upstream.authorityFile
        self.usesHTTP2 = upstream.http2
        self.clientIdentity = ClientIdentity(upstream.clientCertificateFile, upstream.clientKeyFile)
        self.connectTimeout = .milliseconds(upstream.connectTimeoutMilliseconds)
        self.totalTimeout = .milliseconds(upstream.totalTimeoutMilliseconds)
        self.attempts = upstream.attempts
        self.callTimeout = .milliseconds(upstream.callTimeoutMilliseconds)
        self.maximumResponseBytes = upstream.responseBytes
        self.batchWindow = .milliseconds(upstream.batchWindowMilliseconds)
        self.healthRoute = BiteTrackRoutes.databaseHealth
        self.rateLimit = configuration.quota.requests
        self.rateWindow = .seconds(configuration.quota.windowSeconds)
        self.quotaReserve = configuration.quota.reserve
        self.queueTimeout = .milliseconds(configuration.quota.queueTimeoutMilliseconds)
        self.quotaFile = configuration.quota.stateFile.isEmpty ? nil : configuration.quota.stateFile
        self.cacheBytesPerSession = configuration.cache.bytesPerSession
        self.staleWhileRevalidate = .seconds(configuration.cache.staleWhileRevalidateSeconds)
        self.staleIfError = .seconds(configuration.cache.staleIfErrorSeconds)
        self.negativeTime = .seconds(configuration.cache.negativeSeconds)
    }

    /// What the transport of a proxy needs.
    init(_ proxy: SidecarConfiguration.Proxy) {
        self.init(origin: proxy.origin)
        self.authorityFile = proxy.authorityFile.isEmpty ? nil : proxy.authorityFile
        self.usesHTTP2 = proxy.http2
        self.clientIdentity = ClientIdentity(proxy.clientCertificateFile, proxy.clientKeyFile)
        self.connectTimeout = .milliseconds(proxy.connectTimeoutMilliseconds)
        self.firstByteTimeout = .milliseconds(proxy.firstByteTimeoutMilliseconds)
        self.idleTimeout = .milliseconds(proxy.idleTimeoutMilliseconds)
        self.maximumConnections = proxy.connections
    }
}

extension PipelineConfiguration.ClientIdentity {
    /// nil when there is no certificate.
    fileprivate init?(_ certificateFile: String, _ keyFile: String) {
        guard !certificateFile.isEmpty else { return nil }
        self.init(certificateFile: certificateFile, keyFile: keyFile)
    }
}

extension ProxyConfiguration {
    init(_ proxy: SidecarConfiguration.Proxy) {
        self.init(path: proxy.path, origin: proxy.origin)
        self.stripsPrefix = proxy.stripPrefix
        self.preservesHost = proxy.preserveHost
        if let slashes = EncodedSlashes(rawValue: proxy.encodedSlashes) { self.encodedSlashes = slashes }
        self.requestBytes = proxy.requestBytes == 0 ? nil : proxy.requestBytes
        self.trustedProxies = proxy.trustedProxies.compactMap { AddressRange($0) }
    }
}

extension CacheConfiguration {
    init(_ proxy: SidecarConfiguration.Proxy) {
        self.init()
        self.name = "bitetrack-sidecar"
        self.capacityBytes = proxy.cacheBytes
        self.largestBodyBytes = min(proxy.cacheBodyBytes, proxy.cacheBytes / 2)
        self.honoursRequestDirectives = proxy.cacheObeysClients
        self.storesCookies = proxy.cacheSetCookie
        self.heuristicPercent = proxy.cacheGuessPercent
        self.defaultLifetime = proxy.cacheDefaultSeconds == 0 ? nil : proxy.cacheDefaultSeconds
        self.negativeLifetime = proxy.cacheNegativeSeconds == 0 ? nil : proxy.cacheNegativeSeconds
        self.overridingLifetime = proxy.cacheOverrideSeconds == 0 ? nil : proxy.cacheOverrideSeconds
        self.staleWhenDisconnected = proxy.cacheStaleSeconds
        self.minimumCompressedBytes = proxy.compress ? proxy.compressMinimumBytes : nil
        self.compressionLevel = proxy.compressLevel
        self.collapsedWaitMilliseconds = Int64(proxy.cacheWaitMilliseconds)
    }
}
