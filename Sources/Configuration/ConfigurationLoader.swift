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
        let keys = Setting.all.map(\.key)
        for entry in file.entries {
            let place = "\(file.path):\(entry.line)"
            guard let setting = Setting.named(entry.key) else {
                let hint = NearestName.of(entry.key, among: keys).map { "; did you mean \($0)?" } ?? ""
                self.problems.append("\(place): unknown key \(entry.key)\(hint)")
                continue
            }
            self.set(setting, to: entry.value, origin: .file(file.path, line: entry.line), place: place)
        }
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
        switch (setting.kind, value) {
        case (.integer(let range, let path), .integer(let number)) where range.contains(number):
            self.configuration[keyPath: path] = number
        case (.boolean(let path), .boolean(let flag)): self.configuration[keyPath: path] = flag
        case (.list(let path, let words), .list(let texts)) where words.map(Set.init(_:))?.isSuperset(of: texts) ?? true:
            self.configuration[keyPath: path] = texts
        case (.text(let form, let path), .text(let text)) where text.isEmpty || form.accepts(text):
            self.configuration[keyPath: path] = text
        case (.secret(let minimum, let path), .text(let text)) where text.isEmpty || Self.isSecret(text, minimum):
            self.configuration[keyPath: path] = text
        case (.secret, _):
            self.problems.append("\(place): \(setting.key) is not \(setting.expectation)")
            return
        default:
            self.problems.append("\(place): \(setting.key) is \(value.shown), expected \(setting.expectation)")
            return
        }
        self.origins[setting.key] = origin
    }

    /// Long enough not to be guessed, and fit for a header.
    private static func isSecret(_ text: String, _ minimumBytes: Int) -> Bool {
        text.utf8.count >= minimumBytes && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
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

    /// What `serve` needs beyond validity: an upstream, and a decision on TLS.
    package func requireServable() throws(ConfigurationError) {
        var problems: [String] = []
        if self.configuration.upstream.url.isEmpty {
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

extension Setting.Form {
    func accepts(_ text: String) -> Bool {
        switch self {
        // The names of the tz database are letters, digits and few signs; what else the platform takes is no such name.
        case .timeZone:
            return text.utf8.count <= 64 && TimeZone(identifier: text) != nil
                && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\\\"<>:".utf8.contains($0) }
        case .any, .file: return !text.utf8.contains { $0 < 0x20 }
        case .oneOf(let words): return words.contains(text)
        case .path:
            return text.hasPrefix("/") && !text.hasSuffix("/") && !text.contains("//") && !text.contains("..")
                && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"?#%\\\"<>".utf8.contains($0) }
        case .origin:
            guard let scheme = ["http://", "https://"].first(where: { text.hasPrefix($0) }) else { return false }
            let authority = text.dropFirst(scheme.count)
            return !authority.isEmpty
                && authority.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/?#@\\\"<>%".utf8.contains($0) }
        case .page:
            guard let scheme = ["http://", "https://"].first(where: { text.hasPrefix($0) }) else { return false }
            return text.utf8.count > scheme.utf8.count
                && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\\\"<>".utf8.contains($0) }
        }
    }
}
