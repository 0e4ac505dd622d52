import Foundation

/// Merges flags, environment, file and defaults, in this order of precedence, into one validated value.
package struct ConfigurationLoader {
    /// Where a value came from.
    package enum Origin: Sendable, Equatable, CustomStringConvertible {
        case byDefault
        case file(String, line: Int)
        case environment(String)
        case flag(String)

        package var description: String {
            switch self {
            case .byDefault: "default"
            case .file(let path, let line): "\(path):\(line)"
            case .environment(let name): "environment \(name)"
            case .flag(let name): "flag \(name)"
            }
        }
    }

    package private(set) var configuration = SidecarConfiguration()
    /// For each key that is not at its default.
    package private(set) var origins: [String: Origin] = [:]
    /// Things worth telling that stop nothing.
    package private(set) var notes: [String] = []
    private var problems: [String] = []

    /// Loads and validates.
    ///
    /// - Parameters:
    ///   - file: path and text of a TOML file; nil when none is used.
    ///   - flags: settings given on the command line: key, flag name, value.
    ///   - fileExists: tells whether a path can be read; tests pass their own.
    /// - Throws: ``ConfigurationError`` with every problem found.
    package init(
        file: (path: String, text: String)?, environment: [String: String],
        flags: [(key: String, flag: String, value: String)] = [], fileExists: (String) -> Bool
    ) throws(ConfigurationError) {
        if environment["NODE_ENV"] == "development" { self.configuration.log.level = "debug" }
        if let file { self.apply(try ConfigurationFile(path: file.path, text: file.text)) }
        self.apply(environment)
        for (key, flag, value) in flags { self.apply(text: value, to: key, origin: .flag(flag)) }
        self.validate(fileExists: fileExists, isProduction: environment["NODE_ENV"] == "production")
        guard self.problems.isEmpty else { throw ConfigurationError(self.problems) }
    }

    private mutating func apply(_ file: ConfigurationFile) {
        for entry in file.entries {
            let place = "\(file.path):\(entry.line)"
            guard let setting = Setting.named(entry.key) else {
                self.refuse(entry, at: place, keys: Setting.all.map(\.key))
                continue
            }
            self.set(setting, to: entry.value, origin: .file(file.path, line: entry.line), place: place)
        }
        for section in file.proxies { self.apply(section, of: file) }
    }

    private mutating func apply(_ section: ConfigurationFile.Section, of file: ConfigurationFile) {
        var proxy = SidecarConfiguration.Proxy()
        for entry in section.entries {
            let place = "\(file.path):\(entry.line)"
            guard let setting = ProxySetting.named(entry.key) else {
                self.refuse(entry, at: place, keys: ProxySetting.all.map(\.key))
                continue
            }
            if setting.set(entry.value, in: &proxy) {
                let index = self.configuration.proxies.count
                self.origins["\(entry.key)#\(index)"] = .file(file.path, line: entry.line)
            } else {
                self.problems.append(
                    "\(place): \(setting.key) is \(entry.value.shown), expected \(setting.expectation)")
            }
        }
        let place = "\(file.path):\(section.line)"
        for (key, value) in [("path", proxy.path), ("origin", proxy.origin)]
        where value.isEmpty && !section.entries.contains(where: { $0.key == "proxy.\(key)" && $0.value != .text("") }) {
            self.problems.append("\(place): [[proxy]] needs \(key)")
        }
        if self.configuration.proxies.contains(where: { $0.path == proxy.path && !$0.path.isEmpty }) {
            self.problems.append("\(place): a [[proxy]] with path \"\(proxy.path)\" is there already")
        }
        if Self.reservedPaths.contains(where: { $0 == proxy.path || proxy.path.hasPrefix($0 + "/") }) {
            self.problems.append(
                "\(place): proxy.path \"\(proxy.path)\" is the sidecar's own; take another one")
        }
        self.configuration.proxies.append(proxy)
    }

    /// What the sidecar answers itself, whatever is proxied.
    private static let reservedPaths = ["/mcp", "/sse", "/messages", "/health", "/metrics"]

    private mutating func refuse(_ entry: ConfigurationFile.Entry, at place: String, keys: [String]) {
        let isSingle = entry.key.hasPrefix("proxy.") && ProxySetting.named(entry.key) != nil
        let nearest = isSingle ? "[[proxy]] with two brackets" : NearestName.of(entry.key, among: keys)
        let hint = nearest.map { "; did you mean \($0)?" } ?? ""
        self.problems.append("\(place): unknown key \(entry.key)\(hint)")
    }

    private mutating func apply(_ environment: [String: String]) {
        for setting in Setting.all {
            // Compose passes unset variables as empty ones.
            guard let name = setting.environment, let value = environment[name], !value.isEmpty else { continue }
            self.apply(text: value, to: setting.key, origin: .environment(name))
        }
        if let mode = environment["NODE_ENV"], !["production", "development", "test", ""].contains(mode) {
            self.problems.append("environment NODE_ENV: expected production, development or test")
        }
        if environment["JWT_SECRET"]?.isEmpty == false {
            self.notes.append(
                "JWT_SECRET is set but not needed: the sidecar never signs tokens. Remove it from this service.")
        }
    }

    /// Takes a value that arrives as text: a variable or a flag.
    private mutating func apply(text: String, to key: String, origin: Origin) {
        guard let setting = Setting.named(key) else { return }
        let value: RawValue =
            switch setting.kind {
            case .integer: Int(text).map { .integer($0) } ?? .text(text)
            case .boolean:
                switch text.lowercased() {
                case "true", "1", "yes", "on": .boolean(true)
                case "false", "0", "no", "off": .boolean(false)
                default: .text(text)
                }
            case .text, .secret: .text(text)
            case .list: .list(text.split(separator: ",").map { String($0) })
            }
        self.set(setting, to: value, origin: origin, place: origin.description)
    }

    private mutating func set(_ setting: Setting, to value: RawValue, origin: Origin, place: String) {
        guard setting.set(value, in: &self.configuration) else {
            if case .secret = setting.kind {
                self.problems.append("\(place): \(setting.key) is not \(setting.expectation)")
                return
            }
            self.problems.append("\(place): \(setting.key) is \(value.shown), expected \(setting.expectation)")
            return
        }
        self.origins[setting.key] = origin
    }

    private mutating func validate(fileExists: (String) -> Bool, isProduction: Bool) {
        func place(_ key: String) -> String { "\(key) (\(self.origins[key]?.description ?? "default"))" }
        for setting in Setting.all {
            guard case .text(.file, let path) = setting.kind else { continue }
            let file = self.configuration[keyPath: path]
            if !file.isEmpty, !fileExists(file) {
                self.problems.append("\(place(setting.key)): cannot read \"\(file)\"")
            }
        }
        for (index, proxy) in self.configuration.proxies.enumerated() {
            self.validate(proxy, index, fileExists: fileExists)
        }
        let upstream = self.configuration.upstream
        if upstream.clientCertificateFile.isEmpty != upstream.clientKeyFile.isEmpty {
            self.problems.append("upstream.client_certificate_file and upstream.client_key_file must be set together")
        }
        let server = self.configuration.server
        if server.certificateFile.isEmpty != server.keyFile.isEmpty {
            self.problems.append("server.certificate_file and server.key_file must be set together")
        }
        if server.requireClientCertificate, server.clientAuthorityFile.isEmpty {
            self.problems.append("server.require_client_certificate needs server.client_authority_file")
        }
        if server.plainHTTP, !server.certificateFile.isEmpty {
            self.notes.append("server.plain_http is true: certificate and key are not used")
        }
        if self.configuration.sessions.cleanupIntervalMinutes > self.configuration.sessions.timeoutMinutes {
            self.notes.append("sessions.cleanup_interval_minutes is longer than sessions.timeout_minutes")
        }
        let mcp = self.configuration.mcp
        if mcp.replayBytesPerSession > mcp.replayBytes {
            self.notes.append("mcp.replay_bytes_per_session is more than mcp.replay_bytes: one session may use it up")
        }
        if isProduction, server.publicHosts.isEmpty, !["127.0.0.1", "::1", "localhost"].contains(server.host) {
            self.notes.append(
                "server.public_hosts is empty: any Host header is accepted. Name the public host in production.")
        }
    }

    private mutating func validate(
        _ proxy: SidecarConfiguration.Proxy, _ index: Int, fileExists: (String) -> Bool
    ) {
        for setting in ProxySetting.all {
            guard case .text(.file, let path) = setting.kind else { continue }
            let file = proxy[keyPath: path]
            if !file.isEmpty, !fileExists(file) {
                let origin = self.origins["\(setting.key)#\(index)"] ?? .byDefault
                self.problems.append("\(setting.key) (\(origin)): cannot read \"\(file)\"")
            }
        }
        if proxy.clientCertificateFile.isEmpty != proxy.clientKeyFile.isEmpty {
            self.problems.append(
                "proxy.client_certificate_file and proxy.client_key_file must be set together (path \"\(proxy.path)\")")
        }
    }

    /// What `serve` needs beyond validity: something to serve, and a decision on TLS.
    ///
    /// Without an upstream but with a proxy, only that is served: agents need the upstream.
    package func requireServable() throws(ConfigurationError) {
        var problems: [String] = []
        if self.configuration.upstream.url.isEmpty, self.configuration.proxies.isEmpty {
            problems.append(
                "upstream.url is not set: give API_URL or set it in proxy.conf, for example \"http://bitetrack-api:3000\""
            )
        }
        if !self.configuration.server.plainHTTP, self.configuration.server.certificateFile.isEmpty {
            problems.append(
                "no certificate: set server.certificate_file and server.key_file, or server.plain_http = true behind a proxy"
            )
        }
        guard problems.isEmpty else { throw ConfigurationError(problems) }
    }
}
