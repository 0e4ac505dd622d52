import NIOHTTP1

/// What is public: the welcome page, health and documentation.
///
/// Test data routes answer as in production.
enum StatusRoutes {
    static let all =
        [
            Route(.GET, "/", .everyone, Self.welcome),
            Route(.GET, "/health", .everyone, Self.health),
            Route(.GET, "/health/mongodb", .everyone, Self.database),
            Route(.GET, "/docs", .everyone, Self.documentation),
            Route(.GET, "/docs.json", .everyone, Self.openAPI),
        ] + Self.testData

    private static let testData = [
        Route(.GET, "/test-data/status", .administrators, Self.disabled),
        Route(.POST, "/test-data/populate", .administrators, Self.disabled),
        Route(.DELETE, "/test-data/clean", .administrators, Self.disabled),
        Route(.POST, "/test-data/reset", .superadministrators, Self.disabled),
    ]

    @Sendable
    private static func welcome(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let prefix = call.environment.prefixes.first ?? ""
        return .object {
            $0.member("message", "Welcome to the BiteTrack API (demonstration)")
            $0.member("version", "2.0.0")
            $0.member("server") {
                $0.member("host", "localhost")
                $0.member("port", 0)
                $0.member("environment", "demo")
            }
            $0.member("documentation") {
                $0.member("interactive", "\(prefix)/docs")
                $0.member("json", "\(prefix)/docs.json")
                $0.member("static", "\(prefix)/docs.json")
            }
            $0.member("capabilities", array: ["customers", "products", "sales", "reporting", "inventory-drops"]) {
                $0.render(into: &$1)
            }
            $0.member("quickStart") { $0.member("login", "POST \(prefix)/auth/login") }
            $0.member("health", "\(prefix)/health")
        }
    }

    @Sendable
    private static func health(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        .object {
            $0.member("status", "OK")
            $0.member("timestamp", call.now)
            let uptime = call.now.milliseconds - call.environment.startedAt.milliseconds
            $0.member("uptime", Double(uptime) / 1000)
        }
    }

    @Sendable
    private static func database(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        .object {
            $0.member("status", "connected")
            $0.member("database", "bitetrack-demo")
            $0.member("host", "memory")
            $0.member("port", 27017)
            $0.member("timestamp", call.now)
        }
    }

    @Sendable
    private static func documentation(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let page = "<!DOCTYPE html><html><head><title>BiteTrack API (demo)</title></head><body></body></html>\n"
        return Reply(contentType: "text/html; charset=utf-8", body: Array(page.utf8))
    }

    @Sendable
    private static func openAPI(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        .object {
            $0.member("openapi", "3.0.0")
            $0.member("info") {
                $0.member("title", "BiteTrack API")
                $0.member("version", "2.0.0")
            }
            $0.member("servers", array: call.environment.prefixes) { prefix, text in
                text.object { $0.member("url", prefix) }
            }
            $0.member("paths") { _ in }
        }
    }

    @Sendable
    private static func disabled(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        throw .forbidden("Test data endpoints are disabled in production")
    }
}
