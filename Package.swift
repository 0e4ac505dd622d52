// swift-tools-version: 6.2
import PackageDescription

let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTP2: Target.Dependency = .product(name: "NIOHTTP2", package: "swift-nio-http2")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")

// Every symbol is bound at the start and its table closed to writing; a forked guest then binds nothing again.
let hardened: [LinkerSetting] = [.unsafeFlags(["-Xlinker", "-z", "-Xlinker", "now"])]

let package = Package(
    name: "bitetrack-sidecar",
    products: [
        .executable(name: "bitetrack-sidecar", targets: ["bitetrack-sidecar"]),
        .executable(name: "sandbox-guest", targets: ["sandbox-guest"]),
        .executable(name: "bench", targets: ["bench"]),
        .executable(name: "mcp-everything", targets: ["mcp-everything"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    ],
    targets: [
        // C libraries: module maps and shims, no logic.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
        .systemLibrary(name: "CQuickJS", pkgConfig: "quickjs-ng"),
        .systemLibrary(name: "CLinux"),

        // Libraries, lowest first.
        .target(name: "Base64"),
        .target(name: "JSON"),
        .target(name: "HTTPSyntax"),
        .target(name: "Compression", dependencies: ["CZlib", nio]),
        .target(name: "Observability", dependencies: [logging]),
        .target(name: "Streaming", dependencies: [nio, nioHTTP1]),
        .target(name: "TokenVault", dependencies: ["Base64", "COpenSSL", "JSON"]),
        .target(name: "Sessions", dependencies: ["Base64", "COpenSSL"]),
        .target(
            name: "HTTPServer",
            dependencies: [
                "COpenSSL", "Compression", "HTTPSyntax", "Observability", "Streaming", nio, nioPosix, nioHTTP1,
                nioHTTP2, logging,
            ]),
        .target(name: "HTTPCache", dependencies: ["Compression", "HTTPSyntax", nio, nioHTTP1]),
        .target(
            name: "ModelContextProtocol",
            dependencies: ["Base64", "HTTPServer", "JSON", "Observability", "Sessions", nio, nioHTTP1, logging]),
        .target(name: "CodeSandbox", dependencies: ["JSON", "Observability", nio, nioPosix, logging]),
        .target(
            name: "UpstreamPipeline",
            dependencies: [
                "CCurl", "Compression", "HTTPCache", "JSON", "Observability", "Streaming", "TokenVault", nio, nioHTTP1,
                logging,
            ]),
        .target(
            name: "ReverseProxy",
            dependencies: [
                "HTTPServer", "HTTPSyntax", "JSON", "Observability", "Streaming", "UpstreamPipeline", nio, nioHTTP1,
                logging,
            ]),
        .target(
            name: "CachingProxy",
            dependencies: [
                "Compression", "HTTPCache", "HTTPServer", "HTTPSyntax", "Observability", "ReverseProxy", "Streaming",
                "UpstreamPipeline", nio, nioPosix, nioHTTP1,
            ]),
        .target(
            name: "RESTGateway",
            dependencies: [
                "Base64", "Compression", "HTTPCache", "HTTPServer", "HTTPSyntax", "JSON", "Observability", "Sessions",
                "TokenVault", "UpstreamPipeline", nio, nioHTTP1, logging,
            ]),
        .target(
            name: "BiteTrack",
            dependencies: [
                "Base64", "CodeSandbox", "JSON", "ModelContextProtocol", "Observability", "Sessions", "TokenVault",
                "UpstreamPipeline", nio, logging,
            ],
            resources: [.copy("Tools"), .copy("Lib"), .copy("Workflows")]),
        .target(name: "DemoAPI", dependencies: ["COpenSSL", "HTTPServer", "JSON", nio, nioHTTP1, logging]),
        .target(
            name: "Configuration",
            dependencies: [.product(name: "TOMLKit", package: "TOMLKit")]),

        // Programs.
        .executableTarget(
            name: "sandbox-guest", dependencies: ["CQuickJS", "CSeccomp"], linkerSettings: hardened),
        .executableTarget(
            name: "bitetrack-sidecar",
            dependencies: [
                "BiteTrack", "CachingProxy", "CodeSandbox", "Configuration", "DemoAPI", "HTTPCache", "HTTPServer",
                "JSON", "ModelContextProtocol", "Observability", "RESTGateway", "ReverseProxy", "Sessions",
                "TokenVault",
                "UpstreamPipeline", "sandbox-guest",
                argumentParser, lifecycle, logging, nio, nioHTTP1, nioPosix, unixSignals,
            ], linkerSettings: hardened),
        .executableTarget(
            name: "bench",
            dependencies: [
                "BiteTrack", "CLinux", "HTTPServer", "JSON", "UpstreamPipeline",
                argumentParser, nio, nioPosix, nioHTTP1,
                .product(name: "Histogram", package: "hdrhistogram-swift"),
            ]),

        .executableTarget(
            name: "mcp-everything",
            dependencies: [
                "HTTPServer", "JSON", "ModelContextProtocol", "Observability", "TokenVault", argumentParser, lifecycle,
                logging, unixSignals,
            ]),

        // What several test targets need: programs run as processes of their own.
        .target(name: "TestSupport", dependencies: ["JSON"], path: "Tests/TestSupport"),
        // Behaviours of a shared cache as tables, played against the cache alone and against the real proxy.
        .target(
            name: "CacheScenarios", dependencies: ["HTTPSyntax", nioHTTP1], path: "Tests/CacheScenarios"),
        // What several test targets need to talk HTTP byte by byte, on either side.
        .target(
            name: "WireTestSupport",
            dependencies: ["HTTPServer", "Streaming", "TestSupport", nio, nioPosix, nioHTTP1, logging],
            path: "Tests/WireTestSupport"),
        // Stands in for sandbox-guest and breaks every rule of its channel.
        .executableTarget(name: "hostile-guest", dependencies: ["CSeccomp"], path: "Tests/HostileGuest"),

        // Tests: one target per library, and the real programs end to end and against the protocol.
        .testTarget(name: "Base64Tests", dependencies: ["Base64"]),
        .testTarget(name: "JSONTests", dependencies: ["JSON"]),
        .testTarget(name: "ObservabilityTests", dependencies: ["Observability", logging]),
        .testTarget(name: "TokenVaultTests", dependencies: ["TokenVault", "JSON"]),
        .testTarget(
            name: "ReverseProxyTests",
            dependencies: [
                "HTTPServer", "JSON", "ReverseProxy", "Streaming", "TestSupport", "UpstreamPipeline",
                "WireTestSupport", "bitetrack-sidecar", nio, nioPosix, nioHTTP1, logging,
            ]),
        .testTarget(
            name: "CachingProxyTests",
            dependencies: [
                "CachingProxy", "Compression", "HTTPCache", "HTTPServer", "Observability", "ReverseProxy", "Streaming",
                "TestSupport", "UpstreamPipeline", "WireTestSupport", nio, nioPosix, nioHTTP1, logging,
            ]),
        .testTarget(name: "SessionsTests", dependencies: ["Sessions"]),
        .testTarget(name: "StreamingTests", dependencies: ["Streaming", nio, nioHTTP1]),
        .testTarget(
            name: "HTTPServerTests",
            dependencies: [
                "HTTPServer", "COpenSSL", "Compression", "Streaming", "TestSupport", "WireTestSupport", nio, nioPosix,
                nioHTTP1, logging,
            ]),
        .testTarget(name: "HTTPSyntaxTests", dependencies: ["HTTPSyntax"]),
        .testTarget(name: "CompressionTests", dependencies: ["Compression", nio]),
        .testTarget(
            name: "HTTPCacheTests",
            dependencies: ["CacheScenarios", "Compression", "HTTPCache", "HTTPSyntax", nio, nioHTTP1]),
        .testTarget(
            name: "ModelContextProtocolTests",
            dependencies: [
                "ModelContextProtocol", "HTTPServer", "JSON", "Sessions", "Streaming", "TestSupport", "TokenVault", nio,
                nioPosix, nioEmbedded, nioHTTP1, logging,
            ],
            exclude: ["Clients"]),
        .testTarget(
            name: "CodeSandboxTests",
            dependencies: [
                "CodeSandbox", "JSON", "TestSupport", "hostile-guest", "sandbox-guest", nio, nioPosix, logging,
            ],
            exclude: ["Escapes"]),
        .testTarget(
            name: "UpstreamPipelineTests",
            dependencies: [
                "UpstreamPipeline", "BiteTrack", "Compression", "DemoAPI", "HTTPServer", "Observability", "RESTGateway",
                "Streaming", "TokenVault", "JSON", "TestSupport", "WireTestSupport", nio, nioPosix, nioHTTP1, logging,
            ]),
        .testTarget(
            name: "BiteTrackTests",
            dependencies: [
                "BiteTrack", "CodeSandbox", "DemoAPI", "HTTPServer", "JSON", "ModelContextProtocol", "Sessions",
                "Streaming", "TestSupport", "TokenVault", "UpstreamPipeline", "sandbox-guest", nio, nioPosix, nioHTTP1,
                logging,
            ]),
        .testTarget(
            name: "DemoAPITests", dependencies: ["DemoAPI", "HTTPServer", "JSON", nio, nioPosix, nioHTTP1, logging]),
        .testTarget(name: "ConfigurationTests", dependencies: ["Configuration"]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "CacheScenarios", "JSON", "TestSupport", "bitetrack-sidecar", "sandbox-guest", "bench",
                "mcp-everything", nio, nioPosix, nioHTTP1,
            ],
            exclude: ["Clients"]),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "HTTPServer", "JSON", "TestSupport", "bitetrack-sidecar", "mcp-everything", "sandbox-guest", nio,
                nioPosix, nioHTTP1,
            ]),
    ]
)

// The fuzzer, for scripts/fuzz.sh alone: it needs a build with sanitizers, whose runtime brings its own main.
if Context.environment["FUZZ"] != nil {
    package.targets += [
        .target(name: "FuzzSupport", dependencies: [nio], path: "Tests/Fuzz/Support"),
        .target(
            name: "FuzzMCP",
            dependencies: [
                "FuzzSupport", "HTTPServer", "JSON", "ModelContextProtocol", "Sessions", "Streaming", nio, nioPosix,
                nioHTTP1, logging,
            ],
            path: "Tests/Fuzz/MCP"),
        .target(
            name: "FuzzHTTP",
            dependencies: [
                "Compression", "FuzzSupport", "HTTPServer", "Streaming", nio, nioPosix, nioHTTP1, logging,
                nioEmbedded,
            ],
            path: "Tests/Fuzz/HTTP"),
        .target(
            name: "FuzzChannel", dependencies: ["CodeSandbox", "FuzzSupport", nio, nioEmbedded],
            path: "Tests/Fuzz/Channel"),
        // What sandbox-guest is made of, by links to its folders: a program cannot be linked into another.
        .target(name: "GuestEngine", dependencies: ["CQuickJS", "CSeccomp"], path: "Tests/Fuzz/GuestEngine"),
        .target(name: "CFuzzer", path: "Tests/Fuzz/CFuzzer"),
        .target(
            name: "FuzzGuest", dependencies: ["CFuzzer", "CodeSandbox", "FuzzSupport", "GuestEngine", nio],
            path: "Tests/Fuzz/Guest"),
        .executableTarget(
            name: "fuzz",
            dependencies: ["CFuzzer", "FuzzChannel", "FuzzGuest", "FuzzHTTP", "FuzzMCP", "FuzzSupport"],
            path: "Tests/Fuzz/Program"),
    ]
}

let upcoming = [
    "ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility", "NonisolatedNonsendingByDefault",
]
for target in package.targets where target.type != .system {
    target.swiftSettings =
        upcoming.map { .enableUpcomingFeature($0) } + [.treatAllWarnings(as: .error)]
        + (target.type == .test ? [] : [.strictMemorySafety()])
        // JSONReader is a cursor over borrowed bytes; its lifetime needs the attribute.
        + (target.name == "JSON" ? [.enableExperimentalFeature("Lifetimes")] : [])
}
