import Foundation
import JSON
import TestSupport
import Testing

/// Documentation/clients.md: what it promises about clients holds, and what is to be copied from it works.
struct ClientsPageTests {
    /// A fenced block of the page.
    struct Block: Sendable, CustomTestStringConvertible {
        let language: String
        let text: String
        let line: Int
        var testDescription: String { "\(self.language) at line \(self.line)" }
    }

    static let page =
        (try? String(contentsOf: Project.root.appending(path: "Documentation/clients.md"), encoding: .utf8)) ?? ""

    static func blocks(_ languages: String...) -> [Block] {
        var blocks: [Block] = []
        var open: (language: String, lines: [Substring], line: Int)?
        for (index, line) in Self.page.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("```"), let block = open {
                blocks.append(
                    Block(language: block.language, text: block.lines.joined(separator: "\n"), line: block.line))
                open = nil
            } else if line.hasPrefix("```") {
                open = (String(line.dropFirst(3)), [], index + 1)
            } else {
                open?.lines.append(line)
            }
        }
        return blocks.filter { languages.contains($0.language) }
    }

    @Test("the table tells what each client negotiates")
    func table() throws {
        let rows = Self.page.split(separator: "\n").map { row in
            row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let measured = rows.filter { $0.count == 4 && ($0[0].contains("SDK") || $0[0].contains("FastMCP")) }
        #expect(measured.count == RealClient.all.count)
        for client in RealClient.all {
            let name =
                switch client.library {
                case .mcp2: "MCP Python SDK 2.3.0, mode `\(client.mode)`"
                case .mcp1: "MCP Python SDK 1.30.0"
                case .fastmcp4: "FastMCP 4.1.0 client, mode `\(client.mode)`"
                }
            let transport =
                switch client.transport {
                case .http: "Streamable HTTP"
                case .http2: "Streamable HTTP over HTTP/2"
                case .sse: "HTTP+SSE"
                }
            #expect(
                measured.contains {
                    $0[0].hasPrefix(name) && $0[1] == transport && $0[2].hasSuffix(client.revision)
                        && $0[3] == client.revision
                }, "no row for \(client.testDescription)")
        }
    }

    @Test("configurations parse", arguments: ClientsPageTests.blocks("json", "toml"))
    func parses(block: Block) async throws {
        if block.language == "json" {
            #expect(throws: Never.self) { try JSONValue(parsing: block.text) }
        } else {
            let result = try await Command.run(
                Project.python, ["-c", "import sys, tomllib; tomllib.loads(sys.stdin.read())"], input: block.text)
            #expect(result.status == 0, "\(result.errors)")
        }
    }

    @Test("every address on the page is one at which a client is answered")
    func addresses() async throws {
        let addresses = Set(
            Self.page.matches(of: #/https://(?:localhost:3001|shop\.example\.com)[^\s"`)]*/#).map { String($0.output) })
        #expect(addresses.count == 4, "\(addresses)")
        let direct = try await Demo.start()
        let behind = try await Demo.start(["--plain-http"])
        let nginx = try await Nginx(upstream: behind.url.replacing("/mcp", with: ""))
        for address in addresses {
            let local = address.hasPrefix("https://localhost:3001")
            let origin = (local ? direct.url : nginx.url).replacing("/mcp", with: "")
            let url = origin + address.replacing(#/https://[^/]*/#, with: "")
            let certificate = local ? direct.certificate : nginx.certificate
            if address.hasSuffix("/sse") {
                let seen = try await ProxyPrefixTests.proxied("endpoint", url, certificate: certificate)
                #expect(seen["answer"]?["result"] == [:], "\(address)")
            } else {
                var client = CurlClient(url: url, certificate: certificate)
                let answer = try await client.initialize()
                #expect(answer.json?["result"]?["serverInfo"]?["name"] == "bitetrack-sidecar", "\(address)")
            }
        }
    }

    @Test("programs run as they stand", arguments: ClientsPageTests.blocks("python"))
    func programs(block: Block) async throws {
        let library: RealClient.Library =
            switch block.text.prefix(while: { $0 != "\n" }) {
            case "# mcp>=2": .mcp2
            case "# mcp<2": .mcp1
            case "# fastmcp": .fastmcp4
            default: throw Unknown(block: block)
            }
        let demo = try await Demo.start()
        let origin = demo.url.replacing("/mcp", with: "")
        let result = try await Command.run(
            library.python, ["-c", block.text.replacing("https://localhost:3001", with: origin)],
            environment: ["SSL_CERT_FILE": demo.certificate], seconds: 60)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains(#/^20\d\d-\d\d-\d\d 2\n/#), "\(result.output)")
    }

    struct Unknown: Error { let block: Block }
}
