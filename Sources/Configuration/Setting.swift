/// A key of a section that there is once.
package typealias Setting = SettingOf<SidecarConfiguration>
/// A key of a `[[proxy]]` section.
package typealias ProxySetting = SettingOf<SidecarConfiguration.Proxy>

/// One key of the configuration: what it is called, what it accepts and where it goes.
package struct SettingOf<Root: Sendable>: Sendable {
    typealias Path<Value> = any WritableKeyPath<Root, Value> & Sendable

    /// What values a setting accepts.
    enum Kind: Sendable {
        case integer(ClosedRange<Int>, Path<Int>)
        case boolean(Path<Bool>)
        case text(TextForm, Path<String>)
        /// Never shown.
        case secret(minimumBytes: Int, Path<String>)
        case list(TextForm, Path<[String]>)

        static func list(_ path: Path<[String]>) -> Kind { .list(.any, path) }
        static func list(of words: [String], _ path: Path<[String]>) -> Kind { .list(.oneOf(words), path) }
    }

    /// Section and name, such as `server.port`.
    package let key: String
    /// The variable that overrides the file; nil when none does.
    package let environment: String?
    let kind: Kind

    init(_ key: String, _ kind: Kind, environment: String? = nil) {
        self.key = key
        self.kind = kind
        self.environment = environment
    }

    /// Sets the value; false when it is none the setting accepts.
    func set(_ value: RawValue, in root: inout Root) -> Bool {
        switch (self.kind, value) {
        case (.integer(let range, let path), .integer(let number)) where range.contains(number):
            root[keyPath: path] = number
        case (.boolean(let path), .boolean(let flag)): root[keyPath: path] = flag
        case (.list(let form, let path), .list(let texts)) where texts.allSatisfy(form.accepts):
            root[keyPath: path] = texts
        case (.text(let form, let path), .text(let text)) where text.isEmpty || form.accepts(text):
            root[keyPath: path] = text
        case (.secret(let minimum, let path), .text(let text)) where text.isEmpty || Self.isSecret(text, minimum):
            root[keyPath: path] = text
        default: return false
        }
        return true
    }

    /// Long enough not to be guessed, and fit for a header.
    private static func isSecret(_ text: String, _ minimumBytes: Int) -> Bool {
        text.utf8.count >= minimumBytes && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// The current value, as it would stand in the file.
    package func value(in configuration: Root) -> String {
        switch self.kind {
        case .integer(_, let path): String(configuration[keyPath: path])
        case .boolean(let path): String(configuration[keyPath: path])
        case .text(_, let path): "\"\(configuration[keyPath: path])\""
        case .secret(_, let path): configuration[keyPath: path].isEmpty ? "\"\"" : "<secret>"
        case .list(_, let path): "[" + configuration[keyPath: path].map { "\"\($0)\"" }.joined(separator: ", ") + "]"
        }
    }

    /// What is accepted, for error messages.
    var expectation: String {
        switch self.kind {
        case .integer(let range, _): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .boolean: "true or false"
        case .secret(let minimum, _): "a text of at least \(minimum) printable ASCII characters without spaces"
        case .list(.any, _): "a list of texts, such as [\"a\", \"b\"]"
        case .list(.addresses, _): "a list of addresses or ranges, such as [\"10.0.0.0/8\", \"::1\"]"
        case .list(let form, _): "a list of any of " + form.words.map { "\"\($0)\"" }.joined(separator: ", ")
        case .text(let form, _):
            switch form {
            case .any: "a text"
            case .origin: "scheme, host and port without a path, such as \"http://bitetrack-api:3000\""
            case .page: "the address of a web page, such as \"https://example.com/bitetrack\""
            case .path: "a path that begins with / and does not end with it, such as \"/api/v2\""
            case .place: "\"/\" or a path that begins with / and does not end with it, such as \"/shop\""
            case .timeZone: "a time zone of the tz database, such as \"America/Bogota\" or \"UTC\""
            case .file: "the path of a file that can be read"
            case .addresses: "an address or range, such as \"10.0.0.0/8\""
            case .oneOf(let words): "one of " + words.map { "\"\($0)\"" }.joined(separator: ", ")
            }
        }
    }
}

extension SettingOf where Root == SidecarConfiguration {
    /// Every key of the sections there are once, in the order of `proxy.conf`.
    package static let all: [Setting] = [
        Setting("server.host", .text(.any, \.server.host)),
        Setting("server.port", .integer(0...65535, \.server.port), environment: "MCP_PORT"),
        Setting("server.plain_http", .boolean(\.server.plainHTTP)),
        Setting("server.certificate_file", .text(.file, \.server.certificateFile), environment: "TLS_CERTIFICATE_FILE"),
        Setting("server.key_file", .text(.file, \.server.keyFile), environment: "TLS_KEY_FILE"),
        Setting("server.client_authority_file", .text(.file, \.server.clientAuthorityFile)),
        Setting("server.require_client_certificate", .boolean(\.server.requireClientCertificate)),
        Setting("server.public_hosts", .list(\.server.publicHosts)),
        Setting("server.allowed_origins", .list(\.server.allowedOrigins)),
        Setting("server.header_bytes", .integer(1024...1_048_576, \.server.headerBytes)),
        Setting("server.body_bytes", .integer(1024...67_108_864, \.server.bodyBytes)),
        Setting("server.header_timeout_ms", .integer(100...600_000, \.server.headerTimeoutMilliseconds)),
        Setting("server.body_timeout_ms", .integer(100...600_000, \.server.bodyTimeoutMilliseconds)),
        Setting("server.idle_timeout_ms", .integer(100...3_600_000, \.server.idleTimeoutMilliseconds)),
        Setting("server.connections", .integer(1...100_000, \.server.connections)),
        Setting("server.compress", .boolean(\.server.compress)),
        Setting("server.compress_level", .integer(1...9, \.server.compressLevel)),
        Setting("server.compress_minimum_bytes", .integer(0...1_048_576, \.server.compressMinimumBytes)),
        Setting("server.drain_seconds", .integer(0...600, \.server.drainSeconds)),
        Setting("upstream.url", .text(.origin, \.upstream.url), environment: "API_URL"),
        Setting("upstream.prefix", .text(.path, \.upstream.prefix), environment: "API_PREFIX"),
        Setting("upstream.authority_file", .text(.file, \.upstream.authorityFile)),
        Setting("upstream.connect_timeout_ms", .integer(10...600_000, \.upstream.connectTimeoutMilliseconds)),
        Setting("upstream.total_timeout_ms", .integer(10...600_000, \.upstream.totalTimeoutMilliseconds)),
        Setting("upstream.attempts", .integer(1...10, \.upstream.attempts)),
        Setting("upstream.call_timeout_ms", .integer(10...3_600_000, \.upstream.callTimeoutMilliseconds)),
        Setting("upstream.response_bytes", .integer(1024...1_073_741_824, \.upstream.responseBytes)),
        Setting("upstream.batch_window_ms", .integer(0...1000, \.upstream.batchWindowMilliseconds)),
        Setting("upstream.http2", .boolean(\.upstream.http2)),
        Setting("upstream.client_certificate_file", .text(.file, \.upstream.clientCertificateFile)),
        Setting("upstream.client_key_file", .text(.file, \.upstream.clientKeyFile)),
        Setting("quota.requests", .integer(1...1_000_000, \.quota.requests)),
        Setting("quota.window_seconds", .integer(1...86_400, \.quota.windowSeconds)),
        Setting("quota.reserve", .integer(0...1000, \.quota.reserve)),
        Setting("quota.queue_timeout_ms", .integer(0...3_600_000, \.quota.queueTimeoutMilliseconds)),
        Setting("quota.state_file", .text(.any, \.quota.stateFile)),
        Setting("cache.bytes_per_session", .integer(0...1_073_741_824, \.cache.bytesPerSession)),
        Setting(
            "cache.stale_while_revalidate_seconds", .integer(0...86_400, \.cache.staleWhileRevalidateSeconds)),
        Setting("cache.stale_if_error_seconds", .integer(0...86_400, \.cache.staleIfErrorSeconds)),
        Setting("cache.negative_seconds", .integer(0...3600, \.cache.negativeSeconds)),
        Setting("rest.enabled", .boolean(\.rest.enabled)),
        Setting("rest.writes", .boolean(\.rest.writes)),
        Setting("rest.stranger_requests", .integer(1...1_000_000, \.rest.strangerRequests)),
        Setting("rest.clients", .integer(1...1_000_000, \.rest.clients)),
        Setting("admin.token", .secret(minimumBytes: 16, \.admin.token), environment: "ADMIN_TOKEN"),
        Setting(
            "sandbox.timeout_ms", .integer(10...600_000, \.sandbox.timeoutMilliseconds), environment: "CODE_TIMEOUT_MS"),
        Setting(
            "sandbox.memory_mb", .integer(8...4096, \.sandbox.memoryMegabytes), environment: "CODE_MEMORY_LIMIT_MB"),
        Setting("sandbox.output_bytes", .integer(1024...67_108_864, \.sandbox.outputBytes)),
        Setting("sandbox.host_calls", .integer(1...10_000, \.sandbox.hostCalls)),
        Setting("sandbox.concurrent_runs", .integer(1...1024, \.sandbox.concurrentRuns)),
        Setting("sandbox.waiting_runs", .integer(0...100_000, \.sandbox.waitingRuns)),
        Setting("sandbox.queue_timeout_ms", .integer(0...600_000, \.sandbox.queueTimeoutMilliseconds)),
        Setting("sandbox.prepared_guests", .integer(0...64, \.sandbox.preparedGuests)),
        Setting(
            "sandbox.runs_per_minute", .integer(1...1_000_000, \.sandbox.runsPerMinute),
            environment: "CODE_EXECUTION_RATE_LIMIT"),
        Setting("sandbox.walls", .text(.oneOf(["all", "required", "available"]), \.sandbox.walls)),
        Setting("sandbox.guest", .text(.file, \.sandbox.guest)),
        Setting(
            "sessions.timeout_minutes", .integer(1...10_080, \.sessions.timeoutMinutes),
            environment: "SESSION_TIMEOUT_MINUTES"),
        Setting(
            "sessions.cleanup_interval_minutes", .integer(1...1_440, \.sessions.cleanupIntervalMinutes),
            environment: "SESSION_CLEANUP_INTERVAL_MINUTES"),
        Setting("sessions.maximum", .integer(1...1_000_000, \.sessions.maximum)),
        Setting("mcp.website", .text(.page, \.mcp.website)),
        Setting("mcp.running_calls", .integer(1...10_000, \.mcp.runningCalls)),
        Setting("mcp.listeners", .integer(0...1_000_000, \.mcp.listeners)),
        Setting("mcp.answer_timeout_seconds", .integer(1...3600, \.mcp.answerTimeoutSeconds)),
        Setting("mcp.stream_after_ms", .integer(0...600_000, \.mcp.streamAfterMilliseconds)),
        Setting("mcp.task_after_ms", .integer(0...600_000, \.mcp.taskAfterMilliseconds)),
        Setting("mcp.task_lifetime_seconds", .integer(1...86_400, \.mcp.taskLifetimeSeconds)),
        Setting(
            "mcp.replay_bytes_per_session", .integer(0...1_073_741_824, \.mcp.replayBytesPerSession)),
        Setting("mcp.replay_bytes", .integer(0...68_719_476_736, \.mcp.replayBytes)),
        Setting("shop.time_zone", .text(.timeZone, \.shop.timeZone), environment: "SHOP_TIME_ZONE"),
        Setting(
            "privacy.personal_data", .list(of: ["email", "phoneNumber", "dateOfBirth"], \.privacy.personalData)),
        Setting(
            "log.level",
            .text(
                .oneOf(["trace", "debug", "info", "notice", "warning", "error", "critical"]), \.log.level),
            environment: "LOG_LEVEL"),
        Setting("metrics.enabled", .boolean(\.metrics.enabled), environment: "METRICS_ENABLED"),
    ]

    package static func named(_ key: String) -> Setting? { Setting.all.first { $0.key == key } }
}

extension SettingOf where Root == SidecarConfiguration.Proxy {
    /// Every key of a `[[proxy]]` section, in the order of `proxy.conf`.
    package static let all: [ProxySetting] = [
        ProxySetting("proxy.path", .text(.place, \.path)),
        ProxySetting("proxy.origin", .text(.origin, \.origin)),
        ProxySetting("proxy.strip_prefix", .boolean(\.stripPrefix)),
        ProxySetting("proxy.preserve_host", .boolean(\.preserveHost)),
        ProxySetting("proxy.encoded_slashes", .text(.oneOf(["pass", "refuse"]), \.encodedSlashes)),
        ProxySetting("proxy.request_bytes", .integer(0...1_099_511_627_776, \.requestBytes)),
        ProxySetting("proxy.trusted_proxies", .list(.addresses, \.trustedProxies)),
        ProxySetting("proxy.compress", .boolean(\.compress)),
        ProxySetting("proxy.compress_level", .integer(1...9, \.compressLevel)),
        ProxySetting("proxy.compress_minimum_bytes", .integer(0...1_048_576, \.compressMinimumBytes)),
        ProxySetting("proxy.cache", .boolean(\.cache)),
        ProxySetting("proxy.cache_bytes", .integer(65_536...1_099_511_627_776, \.cacheBytes)),
        ProxySetting("proxy.cache_body_bytes", .integer(0...1_073_741_824, \.cacheBodyBytes)),
        ProxySetting("proxy.cache_obeys_clients", .boolean(\.cacheObeysClients)),
        ProxySetting("proxy.cache_set_cookie", .boolean(\.cacheSetCookie)),
        ProxySetting("proxy.cache_guess_percent", .integer(0...100, \.cacheGuessPercent)),
        ProxySetting("proxy.cache_default_seconds", .integer(0...31_536_000, \.cacheDefaultSeconds)),
        ProxySetting("proxy.cache_negative_seconds", .integer(0...31_536_000, \.cacheNegativeSeconds)),
        ProxySetting("proxy.cache_override_seconds", .integer(0...31_536_000, \.cacheOverrideSeconds)),
        ProxySetting("proxy.cache_stale_seconds", .integer(0...31_536_000, \.cacheStaleSeconds)),
        ProxySetting("proxy.cache_wait_ms", .integer(0...600_000, \.cacheWaitMilliseconds)),
        ProxySetting("proxy.connect_timeout_ms", .integer(10...600_000, \.connectTimeoutMilliseconds)),
        ProxySetting("proxy.first_byte_timeout_ms", .integer(10...3_600_000, \.firstByteTimeoutMilliseconds)),
        ProxySetting("proxy.idle_timeout_ms", .integer(10...3_600_000, \.idleTimeoutMilliseconds)),
        ProxySetting("proxy.connections", .integer(1...100_000, \.connections)),
        ProxySetting("proxy.http2", .boolean(\.http2)),
        ProxySetting("proxy.authority_file", .text(.file, \.authorityFile)),
        ProxySetting("proxy.client_certificate_file", .text(.file, \.clientCertificateFile)),
        ProxySetting("proxy.client_key_file", .text(.file, \.clientKeyFile)),
    ]

    static func named(_ key: String) -> ProxySetting? { self.all.first { $0.key == key } }
}
