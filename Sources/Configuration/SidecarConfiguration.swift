/// Everything the sidecar can be told, with its defaults.
package struct SidecarConfiguration: Sendable, Equatable {
    package var server = Server()
    package var upstream = Upstream()
    package var quota = Quota()
    package var cache = Cache()
    package var rest = REST()
    package var admin = Admin()
    package var sandbox = Sandbox()
    package var sessions = Sessions()
    package var mcp = MCP()
    package var shop = Shop()
    package var privacy = Privacy()
    package var log = Log()
    package var metrics = Metrics()
    /// The `[[proxy]]` sections, in the order of the file.
    package var proxies: [Proxy] = []

    package struct Server: Sendable, Equatable {
        package var host = "127.0.0.1"
        package var port = 3001
        package var plainHTTP = false
        package var certificateFile = ""
        package var keyFile = ""
        package var clientAuthorityFile = ""
        package var requireClientCertificate = false
        package var publicHosts: [String] = []
        package var allowedOrigins: [String] = []
        package var headerBytes = 32 * 1024
        package var bodyBytes = 4 * 1024 * 1024
        package var headerTimeoutMilliseconds = 10_000
        package var bodyTimeoutMilliseconds = 30_000
        package var idleTimeoutMilliseconds = 75_000
        package var connections = 4096
        package var compress = true
        package var compressLevel = 5
        package var compressMinimumBytes = 1024
        package var drainSeconds = 10
    }

    package struct Upstream: Sendable, Equatable {
        package var url = ""
        package var prefix = "/api/v2"
        package var authorityFile = ""
        package var connectTimeoutMilliseconds = 5_000
        package var totalTimeoutMilliseconds = 30_000
        package var attempts = 3
        package var callTimeoutMilliseconds = 60_000
        package var responseBytes = 32 * 1024 * 1024
        package var batchWindowMilliseconds = 3
        package var http2 = true
        package var clientCertificateFile = ""
        package var clientKeyFile = ""
    }

    package struct Quota: Sendable, Equatable {
        package var requests = 100
        package var windowSeconds = 900
        package var reserve = 5
        package var queueTimeoutMilliseconds = 8_000
        package var stateFile = ""
    }

    package struct Cache: Sendable, Equatable {
        package var bytesPerSession = 16 * 1024 * 1024
        package var staleWhileRevalidateSeconds = 0
        package var staleIfErrorSeconds = 300
        package var negativeSeconds = 10
    }

    package struct REST: Sendable, Equatable {
        package var enabled = true
        package var writes = true
        package var strangerRequests = 20
        package var clients = 1000
    }

    package struct Admin: Sendable, Equatable {
        /// A secret: never shown.
        package var token = ""
    }

    package struct Sandbox: Sendable, Equatable {
        package var timeoutMilliseconds = 10_000
        package var memoryMegabytes = 256
        package var outputBytes = 1024 * 1024
        package var hostCalls = 500
        package var concurrentRuns = 16
        package var waitingRuns = 256
        package var queueTimeoutMilliseconds = 10_000
        package var preparedGuests = 2
        package var runsPerMinute = 10
        package var walls = "required"
        package var guest = ""
    }

    package struct Sessions: Sendable, Equatable {
        package var timeoutMinutes = 30
        package var cleanupIntervalMinutes = 5
        package var maximum = 10_000
    }

    package struct MCP: Sendable, Equatable {
        package var website = ""
        package var runningCalls = 16
        package var listeners = 1000
        package var answerTimeoutSeconds = 300
        package var streamAfterMilliseconds = 5_000
        package var taskAfterMilliseconds = 5_000
        package var taskLifetimeSeconds = 900
        package var replayBytesPerSession = 256 * 1024
        package var replayBytes = 64 * 1024 * 1024
    }

    package struct Shop: Sendable, Equatable {
        package var timeZone = "America/Bogota"
    }

    package struct Privacy: Sendable, Equatable {
        package var personalData = ["email", "phoneNumber"]
    }

    package struct Log: Sendable, Equatable {
        package var level = "info"
    }

    package struct Metrics: Sendable, Equatable {
        package var enabled = true
    }

    /// One origin that ordinary clients reach through the sidecar.
    package struct Proxy: Sendable, Equatable {
        package var path = ""
        package var origin = ""
        package var stripPrefix = false
        package var preserveHost = false
        package var encodedSlashes = "pass"
        package var requestBytes = 1024 * 1024 * 1024
        package var trustedProxies: [String] = []
        package var compress = true
        package var compressLevel = 5
        package var compressMinimumBytes = 512
        package var cache = true
        package var cacheBytes = 64 * 1024 * 1024
        package var cacheBodyBytes = 8 * 1024 * 1024
        package var cacheObeysClients = true
        package var cacheSetCookie = true
        package var cacheGuessPercent = 10
        package var cacheDefaultSeconds = 0
        package var cacheNegativeSeconds = 0
        package var cacheOverrideSeconds = 0
        package var cacheStaleSeconds = 3600
        package var cacheWaitMilliseconds = 5000
        package var connectTimeoutMilliseconds = 5_000
        package var firstByteTimeoutMilliseconds = 60_000
        package var idleTimeoutMilliseconds = 60_000
        package var connections = 256
        package var http2 = false
        package var authorityFile = ""
        package var clientCertificateFile = ""
        package var clientKeyFile = ""

        package init() {}
    }

    package init() {}
}
