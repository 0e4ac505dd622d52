import JSON
import TestSupport
import Testing

/// The clients people have, against the product and against a server with every feature.
struct RealClientTests {
    @Test("every client finds a tool, reads it and runs code", arguments: RealClient.all)
    func product(client: RealClient) async throws {
        let demo = try await Demo.start()
        let seen = try await client.take("product", url: demo.url, certificate: demo.certificate)

        #expect(seen["connected"]?["revision"]?.stringValue == client.revision)
        #expect(seen["connected"]?["server"] == "bitetrack-sidecar")
        #expect(Set(seen.list("tools")).isSuperset(of: ["search_tools", "read_tools", "run_code"]))
        #expect(seen.text("search").contains("tools/sales/getSales.js"))
        #expect(seen.text("tree").contains("tools/sales/"))
        #expect(seen.text("module").contains("export async function getSales"))

        #expect(seen.isError("run") == false)
        #expect(seen.text("run").hasPrefix("2\n") && seen.text("run").contains("hi"), "\(seen.text("run"))")
        // Revisions before 2025-06-18 know text only.
        let value = seen["run"]?["structured"]?["value"]
        #expect(client.revision < "2025-06-18" ? value == nil : value == 2)
        #expect(seen.isError("broken") == true && seen.text("broken").contains("SyntaxError"))
        #expect(seen["unknown"]?["code"] == -32602)
        #expect(await demo.sidecar.stop() == 0)
    }
}
