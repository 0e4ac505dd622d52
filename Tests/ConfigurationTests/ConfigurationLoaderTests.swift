import Testing

@testable import Configuration

struct ConfigurationLoaderTests {
    private func load(
        _ text: String? = nil, environment: [String: String] = [:],
        flags: [(key: String, flag: String, value: String)] = [], files: Set<String> = []
    ) throws -> ConfigurationLoader {
        try ConfigurationLoader(
            file: text.map { ("proxy.conf", $0) }, environment: environment, flags: flags,
            fileExists: { files.contains($0) })
    }

    private func problems(_ text: String? = nil, environment: [String: String] = [:]) -> [String] {
        do {
            _ = try self.load(text, environment: environment)
            return []
        } catch { return (error as? ConfigurationError)?.problems ?? ["\(error)"] }
    }

    @Test("without file and environment everything is at its default")
    func defaults() throws {
        let loaded = try self.load()
        #expect(loaded.configuration == SidecarConfiguration() && loaded.origins.isEmpty && loaded.notes.isEmpty)
    }

    @Test("flags beat environment, environment beats file, file beats default")
    func precedence() throws {
        let file = "[server]\nport = 1000\n[sandbox]\ntimeout_ms = 2000\n[quota]\nrequests = 7\n"
        let loaded = try self.load(
            file, environment: ["MCP_PORT": "2000", "CODE_TIMEOUT_MS": "3000"],
            flags: [("server.port", "--port", "4000")])
        #expect(loaded.configuration.server.port == 4000)
        #expect(loaded.configuration.sandbox.timeoutMilliseconds == 3000)
        #expect(loaded.configuration.quota.requests == 7)
        #expect(loaded.origins["server.port"] == .flag("--port"))
        #expect(loaded.origins["sandbox.timeout_ms"] == .environment("CODE_TIMEOUT_MS"))
        #expect(loaded.origins["quota.requests"] == .file("proxy.conf", line: 6))
    }

    @Test(
        "names file, line, key, what was expected and the nearest key",
        arguments: [
            ("[server]\nprot = 1\n", "proxy.conf:2: unknown key server.prot; did you mean server.port?"),
            ("\n[upstraem]\nurl = 1\n", "proxy.conf:3: unknown key upstraem.url; did you mean upstream.url?"),
            ("[server]\nport = 70000", "proxy.conf:2: server.port is 70000, expected a whole number from 0 to 65535"),
            ("[server]\nport = \"x\"", "proxy.conf:2: server.port is \"x\", expected a whole number from 0 to 65535"),
            ("[server]\nplain_http = 1", "proxy.conf:2: server.plain_http is 1, expected true or false"),
            (
                "[upstream]\nurl = \"ftp://x\"",
                "proxy.conf:2: upstream.url is \"ftp://x\", expected scheme, host and port without a path, such as \"http://bitetrack-api:3000\""
            ),
            (
                "[upstream]\nprefix = \"api/\"",
                "proxy.conf:2: upstream.prefix is \"api/\", expected a path that begins with / and does not end with it, such as \"/api/v2\""
            ),
            (
                "[server]\npublic_hosts = [1]",
                "proxy.conf:2: server.public_hosts is a list that holds more than texts, expected a list of texts, such as [\"a\", \"b\"]"
            ),
            ("zzzzzzzz = 1", "proxy.conf:1: unknown key zzzzzzzz"),
            ("[server]\nport = 1.5", "proxy.conf:2: server.port is a double, expected a whole number from 0 to 65535"),
            (
                "[server]\ncertificate_file = \"/nowhere\"\nkey_file = \"/nowhere\"",
                "server.certificate_file (proxy.conf:2): cannot read \"/nowhere\""
            ),
        ])
    func problem(text: String, expected: String) { #expect(self.problems(text).first == expected) }

    @Test("a text that is not TOML is refused with line and column")
    func notTOML() { #expect(self.problems("[server\nport = 1").first?.hasPrefix("proxy.conf:1:") == true) }

    @Test("all problems are told at once, those of the environment too")
    func everyProblem() {
        let found = self.problems(
            "[server]\nport = -1\n[log]\nlevel = \"loud\"", environment: ["SESSION_TIMEOUT_MINUTES": "soon"])
        #expect(found.count == 3)
        #expect(found[2].hasPrefix("environment SESSION_TIMEOUT_MINUTES: sessions.timeout_minutes is \"soon\""))
    }

    @Test("every environment name of the deployment is known")
    func environmentNames() throws {
        let loaded = try self.load(environment: [
            "MCP_PORT": "1", "API_URL": "http://api:3000", "API_PREFIX": "/bitetrack", "JWT_SECRET": "s3cret",
            "CODE_TIMEOUT_MS": "100", "CODE_MEMORY_LIMIT_MB": "64", "CODE_EXECUTION_RATE_LIMIT": "5",
            "SESSION_TIMEOUT_MINUTES": "6", "SESSION_CLEANUP_INTERVAL_MINUTES": "1", "LOG_LEVEL": "error",
            "METRICS_ENABLED": "false", "NODE_ENV": "production",
        ])
        let configuration = loaded.configuration
        #expect(configuration.server.port == 1 && configuration.upstream.url == "http://api:3000")
        #expect(configuration.upstream.prefix == "/bitetrack" && configuration.sandbox.timeoutMilliseconds == 100)
        #expect(configuration.sandbox.memoryMegabytes == 64 && configuration.sandbox.runsPerMinute == 5)
        #expect(configuration.sessions.timeoutMinutes == 6 && configuration.sessions.cleanupIntervalMinutes == 1)
        #expect(configuration.log.level == "error" && !configuration.metrics.enabled)
        #expect(loaded.notes.contains { $0.contains("JWT_SECRET") && !$0.contains("s3cret") })
    }

    @Test("NODE_ENV development logs more, an unknown one is refused")
    func mode() throws {
        #expect(try self.load(environment: ["NODE_ENV": "development"]).configuration.log.level == "debug")
        #expect(self.problems(environment: ["NODE_ENV": "prod"]).count == 1)
        let exposed = try self.load("[server]\nhost = \"0.0.0.0\"", environment: ["NODE_ENV": "production"])
        #expect(exposed.notes.contains { $0.contains("public_hosts") })
    }

    @Test(
        "what is no time zone and no personal data is refused with what would be",
        arguments: [
            ("[shop]\ntime_zone = \"America/Bogotá\"", "a time zone of the tz database"),
            ("[shop]\ntime_zone = \"Mars/Base\"", "a time zone of the tz database"),
            ("[shop]\ntime_zone = 5", "a time zone of the tz database"),
            ("[privacy]\npersonal_data = [\"phone\"]", "a list of any of \"email\", \"phoneNumber\", \"dateOfBirth\""),
        ])
    func choices(text: String, expected: String) {
        let error = #expect(throws: ConfigurationError.self) { try self.load(text) }
        #expect(error?.problems.count == 1 && error?.problems[0].contains(expected) == true, "\(error?.problems ?? [])")
    }

    @Test("every key sets its own value and no other")
    func everyKey() throws {
        let defaults = SidecarConfiguration()
        for setting in Setting.all {
            let value =
                switch setting.kind {
                case .integer(let range, let path):
                    String(defaults[keyPath: path] == range.upperBound ? range.lowerBound : range.upperBound)
                case .boolean(let path): String(!defaults[keyPath: path])
                case .list(let form, _): "[\"\(form.words.last ?? "a")\"]"
                case .text(let form, _):
                    switch form {
                    case .any, .file: "\"/x\""
                    case .origin, .page: "\"https://other.test\""
                    case .path, .place: "\"/other\""
                    case .addresses: "\"192.0.2.1\""
                    case .timeZone: "\"Europe/Madrid\""
                    case .oneOf(let words): "\"\(words[0])\""
                    }
                }
            let parts = setting.key.split(separator: ".")
            // What needs a partner gets it.
            let partners = [
                "certificate_file": "key_file = \"/x\"\n", "key_file": "certificate_file = \"/x\"\n",
                "client_certificate_file": "client_key_file = \"/x\"\n",
                "client_key_file": "client_certificate_file = \"/x\"\n",
                "require_client_certificate": "client_authority_file = \"/x\"\n",
            ]
            let text = "[\(parts[0])]\n\(partners[String(parts[1])] ?? "")\(parts[1]) = \(value)\n"
            let loaded = try self.load(text, files: ["/x"])
            #expect(setting.value(in: loaded.configuration) == value, "\(setting.key)")
            for other in Setting.all where loaded.origins[other.key] == nil {
                #expect(other.value(in: loaded.configuration) == other.value(in: defaults), "\(setting.key)")
            }
        }
    }

    @Test(
        "numbers of MCP that make no sense are refused",
        arguments: [
            ("running_calls = 0", "a whole number from 1 to 10000"), ("listeners = -1", "from 0 to 1000000"),
            ("answer_timeout_seconds = 0", "from 1 to 3600"), ("stream_after_ms = -1", "from 0 to 600000"),
            ("task_after_ms = 600001", "from 0 to 600000"), ("task_lifetime_seconds = 0", "from 1 to 86400"),
            ("replay_bytes_per_session = -1", "from 0 to 1073741824"),
            ("replay_bytes = -1", "from 0 to 68719476736"),
            ("website = \"example.com\"", "the address of a web page"), ("website = \"https://\"", "web page"),
            ("website = \"https://a b\"", "web page"),
        ])
    func mcp(line: String, expected: String) {
        let found = self.problems("[mcp]\n\(line)")
        #expect(found.count == 1 && found[0].hasPrefix("proxy.conf:2: mcp.") && found[0].contains(expected))
    }

    @Test("a [[proxy]] section sets its own values, each section its own")
    func proxies() throws {
        let loaded = try self.load(
            """
            [[proxy]]
            path = "/"
            origin = "http://a:1"
            [server]
            port = 1
            [[proxy]]
            path = "/b"
            origin = "https://b"
            strip_prefix = true
            trusted_proxies = ["10.0.0.0/8", "::1"]
            """)
        #expect(loaded.configuration.proxies.map(\.path) == ["/", "/b"])
        #expect(loaded.configuration.proxies.map(\.stripPrefix) == [false, true])
        #expect(loaded.origins["proxy.strip_prefix#1"] == .file("proxy.conf", line: 9))
        // Agents are not served without an upstream, but that is no mistake.
        #expect(throws: ConfigurationError.self) { try loaded.requireServable() }
        #expect(throws: Never.self) {
            try self.load("[server]\nplain_http = true\n[[proxy]]\npath = \"/\"\norigin = \"http://a\"")
                .requireServable()
        }
    }

    @Test(
        "what is wrong in a [[proxy]] section is named with its line",
        arguments: [
            ("[[proxy]]\npath = \"/\"", "proxy.conf:1: [[proxy]] needs origin"),
            ("[[proxy]]\norigin = \"http://a\"", "proxy.conf:1: [[proxy]] needs path"),
            (
                "[[proxy]]\npath = \"/a\"\norigin = \"http://a\"\n\n[[proxy]]\npath = \"/a\"\norigin = \"http://b\"",
                "proxy.conf:5: a [[proxy]] with path \"/a\" is there already"
            ),
            (
                "[[proxy]]\npath = \"/mcp\"\norigin = \"http://a\"",
                "proxy.conf:1: proxy.path \"/mcp\" is the sidecar's own"
            ),
            ("[[proxy]]\npath = \"a\"\norigin = \"http://a\"", "proxy.conf:2: proxy.path is \"a\", expected"),
            ("[[proxy]]\npath = \"/\"\norigin = \"http://a/b\"", "proxy.conf:3: proxy.origin is"),
            (
                "[[proxy]]\npath = \"/\"\norigin = \"http://a\"\npreserv_host = true",
                "proxy.conf:4: unknown key proxy.preserv_host; did you mean proxy.preserve_host?"
            ),
            (
                "[[proxy]]\npath = \"/\"\norigin = \"http://a\"\ntrusted_proxies = [\"10.0.0.0/33\"]",
                "proxy.conf:4: proxy.trusted_proxies is a list, expected a list of addresses"
            ),
            (
                "[[proxy]]\npath = \"/\"\norigin = \"http://a\"\nauthority_file = \"/none\"",
                "proxy.authority_file (proxy.conf:4): cannot read"
            ),
            ("[[proxy]]\npath = \"/\"\norigin = \"http://a\"\nclient_key_file = \"/x\"", "must be set together"),
            (
                "[proxy]\npath = \"/\"",
                "proxy.conf:2: unknown key proxy.path; did you mean [[proxy]] with two brackets?"
            ),
        ])
    func proxyProblems(text: String, expected: String) {
        let found = self.problems(text)
        #expect(found.contains { $0.hasPrefix(expected) || $0.contains(expected) }, "\(found)")
    }

    @Test("more bytes for one session than for all are noted")
    func replay() throws {
        #expect(try self.load("[mcp]\nreplay_bytes = 1000").notes.contains { $0.hasPrefix("mcp.replay_bytes_per") })
        #expect(try self.load("[mcp]\nreplay_bytes = 262144").notes.isEmpty)
    }

    @Test("pairs of settings that need each other are checked")
    func pairs() {
        let files: Set = ["/c", "/a"]
        #expect(throws: ConfigurationError.self) { try self.load("[server]\ncertificate_file = \"/c\"", files: files) }
        #expect(throws: ConfigurationError.self) { try self.load("[server]\nrequire_client_certificate = true") }
        #expect(throws: Never.self) {
            try self.load("[server]\ncertificate_file = \"/c\"\nkey_file = \"/a\"\nplain_http = true", files: files)
        }
    }

    @Test("serve needs an upstream and a decision on TLS")
    func servable() throws {
        let bare = try self.load()
        #expect { try bare.requireServable() } throws: { ($0 as? ConfigurationError)?.problems.count == 2 }
        let ready = try self.load("[server]\nplain_http = true", environment: ["API_URL": "https://api.example.com"])
        #expect(throws: Never.self) { try ready.requireServable() }
    }
}
